import CAMEngine
import Terminal

extension ExplorerView {
  /// What is typed, and the classes that it may mean.
  func drawSearch(_ search: ClassSearch, on screen: inout Screen) {
    let most = layout.kind == .full ? layout.panel.height - 2 : layout.bounds.height - 3
    let inside = drawMenuBox("Find a class", rows: most, hint: "Enter chooses", on: &screen)
    let end = screen.write("/ ", x: inside.x, y: inside.y, style: theme.muted)
    // The end of a long text is what is being typed.
    let shown = DisplayWidth.truncatedAtStart(search.text, to: inside.width - 4)
    let cursor = screen.write(shown, x: end, y: inside.y, style: theme.title)
    screen.write("_", x: cursor, y: inside.y, style: theme.title)
    drawMatches(
      search,
      in: Rectangle(
        x: inside.x, y: inside.y + 1, width: inside.width, height: inside.height - 1), on: &screen)
  }

  /// How many classes there are; of a model without labels, how to find them.
  private func note(on search: ClassSearch) -> String {
    guard search.matchedText != nil else { return "…" }
    let count = search.matches.count
    if !state.model.hasLabels, count == 0 || search.text.isEmpty {
      return "no labels: type a number"
    }
    return count == 0 ? "no class is called so" : count == 1 ? "1 class" : "\(count) classes"
  }

  private func drawMatches(
    _ search: ClassSearch, in area: Rectangle, on screen: inout Screen
  ) {
    let count = search.matches.count
    screen.write(
      note(on: search), x: area.x, y: area.y, limit: area.width, style: theme.muted)
    guard count > 0, area.height > 1 else { return }
    let list = ScrolledList(
      area: Rectangle(x: area.x, y: area.y + 1, width: area.width, height: area.height - 1),
      count: count, selected: search.row)
    for row in list.visible {
      guard let scored = state.scored(.ofClass(search.matches[row])) else { continue }
      let line = Rectangle(x: area.x, y: list.y(of: row), width: area.width, height: 1)
      drawMenuRow(
        scored.label, scored.figure, isMarked: row == search.row,
        in: line, on: &screen)
    }
  }
}
