import Terminal

/// The loop of the interface: owns the terminal and the state, draws, waits for events.
///
/// It lives on one thread, which does nothing that takes time.
final class ExplorerLoop {
  private static let tickInterval = Duration.milliseconds(100)

  private let session: TerminalSession
  private let mailbox: Mailbox
  private let effects: EffectRunner
  private var state: ExplorerState
  private var end: End?

  /// The last save, perhaps under way.
  var saving: Task<Void, Never>? { effects.saving }

  /// Why the loop ended.
  enum End {
    case quit
    case signal(TerminationSignal)
  }

  init(
    source: any ExplanationSource, paths: [String], options: ExplorerOptions
  ) throws(TerminalError) {
    session = try TerminalSession(
      color: options.color, isMouseOn: options.isMouseOn, bandwidth: options.bandwidth)
    let mailbox = Mailbox(waker: session.waker)
    self.mailbox = mailbox
    effects = EffectRunner(source: source, paths: paths) { mailbox.post($0) }
    let facts = TerminalFacts(
      colorMode: session.colorMode, colorHint: session.colorHint, encoding: session.encoding,
      cellAspect: options.cellAspect)
    state = ExplorerState(paths: paths, model: source.model, options: options, terminal: facts)
  }

  /// Runs until the user quits or the program is told to end; the terminal is given back then.
  func run() -> End {
    defer { session.close() }
    state.schedule().forEach(effects.run)
    while true {
      draw()
      handleEvents()
      if let end { return end }
    }
  }

  private func draw() {
    let (columns, rows) = session.size
    (state.terminal.columns, state.terminal.rows) = (columns, rows)
    session.draw(ExplorerView(state: state, columns: columns, rows: rows).screen())
  }

  /// Waits for something to happen, then handles all there is, so that a frame is drawn only once
  /// for many keys.
  private func handleEvents() {
    guard let first = session.nextEvent(timeout: state.isComputing ? Self.tickInterval : nil) else {
      return send(.tick)
    }
    handle(first)
    while end == nil, let event = session.nextEvent(timeout: .zero) {
      handle(event)
    }
  }

  private func handle(_ event: TerminalEvent) {
    switch event {
    case .key(let key): send(.key(key))
    case .mouse(let mouse): handle(mouse)
    case .wake: mailbox.collect().forEach(send)
    case .terminate(let signal): end = .signal(signal)
    case .paste(let text): send(.pasted(text))
    case .resize: break
    }
  }

  private func handle(_ mouse: MouseEvent) {
    let (columns, rows) = session.size
    let view = ExplorerView(state: state, columns: columns, rows: rows)
    if let command = view.command(for: mouse) { send(.command(command)) }
  }

  private func send(_ message: ExplorerMessage) {
    for effect in state.update(message) {
      effects.run(effect)
      if effect == .quit { end = .quit }
    }
  }
}
