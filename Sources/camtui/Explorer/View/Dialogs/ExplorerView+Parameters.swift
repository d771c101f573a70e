import Terminal

extension ExplorerView {
  /// Increment-CAM's parameters by their names on the command line, each with its value.
  func drawParameters(_ row: Int, on screen: inout Screen) {
    let parameters = state.model.parameters
    let inside = drawMenuBox(
      "Increment-CAM", rows: parameters.count + 5, hint: "←→ changes, Enter closes", on: &screen)
    let area = Rectangle(
      x: inside.x, y: inside.y, width: inside.width,
      height: min(parameters.count, max(1, inside.height - 3)))
    let list = ScrolledList(area: area, count: parameters.count, selected: row)
    for place in list.visible {
      let line = Rectangle(x: area.x, y: list.y(of: place), width: area.width, height: 1)
      let value = state.value(of: parameters[place])
      drawMenuRow(
        parameters[place].name, place == row ? "< \(value) >" : "\(value)  ",
        isMarked: place == row, in: line, on: &screen)
    }
    let note = Formatting.wrapped(parameterNote(parameters[row]), width: inside.width)
    let top = area.y + area.height + 1
    for (line, text) in note.enumerated() where top + line < inside.y + inside.height {
      screen.write(text, x: inside.x, y: top + line, style: theme.muted)
    }
  }

  private func parameterNote(_ parameter: Parameter) -> String {
    let cost = parameter.phase == .two ? "Phase 2 runs again." : "Only Phase 3 changes, at once."
    let method = state.isIncrementCAM ? "" : " (Not used by the method that is shown.)"
    return "\(parameter.meaning.prefix(1).uppercased())\(parameter.meaning.dropFirst()). "
      + cost + method
  }
}
