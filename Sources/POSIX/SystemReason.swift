#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The system's words for an error number, such as "is a directory".
public enum SystemReason {
  /// The words, with a small first letter so that they stand within a sentence.
  ///
  /// - Parameter code: A value of `errno`.
  /// - Returns: The words.
  public static func sentence(for code: Int32) -> String {
    guard let words = strerror(code) else { return "error \(code)" }
    let text = String(cString: words)
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
