/// The cursor that reads the map's value, in the view of one picture.
extension ExplorerState {
  /// Switches the cursor on in the middle of what is seen, or off.
  mutating func toggleCursor() {
    guard view != .single || cursor == nil else { return cursor = nil }
    view = .single
    place(cursor: cursor ?? placement?.center)
  }

  /// Puts the cursor on a place; the arrows belong to it then.
  mutating func place(cursor point: PhotoPoint?) {
    guard let point else { return }
    cursor = point
    isViewFocused = true
    show(point)
  }

  /// Carries out a command with the cursor; `false` for other commands, and where Phase 2 is stopped
  /// first.
  mutating func performWithCursor(_ command: ExplorerCommand) -> Bool {
    guard cursor != nil else { return false }
    switch command {
    case .dismiss where !isScoring: cursor = nil
    case _ where !isViewFocused: return false
    case .previousRow: moveCursor(x: 0, y: -1)
    case .nextRow: moveCursor(x: 0, y: 1)
    case .previousStep: moveCursor(x: -1, y: 0)
    case .nextStep: moveCursor(x: 1, y: 0)
    default: return false
    }
    return true
  }

  /// Moves by cells, as far as the photo goes: its edge may be in the middle of a cell.
  private mutating func moveCursor(x: Double, y: Double) {
    guard let from = cursor, let cell = placement?.cellSize else { return }
    let point = PhotoPoint(
      x: min(max(cell.x / 4, from.x + x * cell.x), 1 - cell.x / 4),
      y: min(max(cell.y / 4, from.y + y * cell.y), 1 - cell.y / 4))
    cursor = point
    show(point)
  }
}
