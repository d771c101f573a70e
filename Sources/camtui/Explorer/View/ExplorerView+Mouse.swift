import Terminal

extension ExplorerView {
  /// What a turn of the wheel enlarges by: four of them double.
  private static let wheelScale = 2.0.squareRoot().squareRoot()

  /// What a use of the mouse asks for.
  func command(for mouse: MouseEvent) -> ExplorerCommand? {
    switch mouse.action {
    case .wheelUp: return wheelCommand(isUp: true, atX: mouse.x, y: mouse.y)
    case .wheelDown: return wheelCommand(isUp: false, atX: mouse.x, y: mouse.y)
    case .press(1):
      if state.dialog != nil { return .dismiss }
      return command(atX: mouse.x, y: mouse.y)
    case .drag where state.cursor != nil && state.dialog == nil:
      return cursorCommand(atX: mouse.x, y: mouse.y)
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
    return cursorCommand(atX: x, y: y)
  }

  private func cursorCommand(atX x: Int, y: Int) -> ExplorerCommand? {
    guard state.view == .single else { return nil }
    return placements.first?.point(atX: x, y: y).map { .placeCursor($0) }
  }

  /// The wheel zooms the picture under the pointer and moves in the list under it.
  private func wheelCommand(isUp: Bool, atX x: Int, y: Int) -> ExplorerCommand {
    let move: ExplorerCommand = isUp ? .previousRow : .nextRow
    guard state.dialog == nil else { return move }
    if let point = placements.lazy.compactMap({ $0.point(atX: x, y: y) }).first {
      return .zoom(isUp ? Self.wheelScale : 1 / Self.wheelScale, around: point)
    }
    // Where the arrows belong to the view, the lists still take the wheel.
    let distance = isUp ? -1 : 1
    if let list = classList, list.area.contains(x: x, y: y) {
      return .selectClass(state.image.selectedRow + distance)
    }
    if let list = layerList, list.area.contains(x: x, y: y) {
      return .selectLayer(state.layer + distance)
    }
    return move
  }
}
