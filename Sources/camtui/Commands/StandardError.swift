import Foundation

/// Where commands tell how far they are.
enum StandardError {
  /// Whether a terminal shows it that can replace a line.
  static let isTerminal =
    isatty(STDERR_FILENO) != 0 && ProcessInfo.processInfo.environment["TERM"] != "dumb"

  static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// Writes over the line of the cursor.
  static func replaceLine(with text: String) { write("\r\u{1B}[K" + text) }
}
