import CAMEngine
import Terminal

/// Looking for a class by its name.
extension ExplorerState {
  /// The longest text that is looked for.
  private static let longestSearch = 60

  /// What a key does in the search; `nil` for keys that move, choose or leave.
  mutating func typeIntoSearch(_ key: Key) -> [ExplorerEffect]? {
    guard case .search(let search) = dialog else { return nil }
    switch key {
    case .character(let character):
      return typeIntoSearch(String(character))
    case .backspace:
      guard !search.text.isEmpty else { return [] }
      return look(for: String(search.text.dropLast()))
    default:
      return nil
    }
  }

  /// Adds text to what is looked for; control characters are left out.
  mutating func typeIntoSearch(_ text: String) -> [ExplorerEffect] {
    guard case .search(let search) = dialog else { return [] }
    let typed = text.filter { $0.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 } }
    return look(for: String((search.text + typed).prefix(Self.longestSearch)))
  }

  private mutating func look(for text: String) -> [ExplorerEffect] {
    guard case .search(var search) = dialog, search.text != text else { return [] }
    search.text = text
    dialog = .search(search)
    return [.search(text)]
  }

  /// Takes the answer to a search, unless something else is looked for by now.
  mutating func noteMatches(_ classes: [Int], of text: String) {
    guard case .search(var search) = dialog, search.text == text else { return }
    search.matches = classes
    search.matchedText = text
    search.row = 0
    dialog = .search(search)
  }

  mutating func performInSearch(_ command: ExplorerCommand, _ search: ClassSearch) -> Bool {
    if command == .confirm {
      choose(search)
      return true
    }
    guard let row = command.row(from: search.row, last: search.matches.count - 1) else {
      return true
    }
    var moved = search
    moved.row = row
    dialog = .search(moved)
    return true
  }

  private mutating func choose(_ search: ClassSearch) {
    guard search.matches.indices.contains(search.row), image.scores != nil else { return }
    image.select(.ofClass(search.matches[search.row]))
    focus = .classes
    dialog = nil
  }
}
