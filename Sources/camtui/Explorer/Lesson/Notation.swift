import Terminal

/// Formulas in the characters that a terminal has.
struct Notation: Sendable {
  let encoding: TextEncoding

  /// The formula, or its form in ASCII.
  func callAsFunction(_ unicode: String, _ ascii: String) -> String {
    encoding == .utf8 ? unicode : ascii
  }

  var alpha: String { self("α", "alpha") }
}
