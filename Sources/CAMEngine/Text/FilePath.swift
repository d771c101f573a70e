import Inference

/// Paths of files whose names are not UTF-8.
public enum FilePath {
  /// The text that stands for a path of any bytes, wherever this module takes a path: what is UTF-8 as it
  /// is, and every other byte as a character of its own that only stands for it.
  ///
  /// - Parameter bytes: The path, such as the system gives it, without its ending zero.
  /// - Returns: The text; ``Swift/StringProtocol/printable`` shows its strange bytes as `?`.
  public static func text(_ bytes: [UInt8]) -> String { PathBytes.text(bytes) }
}
