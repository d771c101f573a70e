import CAMEngine
import Foundation

/// Where commands tell how far they are.
enum StandardError {
  /// Whether a terminal shows it that can replace a line.
  static let isTerminal =
    isatty(STDERR_FILENO) != 0 && ProcessInfo.processInfo.environment["TERM"] != "dumb"

  /// Writes text, without what a terminal would obey in it but line ends.
  static func write(_ text: String) { writeAsIs(text.printableLines) }

  /// Writes over the line of the cursor.
  static func replaceLine(with text: String) { writeAsIs("\r\u{1B}[K" + text.printableLines) }

  private static func writeAsIs(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
