import Terminal

extension ExplorerView {
  /// The methods, with what they do in words.
  func drawMethods(_ row: Int, on screen: inout Screen) {
    let methods = state.model.methods
    let inside = drawMenuBox(
      "Method", rows: methods.count + 5, hint: "Enter chooses", on: &screen)
    let area = Rectangle(
      x: inside.x, y: inside.y, width: inside.width,
      height: min(methods.count, max(1, inside.height - 4)))
    let list = ScrolledList(area: area, count: methods.count, selected: row)
    for place in list.visible {
      let line = Rectangle(x: area.x, y: list.y(of: place), width: area.width, height: 1)
      let mark = methods[place] == state.method ? "shown" : ""
      drawMenuRow(
        MethodNotes.note(of: methods[place]).title, mark, isMarked: place == row, in: line,
        on: &screen)
    }
    let note = Formatting.wrapped(MethodNotes.note(of: methods[row]).text, width: inside.width)
    let top = area.y + area.height + 1
    for (line, text) in note.enumerated() where top + line < inside.y + inside.height {
      screen.write(text, x: inside.x, y: top + line, style: theme.muted)
    }
  }
}
