#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Any JSON value (RFC 8259), for files whose keys are looked up one by one.
enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// Parses a JSON text.
  ///
  /// - Parameter bytes: The text in UTF-8.
  /// - Returns: Its value; nil when the text is not JSON.
  static func parsed(_ bytes: [UInt8]) -> JSONValue? {
    try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
  }

  /// The member of an object; nil when it is null, absent, or this is no object.
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self, let member = members[key], member != .null else {
      return nil
    }
    return member
  }

  /// The members, if this is an object.
  var members: [String: JSONValue]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// The elements, if this is an array.
  var elements: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// An object whose members another one's replace; null members replace nothing.
  ///
  /// - Parameter other: What wins.
  /// - Returns: The members of both; this value where either is no object.
  func overridden(by other: JSONValue) -> JSONValue {
    guard let members, let theirs = other.members else { return self }
    return .object(members.merging(theirs.filter { $0.value != .null }) { $1 })
  }

  /// The number, if this is one.
  var number: Double? {
    if case .number(let number) = self { number } else { nil }
  }

  /// The number, if this is a whole one that fits.
  var integer: Int? { number.flatMap { Int(exactly: $0) } }

  /// The text, if this is one.
  var string: String? {
    if case .string(let string) = self { string } else { nil }
  }

  /// The truth value, if this is one.
  var bool: Bool? {
    if case .bool(let bool) = self { bool } else { nil }
  }
}

extension JSONValue: Decodable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let bool = try? container.decode(Bool.self) {
      self = .bool(bool)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let string = try? container.decode(String.self) {
      self = .string(string)
    } else if let array = try? container.decode([JSONValue].self) {
      self = .array(array)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }
}

extension JSONValue: ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(floatLiteral value: Double) { self = .number(value) }
  init(integerLiteral value: Int) { self = .number(Double(value)) }
  init(stringLiteral value: String) { self = .string(value) }
  init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements) { $1 })
  }
}
