import CNcurses
import Glibc

/// Opening and configuring ncurses.
enum CursesTerminal {
  static let pasteOn = Array("\u{1B}[?2004h".utf8)
  static let pasteOff = Array("\u{1B}[?2004l".utf8)

  /// Opens the terminal in the wanted mode, or in the best one that its own entry allows.
  ///
  /// - Parameters:
  ///   - terminal: The terminal's name.
  ///   - wanted: The mode to open it in.
  ///   - terminfo: What its own entry offers.
  /// - Returns: The handle of ncurses and the mode, or `nil` when ncurses refuses.
  static func open(
    _ terminal: String, preferring wanted: ColorMode, terminfo: TerminfoColors
  ) -> (handle: OpaquePointer, mode: ColorMode)? {
    if let entry = TerminfoEntry(mode: wanted, terminal: terminal),
      let handle = TerminfoCompiler.withCompiled(entry, { newTerminal(entry.name) })
    {
      return (handle, wanted)
    }
    guard let handle = newTerminal(terminal) else { return nil }
    let offered: ColorMode =
      switch terminfo.count {
      case 256: .indexed256
      case 8..<256: .indexed16
      default: .mono
      }
    return (handle, wanted == .mono ? .mono : offered)
  }

  private static func newTerminal(_ name: String) -> OpaquePointer? {
    newterm(name, cncurses_stdout(), cncurses_stdin())
  }

  static func configure(colorMode: ColorMode, isMouseOn: Bool) {
    cbreak()
    noecho()
    nonl()
    curs_set(0)
    let window = cncurses_stdscr()
    nodelay(window, true)
    keypad(window, true)
    intrflush(window, false)
    set_escdelay(25)
    // Else a key that comes while a frame is written would cut the frame off.
    typeahead(-1)
    for (sequence, code) in KeyDecoder.additionalSequences {
      define_key(sequence, code)
    }
    if colorMode != .mono {
      start_color()
      use_default_colors()
    }
    if isMouseOn {
      mousemask(mouseMask, nil)
      mouseinterval(0)
    }
  }

  /// Presses and releases, but no clicks: ncurses would make one of a press and a release that
  /// arrive together, as they do over a slow connection.
  private static var mouseMask: mmask_t {
    (1...5).reduce(cncurses_moved()) { $0 | cncurses_pressed($1) | cncurses_released($1) }
  }

  /// What leaves every mode of the open terminal, for a program that cannot go on.
  static var restoringText: String {
    let modes = "\u{1B}[?2026l\u{1B}[?2004l\u{1B}[?1002l\u{1B}[?1000l\u{1B}[?1006l"
    let capabilities = ["sgr0", "cnorm", "rmkx", "rmcup"].compactMap(TerminfoDatabase.string)
    return modes + capabilities.joined() + "\r\n"
  }

  /// The mouse events that ncurses has just announced, in their order.
  ///
  /// It announces all that arrive together only once, and hands out the last one first: a tap on a
  /// touchpad is a press and a release at the same time.
  static func mouseEvents() -> [MouseEvent] {
    var events: [MouseEvent] = []
    var event = MEVENT()
    while getmouse(&event) == OK {
      guard let action = action(of: event.bstate) else { continue }
      events.insert(MouseEvent(action, x: Int(event.x), y: Int(event.y)), at: 0)
    }
    return events
  }

  private static func action(of state: mmask_t) -> MouseEvent.Action? {
    if state & cncurses_pressed(4) != 0 { return .wheelUp }
    if state & cncurses_pressed(5) != 0 { return .wheelDown }
    for button in 1...3 {
      if state & cncurses_pressed(Int32(button)) != 0 { return .press(button) }
      if state & cncurses_released(Int32(button)) != 0 { return .release(button) }
    }
    return state & cncurses_moved() != 0 ? .drag : nil
  }
}
