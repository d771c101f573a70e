import Inference

extension Labels {
  /// The classes that a text may mean, best first.
  ///
  /// Upper and lower case are the same. The order is: labels with a synonym (or id) that equals the text,
  /// labels that have it as whole words, those with a word that begins with it, those that contain it
  /// anywhere, then synonyms that differ in few letters (a third of the text's length at most). Within
  /// each, in class order. Labels that match exactly or by their letters leave near names out.
  ///
  /// - Parameter text: What to look for.
  /// - Returns: Class numbers; all classes for an empty text.
  public func matches(_ text: String) -> [Int] {
    let wanted = text.lowercased()
    guard !wanted.isEmpty else { return Array(all.indices) }
    var found: [[Int]] = [[], [], [], []]
    for (index, label) in all.enumerated() {
      if let rank = Self.rank(of: label, for: wanted) { found[rank].append(index) }
    }
    let literal = found.flatMap(\.self)
    return literal.isEmpty ? nearest(to: wanted) : literal
  }

  /// The class that a user means by a number or a name.
  ///
  /// - Parameters:
  ///   - text: A class number; or a label, one of its synonyms, its id, or the only label with this part.
  ///   - classes: How many classes the model has.
  /// - Returns: The class.
  /// - Throws: ``LabelsError/noSuchClass(text:classes:nearest:)`` when there is none, or several.
  public func index(of text: String, classes: Int) throws(LabelsError) -> Int {
    if let number = Int(text), (0..<classes).contains(number) { return number }
    let wanted = text.lowercased()
    let found = wanted.isEmpty ? [] : matches(text).filter { $0 < classes }
    let literal = found.filter { Self.rank(of: all[$0], for: wanted) != nil }
    let exact = literal.filter { Self.rank(of: all[$0], for: wanted) == 0 }
    if let only = exact.first, exact.count == 1 { return only }
    if let only = literal.first, literal.count == 1 { return only }
    throw .noSuchClass(
      text: text, classes: classes, nearest: found.prefix(3).map { all[$0].short })
  }

  /// 0 equal, 1 whole words, 2 beginning of a word, 3 containing; nil for no match.
  private static func rank(of label: Label, for wanted: String) -> Int? {
    let text = label.text.lowercased()
    if names(in: text).contains(wanted) || text == wanted || label.id == wanted { return 0 }
    return text.ranges(of: wanted).map { rank(of: $0, in: text) }.min()
  }

  /// How well a place in a text agrees with its words.
  private static func rank(of place: Range<String.Index>, in text: String) -> Int {
    let isStart = !(text[..<place.lowerBound].last.map(isOfWord) ?? false)
    let isEnd = !(text[place.upperBound...].first.map(isOfWord) ?? false)
    return isStart ? (isEnd ? 1 : 2) : 3
  }

  private static func isOfWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber
  }

  private func nearest(to wanted: String) -> [Int] {
    let limit = max(1, wanted.count / 3)
    let letters = Array(wanted)
    var near: [(index: Int, distance: Int)] = []
    for (index, label) in all.enumerated() {
      let distances = Self.names(in: label.text.lowercased())
        .map { EditDistance.between(letters, Array($0), limit: limit) }
      if let distance = distances.min(), distance <= limit { near.append((index, distance)) }
    }
    return near.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }.map(\.index)
  }

  /// The synonyms of a label.
  private static func names(in text: String) -> [String] {
    text.split(separator: ",").map { String($0.drop { $0 == " " }) }
  }
}
