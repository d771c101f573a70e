import Terminal

/// Looking at the pictures from nearer.
extension ExplorerState {
  /// What a key enlarges by: two presses double.
  private static let step = 2.0.squareRoot()
  /// How far a key moves, as a share of what is visible.
  private static let distance = 0.25

  /// Where the first large picture lies on the screen.
  var placement: PicturePlacement? {
    ExplorerView(state: self, columns: terminal.columns, rows: terminal.rows).placements.first
  }

  /// Where no picture can be enlarged, the whole picture is all that can be asked for.
  mutating func changeZoom(_ command: ExplorerCommand) {
    guard command == .resetZoom || placement != nil else { return }
    switch command {
    case .zoomIn: scaleZoom(by: Self.step, around: cursor ?? placement?.center)
    case .zoomOut: scaleZoom(by: 1 / Self.step, around: cursor ?? placement?.center)
    case .zoom(let scale, let point): scaleZoom(by: scale, around: point)
    case .panLeft: moveZoom(x: -Self.distance, y: 0)
    case .panRight: moveZoom(x: Self.distance, y: 0)
    case .panUp: moveZoom(x: 0, y: -Self.distance)
    case .panDown: moveZoom(x: 0, y: Self.distance)
    default: zoom = .whole
    }
  }

  private mutating func scaleZoom(by scale: Double, around point: PhotoPoint?) {
    guard let point else { return }
    zoom = zoom.scaled(by: scale, aroundX: point.x, y: point.y)
    adoptShownPart()
  }

  private mutating func moveZoom(x: Double, y: Double) {
    guard zoom != .whole else { return }
    zoom = zoom.moved(x: x, y: y)
    adoptShownPart()
  }

  /// Moves what is seen as far as a place needs it to be seen.
  mutating func show(_ point: PhotoPoint) {
    guard zoom != .whole, let placement, placement.cell(of: point) == nil else { return }
    let (center, cell) = (placement.center, placement.cellSize)
    let across = cell.x * Double(placement.layout.width) / 2
    let down = cell.y * Double(placement.layout.height / placement.layout.glyphs.pixelsPerCell) / 2
    zoom = PictureZoom(
      factor: zoom.factor,
      centerX: min(max(center.x, point.x + cell.x - across), point.x - cell.x + across),
      centerY: min(max(center.y, point.y + cell.y - down), point.y - cell.y + down))
    adoptShownPart()
  }

  /// The edges of the photo hold what is seen back: the next move begins where it stopped.
  private mutating func adoptShownPart() {
    guard zoom.factor > 1.01 else { return zoom = .whole }
    guard let center = placement?.center else { return }
    zoom = PictureZoom(factor: zoom.factor, centerX: center.x, centerY: center.y)
  }
}
