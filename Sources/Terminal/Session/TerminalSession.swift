import CNcurses
import Glibc

/// The terminal while a full-screen program has it: draws screens, reports keys.
///
/// A process has one session at a time, and it belongs to the thread that made it; only its
/// ``waker`` may be used from others. It is closed by ``close()``, at the latest when it is
/// released, and by a crash of the program.
public final class TerminalSession {
  /// How colours are written.
  public let colorMode: ColorMode
  /// A hint when the terminal can probably show more colours than it announces.
  public let colorHint: String?
  /// Which characters can be shown.
  public let encoding: TextEncoding
  /// Wakes ``nextEvent(timeout:)`` from any thread.
  public let waker: TerminalWaker

  let signals: SignalPipe
  let isMouseOn: Bool
  var decoder = KeyDecoder()
  var pendingEvents: [TerminalEvent] = []
  var renderer: CursesRenderer
  var bandwidth: BandwidthPolicy
  var answers = FrameAnswers()
  /// Until when a frame that was held back waits for the terminal; `nil` when none was.
  var frameDeadline: ContinuousClock.Instant?
  /// What was read last came after this.
  var earliestInput = ContinuousClock.now
  /// When all input was read last.
  var lastLook = ContinuousClock.now
  private(set) var isOpen = true
  private let formerAttributes: termios
  private let handle: OpaquePointer

  /// Takes the terminal on standard input and output.
  ///
  /// Cost: a few milliseconds, and 10 more where colours need a terminfo entry of their own.
  ///
  /// - Parameters:
  ///   - color: The colours to use, by default what is detected.
  ///   - isMouseOn: Whether the mouse is reported; if not, the terminal's own selection works.
  ///   - bandwidth: How many bytes a frame may take.
  /// - Throws: ``TerminalError`` when this is no terminal or one that cannot show a full screen.
  public init(
    color: ColorChoice = .auto, isMouseOn: Bool = true, bandwidth: BandwidthChoice = .auto
  ) throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    let environment = TerminalEnvironment.current
    let terminal = environment["TERM", default: ""]
    let terminfo = try TerminfoDatabase.colors(of: terminal)
    let detection = ColorDetection(choice: color, environment: environment, terminfo: terminfo)
    var attributes = termios()
    tcgetattr(STDIN_FILENO, &attributes)
    formerAttributes = attributes
    encoding = TextEncoding.setLocale()
    signals = try SignalPipe()
    guard
      let opened = CursesTerminal.open(terminal, preferring: detection.mode, terminfo: terminfo)
    else {
      signals.close()
      throw .unknownTerminal(name: terminal)
    }
    handle = opened.handle
    colorMode = opened.mode
    colorHint = detection.hint
    waker = signals.waker
    self.isMouseOn = isMouseOn
    self.bandwidth = BandwidthPolicy(bandwidth)
    CursesTerminal.configure(colorMode: colorMode, isMouseOn: isMouseOn)
    renderer = CursesRenderer(colorMode: colorMode, encoding: encoding)
    CrashGuard.arm(restoring: attributes, writing: CursesTerminal.restoringText)
    Descriptor.write(CursesTerminal.pasteOn, to: STDOUT_FILENO)
    askForAnswer()
  }

  deinit {
    close()
  }

  /// The size of the terminal in columns and rows.
  public var size: (columns: Int, rows: Int) {
    let window = cncurses_stdscr()
    return (Int(getmaxx(window)), Int(getmaxy(window)))
  }

  /// Gives the terminal back as it was; calling it again does nothing.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    awaitAnswers()
    Descriptor.write(CursesTerminal.pasteOff, to: STDOUT_FILENO)
    endwin()
    delscreen(handle)
    CrashGuard.disarm()
    var attributes = formerAttributes
    tcsetattr(STDIN_FILENO, TCSADRAIN, &attributes)
    signals.close()
  }

  /// Leaves the terminal, stops the process (Control-Z), and takes the terminal again.
  func suspend() {
    awaitAnswers()
    Descriptor.write(CursesTerminal.pasteOff, to: STDOUT_FILENO)
    endwin()
    signals.stopProcess()
    // The first update after `endwin` puts every mode of ncurses back.
    wrefresh(cncurses_curscr())
    Descriptor.write(CursesTerminal.pasteOn, to: STDOUT_FILENO)
    adoptSize()
  }

  /// Takes over the terminal's size and asks for a complete new screen.
  func adoptSize() {
    if let size = Descriptor.terminalSize(STDOUT_FILENO) {
      resizeterm(Int32(size.rows), Int32(size.columns))
    }
    renderer.forgetScreen()
    let size = size
    pendingEvents.append(.resize(columns: size.columns, rows: size.rows))
  }
}
