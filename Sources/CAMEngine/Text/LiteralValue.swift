/// A value written down as JSON (RFC 8259) or as a Python literal.
///
/// Unlike a decoder it keeps the members of an object in order, and those whose key stands twice.
enum LiteralValue: Sendable, Equatable {
  /// JSON's `null` and Python's `None`.
  case nothing
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([LiteralValue])
  case members([Member])

  /// A key with its value.
  struct Member: Sendable, Equatable {
    /// Text, or a number in Python.
    var key: LiteralValue
    var value: LiteralValue
  }

  /// The value of the first member with this key; nil where there is none.
  subscript(key: String) -> LiteralValue? {
    guard case .members(let members) = self else { return nil }
    return members.first { $0.key == .text(key) && $0.value != .nothing }?.value
  }

  /// The text, if this is one.
  var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  /// The whole number that this is, or whose digits this text is.
  var wholeNumber: Int? {
    switch self {
    case .number(let number): Int(exactly: number)
    case .text(let text): text.allSatisfy { ("0"..."9").contains($0) } ? Int(text) : nil
    default: nil
    }
  }
}

/// Why a text is no value: where, and what was expected.
struct LiteralError: Error, Equatable {
  /// Counted from 1.
  var line: Int
  /// What was expected there.
  var expected: String

  /// A clause for people.
  var reason: String { "line \(line) is no JSON and no Python value: \(expected) was expected" }
}
