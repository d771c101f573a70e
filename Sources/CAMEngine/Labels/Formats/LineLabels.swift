extension LabelsFormat {
  /// A label a line, with or without a WordNet id before it; a blank line is a label without a name.
  static let lines = LabelsFormat(name: "a label a line") { text throws(LabelsError) in
    guard text.value == nil else { return nil }
    return text.lines.map { Labels.Label(line: $0) }
  }

  /// A number and a label a line, with a blank or a colon between them: `0 cat`, `0: cat`, and a WordNet
  /// id before it, as in ImageNet's `map_clsloc.txt`.
  ///
  /// Names may begin with numbers too ("7 Up"), so that lines count as numbered where most begin so and
  /// one with 0, or where they count from 1 to their number.
  static let numberedLines = LabelsFormat(name: "a number and a label a line") {
    text throws(LabelsError) in
    guard text.value == nil else { return nil }
    let lines = text.lines.filter { !$0.isEmpty }
    let numbered = lines.map(NumberedLabel.init(line:))
    let indices = numbered.compactMap { $0?.index }
    let isFromZero = indices.contains(0) && indices.count * 2 > lines.count
    guard isFromZero || Set(indices) == Set(1...lines.count) else { return nil }
    for (line, entry) in zip(lines, numbered) where entry == nil {
      throw .malformed(name: text.name, reason: "the line \"\(line)\" is no number with a label")
    }
    return try numbered.compactMap(\.self).inOrder(name: text.name)
  }
}

extension NumberedLabel {
  /// - Parameter line: A number, a blank or a colon, and a label; nil is returned for others.
  fileprivate init?(line: String) {
    let first = line.prefix { $0 != " " && $0 != "\t" }
    let id = WordNetID.isOne(first) ? String(first) : nil
    let numbered = id == nil ? line[...] : line.dropFirst(first.count).drop { $0.isWhitespace }
    let digits = numbered.prefix { ("0"..."9").contains($0) }
    let behind = numbered[digits.endIndex...]
    guard let index = Int(digits), let separator = behind.first,
      separator.isWhitespace || separator == ":"
    else { return nil }
    let name = behind.dropFirst().drop { $0 == ":" }.trimmed
    guard !name.isEmpty else { return nil }
    let label = id.map { Labels.Label(text: name, id: $0) } ?? Labels.Label(line: name)
    self.init(index: index, label: label)
  }
}
