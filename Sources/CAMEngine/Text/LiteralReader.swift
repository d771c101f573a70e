/// Reads a value in JSON or in Python's notation: `{"0": "a"}`, `{0: 'a',}`, `["a", 'b']`, `('a', 'b')`.
///
/// Read are objects and dicts, lists, tuples and sets, texts in either quotes with either language's
/// escapes (also several in a row, which Python joins, and with Python's prefixes `u` and `r`), numbers,
/// truth values, `null` and `None`, and Python's comments; a comma at the end is allowed.
struct LiteralReader {
  /// Values lie within each other at most this deep.
  private static let depthLimit = 64

  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var depth = 0

  /// Reads a text that is one value.
  ///
  /// - Parameter text: The text.
  /// - Returns: The value.
  /// - Throws: ``LiteralError`` with the line at which the text is none.
  static func value(_ text: String) throws(LiteralError) -> LiteralValue {
    var reader = LiteralReader(scalars: Array(text.unicodeScalars))
    let value = try reader.value()
    guard reader.next == nil else { throw reader.expected("the end") }
    return value
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  /// The next character after white space and comments; nil at the end.
  private var next: Unicode.Scalar? {
    mutating get {
      while let scalar = current, scalar.properties.isWhitespace || scalar == "#" {
        if scalar == "#" { while let scalar = current, scalar != "\n" { position += 1 } }
        if current != nil { position += 1 }
      }
      return current
    }
  }

  private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private func expected(_ what: String) -> LiteralError {
    LiteralError(line: 1 + scalars.prefix(position).count(where: { $0 == "\n" }), expected: what)
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(LiteralError) -> LiteralValue {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw expected("a value less deep") }
    switch next {
    case "{": return try braces()
    case "[": return .list(try items(until: "]"))
    case "(": return .list(try items(until: ")"))
    case "\"", "'": return .text(try texts())
    default: return try word()
    }
  }

  /// An object, a dict or a set.
  private mutating func braces() throws(LiteralError) -> LiteralValue {
    position += 1
    var members: [LiteralValue.Member] = []
    var elements: [LiteralValue] = []
    while !take("}") {
      let first = try value()
      if take(":") {
        members.append(.init(key: first, value: try value()))
      } else {
        elements.append(first)
      }
      guard take(",") || next == "}" else { throw expected("a comma or }") }
    }
    guard members.isEmpty || elements.isEmpty else { throw expected("a value for every key") }
    return elements.isEmpty ? .members(members) : .list(elements)
  }

  private mutating func items(
    until end: Unicode.Scalar
  ) throws(LiteralError) -> [LiteralValue] {
    position += 1
    var items: [LiteralValue] = []
    while !take(end) {
      items.append(try value())
      guard take(",") || next == end else { throw expected("a comma or \(end)") }
    }
    return items
  }

  /// One text, or several in a row.
  private mutating func texts() throws(LiteralError) -> String {
    var result = ""
    while let quote = next, quote == "\"" || quote == "'" {
      position += 1
      result += try text(until: quote, isRaw: false)
    }
    return result
  }

  private mutating func text(
    until quote: Unicode.Scalar, isRaw: Bool
  ) throws(LiteralError) -> String {
    var units: [UInt16] = []
    while let scalar = current, scalar != quote {
      position += 1
      if scalar == "\\", !isRaw {
        units += try escape()
      } else if scalar == "\n" {
        position -= 1
        break
      } else {
        units += Array(String(scalar).utf16)
      }
    }
    guard current == quote else { throw expected("the quote \(quote) that ends a text") }
    position += 1
    return String(decoding: units, as: UTF16.self)
  }

  /// What stands behind a backslash, in UTF-16, since JSON writes characters as pairs of units.
  private mutating func escape() throws(LiteralError) -> [UInt16] {
    guard let scalar = current else { throw expected("a character") }
    position += 1
    switch scalar {
    case "x": return try code(digits: 2)
    case "u": return try code(digits: 4)
    case "U": return try code(digits: 8)
    case "\n": return []
    default:
      if let plain = Self.escapes[scalar] { return Array(String(plain).utf16) }
      return Array(("\\" + String(scalar)).utf16)
    }
  }

  private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
    "n": "\n", "t": "\t", "r": "\r", "b": "\u{8}", "f": "\u{C}", "a": "\u{7}", "v": "\u{B}",
    "0": "\0", "\\": "\\", "'": "'", "\"": "\"", "/": "/",
  ]

  private mutating func code(digits: Int) throws(LiteralError) -> [UInt16] {
    let text = String(String.UnicodeScalarView(scalars.dropFirst(position).prefix(digits)))
    guard text.unicodeScalars.count == digits, let value = UInt32(text, radix: 16) else {
      throw expected("\(digits) hexadecimal digits")
    }
    position += digits
    if let unit = UInt16(exactly: value) { return [unit] }
    guard let scalar = Unicode.Scalar(value) else { throw expected("the code of a character") }
    return Array(String(scalar).utf16)
  }

  /// A number, a truth value, nothing, or a text with a prefix.
  private mutating func word() throws(LiteralError) -> LiteralValue {
    let start = position
    while let scalar = current, scalar.isASCII,
      scalar.properties.isAlphabetic || Self.isOfNumber(scalar)
    {
      position += 1
    }
    let word = String(String.UnicodeScalarView(scalars[start..<position]))
    if let quote = current, quote == "\"" || quote == "'", ["u", "U", "r", "R", "b"].contains(word)
    {
      position += 1
      return .text(try text(until: quote, isRaw: word.lowercased() == "r"))
    }
    switch word {
    case "null", "None": return .nothing
    case "true", "True": return .bool(true)
    case "false", "False": return .bool(false)
    default:
      guard let number = Double(word), number.isFinite else {
        position = start
        throw expected("a value")
      }
      return .number(number)
    }
  }

  private static func isOfNumber(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar) || ["+", "-", ".", "_"].contains(scalar)
  }
}
