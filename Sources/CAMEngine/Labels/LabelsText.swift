import Inference

/// The text of labels, taken apart as far as every format needs it.
struct LabelsText: Sendable {
  /// What errors call it.
  let name: String
  /// The lines without white space around them; blank ones at the end are left out.
  let lines: [String]
  /// The value, where the text is written as one in JSON or Python.
  let value: LiteralValue?

  /// Decodes and parses a text.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8, with or without a byte order mark, or UTF-16.
  ///   - name: What errors call it.
  /// - Throws: ``LabelsError`` for what is no text, has nothing in it, or begins as a value and is none.
  init(_ bytes: [UInt8], name: String) throws(LabelsError) {
    if let known = FileSignature.of(bytes, in: FileSignature.general) {
      throw .malformed(name: name, reason: known.words)
    }
    guard let text = Self.decoded(bytes) else {
      throw .malformed(name: name, reason: "it is neither UTF-8 nor UTF-16 text")
    }
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { $0.trimmed }
    while lines.last?.isEmpty == true { lines.removeLast() }
    guard !lines.isEmpty else { throw .empty(name: name) }
    self.name = name
    self.lines = lines
    value = try Self.value(text, name: name)
  }

  /// A part of a text that is a value.
  ///
  /// - Parameters:
  ///   - value: The part.
  ///   - name: What errors call it.
  init(value: LiteralValue, name: String) {
    self.name = name
    self.value = value
    lines = []
  }

  /// Text of one of the two encodings that editors write; nil for other bytes.
  private static func decoded(_ bytes: [UInt8]) -> String? {
    let isBig = bytes.starts(with: [0xFE, 0xFF]) || (bytes.first == 0 && bytes.count > 1)
    let isLittle = bytes.starts(with: [0xFF, 0xFE]) || (bytes.count > 1 && bytes[1] == 0)
    guard isBig || isLittle else {
      let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
      return String(validating: bytes.dropFirst(hasMark ? 3 : 0), as: UTF8.self)
    }
    guard bytes.count.isMultiple(of: 2) else { return nil }
    let units = stride(from: 0, to: bytes.count, by: 2).map { place in
      let (high, low) = isBig ? (place, place + 1) : (place + 1, place)
      return UInt16(bytes[high]) << 8 | UInt16(bytes[low])
    }
    return String(validating: units.drop { $0 == 0xFEFF }, as: UTF16.self)
  }

  /// The value that a text is, or that it gives a name: `labels = [...]`.
  private static func value(_ text: String, name: String) throws(LabelsError) -> LiteralValue? {
    let start = text.drop { $0.isWhitespace }
    let behindName = start.drop { $0.isLetter || $0.isNumber || $0 == "_" }.drop { $0 == " " }
    let isNamed = behindName.first == "=" && behindName.startIndex > start.startIndex
    let written = isNamed ? behindName.dropFirst().drop { $0.isWhitespace } : start
    guard let first = written.first, ["{", "[", "("].contains(first) else { return nil }
    do {
      return try LiteralReader.value(String(written))
    } catch {
      // A name may stand in brackets, "(background)"; braces and a list's bracket mean a value.
      if first == "(" { return nil }
      throw .malformed(name: name, reason: error.reason)
    }
  }
}

extension Substring {
  /// Without white space at either end.
  var trimmed: String {
    let start = drop(while: \.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}

extension String {
  /// Without white space at either end.
  var trimmed: String { self[...].trimmed }
}
