import Terminal

extension ExplorerView {
  /// What a use of the mouse asks for.
  func command(for mouse: MouseEvent) -> ExplorerCommand? {
    switch mouse.action {
    case .wheelUp: return .previousRow
    case .wheelDown: return .nextRow
    case .press(1):
      if state.dialog != nil { return .dismiss }
      return command(atX: mouse.x, y: mouse.y)
    default: return nil
    }
  }

  private func command(atX x: Int, y: Int) -> ExplorerCommand? {
    if let row = classList?.row(atX: x, y: y) { return .selectClass(row) }
    if let row = layerList?.row(atX: x, y: y) { return .selectLayer(row) }
    if let place = stepTabs.firstIndex(where: { $0.area.contains(x: x, y: y) }) {
      return .showStep(place + 1)
    }
    if let place = stripCells.firstIndex(where: { $0.contains(x: x, y: y) }) {
      return .showStep(place + 1)
    }
    return nil
  }
}
