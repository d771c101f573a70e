/// Why a ``TerminalSession`` cannot be opened.
public enum TerminalError: Error, Equatable, CustomStringConvertible {
  /// Standard input or output is a file or a pipe.
  case notATerminal
  /// `TERM` is missing, `dumb`, or names a terminal that cannot place its cursor.
  case dumbTerminal(name: String)
  /// The terminfo database has no entry of this name.
  case unknownTerminal(name: String)
  /// A session is open already; a process has one terminal.
  case alreadyOpen
  /// The pipe that wakes the loop could not be made.
  case noPipe(errno: Int32)

  /// One sentence: what, and what to do instead.
  public var description: String {
    switch self {
    case .notATerminal:
      "standard input and output are not a terminal: use `camtui explain` to write files instead"
    case .dumbTerminal(let name):
      "the terminal '\(name)' cannot place its cursor: use `camtui explain` to write files instead"
    case .unknownTerminal(let name):
      """
      the terminal '\(name)' is not in the terminfo database: set TERM to a known one such as \
      xterm-256color, or use `camtui explain` to write files instead
      """
    case .alreadyOpen:
      "the terminal is in use by this process already"
    case .noPipe(let code):
      "the pipe for terminal events could not be made (error \(code)): use `camtui explain`"
    }
  }
}
