import CVTerm
package import Foundation

/// A program under test on an emulated terminal. Every wait has a deadline.
package final class VirtualTerminal {
  /// How long a wait may take before the test fails.
  package static let patience: Duration = .seconds(20)

  /// A cell as the emulated terminal shows it.
  package struct ShownCell: Equatable {
    /// The character, a space for an empty cell, U+0000 in the second column of a wide one.
    package var character: Unicode.Scalar
    /// `0xRRGGBB`, -1 for the terminal's default.
    package var foreground: Int
    /// `0xRRGGBB`, -1 for the terminal's default.
    package var background: Int
    package var isBold: Bool
    package var isReverse: Bool
  }

  /// How a program ended.
  package enum Exit: Equatable {
    case code(Int)
    case signal(Int)
  }

  private let handle: OpaquePointer
  package private(set) var columns: Int
  package private(set) var rows: Int

  /// Starts a program of this package's build folder; `nil` when that fails.
  ///
  /// - Parameters:
  ///   - program: The name of the executable.
  ///   - arguments: Its arguments.
  ///   - environment: Variables in addition to `PATH`; an empty value leaves one out.
  ///   - columns: The width of the terminal.
  ///   - rows: Its height.
  ///   - isAnswering: Whether the terminal answers questions, such as those for its state.
  package convenience init?(
    program: String, arguments: [String] = [], environment: [String: String] = [:],
    columns: Int = 80, rows: Int = 24, isAnswering: Bool = true
  ) {
    self.init(
      path: Self.buildFolder.appendingPathComponent(program).path, arguments: arguments,
      environment: environment, columns: columns, rows: rows)
    if !isAnswering { cvterm_keep_silent(handle) }
  }

  /// Starts a program by its path; see ``init(program:arguments:environment:columns:rows:)``.
  package init?(
    path: String, arguments: [String], environment: [String: String], columns: Int, rows: Int
  ) {
    var variables = [
      "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "xterm-256color",
      "COLORTERM": "truecolor",
    ]
    variables.merge(environment) { $1 }
    let settings = variables.filter { !$0.value.isEmpty }.map { "\($0.key)=\($0.value)" }
    let started = withCStrings([path] + arguments) { arguments in
      withCStrings(settings) { settings in
        cvterm_start(path, arguments, settings, Int32(rows), Int32(columns))
      }
    }
    guard let started else { return nil }
    handle = started
    self.columns = columns
    self.rows = rows
  }

  deinit {
    cvterm_close(handle)
  }

  /// The folder of the products, where the test program lies itself.
  package static var buildFolder: URL {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
  }

  /// Interprets output until a condition holds; `false` when it does not in time.
  package func wait(
    atMost patience: Duration = patience, until condition: (VirtualTerminal) -> Bool
  ) -> Bool {
    let deadline = ContinuousClock.now + patience
    while !condition(self) {
      guard ContinuousClock.now < deadline else { return false }
      if cvterm_pump(handle, 20) < 0 { return condition(self) }
    }
    return true
  }

  /// Waits until a text is on the screen.
  package func wait(for text: String) -> Bool {
    wait { $0.text.contains(text) }
  }

  /// Keeps the terminal's answers to the program back, as a slow connection does.
  package func holdAnswers() { cvterm_hold_answers(handle, true) }

  /// Sends the answers that were kept back.
  package func releaseAnswers() { cvterm_hold_answers(handle, false) }

  /// Interprets output until none has come for a while.
  package func settle() {
    var count = -1
    while count != output.count {
      count = output.count
      _ = wait(atMost: .milliseconds(150)) { $0.output.count > count }
    }
  }

  /// Interprets output for a while.
  package func rest(_ duration: Duration = .milliseconds(60)) {
    _ = wait(atMost: duration) { _ in false }
  }

  /// Whether the program has ended.
  package var hasEnded: Bool { cvterm_wait_status(handle) >= 0 }

  /// Waits until the program has ended and all its output is interpreted.
  package func waitForExit() -> Exit? {
    guard wait(until: { cvterm_wait_status($0.handle) >= 0 }) else { return nil }
    while cvterm_pump(handle, 50) > 0 {}
    let status = cvterm_wait_status(handle)
    if cvterm_has_exited(status) { return .code(Int(cvterm_exit_code(status))) }
    return cvterm_was_signalled(status) ? .signal(Int(cvterm_signal(status))) : nil
  }

  /// Types text or control sequences.
  package func type(_ text: String) {
    _ = cvterm_type(handle, text, text.utf8.count)
  }

  /// Sends a signal to the program.
  package func send(signal: Int32) {
    kill(cvterm_process(handle), signal)
  }

  package func resize(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cvterm_resize(handle, Int32(rows), Int32(columns))
  }

  package func cell(x: Int, y: Int) -> ShownCell {
    let cell = cvterm_cell(handle, Int32(y), Int32(x))
    return ShownCell(
      character: cell.character == 0 ? " " : Unicode.Scalar(cell.character) ?? "\u{0}",
      foreground: Int(cell.foreground), background: Int(cell.background),
      isBold: cell.bold, isReverse: cell.reverse)
  }

  /// The characters of a row.
  package func row(_ y: Int) -> String {
    var text = String.UnicodeScalarView()
    for x in 0..<columns {
      let character = cell(x: x, y: y).character
      if character != "\u{0}" { text.append(character) }
    }
    return String(text)
  }

  /// The whole screen, one line a row.
  package var text: String { (0..<rows).map(row).joined(separator: "\n") }

  package var isAlternateScreen: Bool { cvterm_is_alternate_screen(handle) }
  package var isCursorVisible: Bool { cvterm_is_cursor_visible(handle) }
  package var isMouseOn: Bool { cvterm_is_mouse_on(handle) }
  /// Whether the terminal echoes and collects lines, as in a shell.
  package var isCooked: Bool { cvterm_is_cooked(handle) }

  /// All bytes so far.
  package var output: [UInt8] {
    var count = 0
    guard let bytes = cvterm_output(handle, &count) else { return [] }
    return Array(UnsafeBufferPointer(start: bytes, count: count))
  }

  /// Whether everything is as the shell left it.
  package var isRestored: Bool {
    !isAlternateScreen && isCursorVisible && !isMouseOn && isCooked && !isPasteBracketed
  }

  /// Whether the last switch of bracketed paste turned it on.
  private var isPasteBracketed: Bool {
    let text = String(decoding: output, as: UTF8.self)
    let on = text.range(of: "\u{1B}[?2004h", options: .backwards)?.lowerBound
    let off = text.range(of: "\u{1B}[?2004l", options: .backwards)?.lowerBound
    guard let on else { return false }
    return off.map { $0 < on } ?? true
  }
}
