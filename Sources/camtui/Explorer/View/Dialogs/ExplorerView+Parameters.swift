import Terminal

extension ExplorerView {
  /// Increment-CAM's parameters by their names on the command line, each with its value.
  func drawParameters(_ row: Int, on screen: inout Screen) {
    let parameters = state.model.parameters
    let rows = parameters.enumerated().map { place, parameter in
      let value = state.value(of: parameter)
      return (parameter.name, place == row ? "< \(value) >" : "\(value)  ")
    }
    let menu = Menu(
      title: "Increment-CAM", hint: "←→ changes, Enter closes", rows: rows, selected: row,
      note: parameterNote(parameters[row]), noteRows: 2)
    draw(menu, on: &screen)
  }

  private func parameterNote(_ parameter: Parameter) -> String {
    let cost =
      parameter.phase == .two ? "Phase 2 scores what is missing." : "Only Phase 3 changes, at once."
    let method = state.isIncrementCAM ? "" : " (Not used by the method that is shown.)"
    return "\(parameter.meaning.prefix(1).uppercased())\(parameter.meaning.dropFirst()). "
      + cost + method
  }
}
