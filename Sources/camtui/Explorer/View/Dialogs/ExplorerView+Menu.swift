import Terminal

/// Lines to choose from, with a note about the chosen one.
struct Menu {
  var title: String
  /// What the keys do.
  var hint: String
  /// Text at the left, more at the right.
  var rows: [(left: String, right: String)]
  var selected: Int
  var note: String
  /// How many lines the note keeps where there is little room.
  var noteRows: Int
}

extension ExplorerView {
  func draw(_ menu: Menu, on screen: inout Screen) {
    let inside = drawMenuBox(menu.title, rows: menu.rows.count + 5, hint: menu.hint, on: &screen)
    let area = Rectangle(
      x: inside.x, y: inside.y, width: inside.width,
      height: min(menu.rows.count, max(1, inside.height - 1 - menu.noteRows)))
    let list = ScrolledList(area: area, count: menu.rows.count, selected: menu.selected)
    for place in list.visible {
      let line = Rectangle(x: area.x, y: list.y(of: place), width: area.width, height: 1)
      drawMenuRow(
        menu.rows[place].left, menu.rows[place].right, isMarked: place == menu.selected, in: line,
        on: &screen)
    }
    let top = area.y + area.height + 1
    for (line, text) in Formatting.wrapped(menu.note, width: inside.width).enumerated()
    where top + line < inside.y + inside.height {
      screen.write(text, x: inside.x, y: top + line, style: theme.muted)
    }
  }
}
