/// An equation of Einstein's summation convention: the axes of every operand and of the result, each
/// named by a letter.
struct EinsumEquation: Sendable {
  /// One name an axis; an ellipsis is `nil` here.
  let operands: [[Character?]]
  let result: [Character?]

  /// - Parameter text: e.g. `bhid,bhjd->bhij`; without an arrow the result is what occurs once, in
  ///   alphabetical order.
  ///   Nil where it is no equation.
  init?(_ text: String) {
    let sides = text.filter { !$0.isWhitespace }.components(separatedByText: "->")
    guard (1...2).contains(sides.count) else { return nil }
    let terms = sides[0].split(separator: ",", omittingEmptySubsequences: false)
      .map { Self.axes(String($0)) }
    operands = terms.compactMap(\.self)
    guard operands.count == terms.count else { return nil }
    if sides.count == 2 {
      guard let given = Self.axes(sides[1]) else { return nil }
      result = given
    } else {
      let letters = operands.joined().compactMap(\.self)
      let once = letters.filter { letter in letters.filter { $0 == letter }.count == 1 }.sorted()
      let hasEllipsis = operands.contains { $0.contains(nil) }
      result = (hasEllipsis ? [nil] : []) + once.map { Optional($0) }
    }
    let known = Set(operands.joined())
    guard Set(result).count == result.count, result.allSatisfy(known.contains) else { return nil }
  }

  private static func axes(_ term: String) -> [Character?]? {
    let marked = term.components(separatedByText: "...")
    guard marked.count <= 2, marked.joined().allSatisfy({ $0.isLetter }) else { return nil }
    let parts = marked.map { part in part.map { Optional($0) } }
    return marked.count == 2 ? parts[0] + [nil] + parts[1] : parts[0]
  }
}

extension String {
  fileprivate func components(separatedByText separator: String) -> [String] {
    var (parts, rest) = ([String](), self[...])
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
