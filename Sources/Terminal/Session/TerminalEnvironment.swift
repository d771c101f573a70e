import Glibc

/// The environment's variables that say something about the terminal.
enum TerminalEnvironment {
  private static let names = [
    "TERM", "COLORTERM", "NO_COLOR", "TMUX", "TERM_PROGRAM", "SSH_CONNECTION", "SSH_TTY",
    "SSH_CLIENT",
  ]

  static var current: [String: String] {
    var variables: [String: String] = [:]
    for name in names {
      variables[name] = getenv(name).map { String(cString: $0) }
    }
    return variables
  }
}
