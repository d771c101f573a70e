/// How a value of a list or an object names a class.
///
/// Known are a text; a WordNet id and a text (Keras' class index); a number and a text; and an object with
/// a text under a key of ``nameKeys``.
struct LabelEntry: Sendable, Equatable {
  /// The name.
  let label: Labels.Label
  /// The class, where the value says it.
  let index: Int?

  private static let nameKeys = ["label", "name", "class_name", "display_name", "title"]
  private static let indexKeys = ["index", "idx", "class_id", "class_index", "id"]
  private static let idKeys = ["wnid", "synset", "id"]

  /// - Parameter value: The value; nil is returned for one that names no class.
  init?(_ value: LiteralValue) {
    switch value {
    case .text(let text): self.init(Labels.Label(line: text), index: nil)
    case .list(let parts): self.init(parts: parts)
    case .members: self.init(members: value)
    default: return nil
    }
  }

  private init(_ label: Labels.Label, index: Int?) {
    self.label = label
    self.index = index
  }

  private init?(parts: [LiteralValue]) {
    guard parts.count >= 2, let text = parts[1].text else { return nil }
    if case .number = parts[0], let index = parts[0].wholeNumber {
      self.init(Labels.Label(line: text), index: index)
    } else if let id = parts[0].text {
      self.init(Labels.Label(text: text, id: WordNetID.isOne(id) ? id : nil), index: nil)
    } else {
      return nil
    }
  }

  private init?(members: LiteralValue) {
    guard let text = Self.nameKeys.lazy.compactMap({ members[$0]?.text }).first else { return nil }
    let id = Self.idKeys.lazy.compactMap { members[$0]?.text }.first(where: WordNetID.isOne)
    self.init(
      id.map { Labels.Label(text: text, id: $0) } ?? Labels.Label(line: text),
      index: Self.indexKeys.lazy.compactMap { members[$0]?.wholeNumber }.first)
  }
}

/// The ids of WordNet's nouns: `n` and eight digits.
enum WordNetID {
  /// Whether a text is an id.
  static func isOne(_ text: some StringProtocol) -> Bool {
    text.utf8.count == 9 && text.first == "n"
      && text.dropFirst().allSatisfy { ("0"..."9").contains($0) }
  }
}

extension Labels.Label {
  /// Splits a WordNet id, followed by a tab, a blank or a comma, off a line.
  ///
  /// - Parameter line: The line.
  init(line: some StringProtocol) {
    let id = line.prefix { ![" ", "\t", ","].contains($0) }
    guard WordNetID.isOne(id) else {
      self.init(text: String(line))
      return
    }
    let rest = String(line.dropFirst(id.count + 1)).trimmed
    self.init(text: rest.isEmpty ? String(id) : rest, id: String(id))
  }
}
