/// What a terminal shows, as a value: a grid of cells, made and compared without a terminal.
///
/// Every drawing method clips at the edges.
public struct Screen: Equatable, Sendable {
  /// The number of columns.
  public let width: Int
  /// The number of rows.
  public let height: Int
  /// The cells, row by row, `width * height` of them.
  public internal(set) var cells: [Cell]

  /// A screen full of one cell, by default blank.
  public init(width: Int, height: Int, filledWith cell: Cell = .blank) {
    self.width = max(0, width)
    self.height = max(0, height)
    cells = Array(repeating: cell, count: self.width * self.height)
  }

  init(width: Int, height: Int, cells: [Cell]) {
    precondition(cells.count == width * height, "one cell for each position")
    self.width = width
    self.height = height
    self.cells = cells
  }

  /// The whole screen.
  public var bounds: Rectangle { Rectangle(x: 0, y: 0, width: width, height: height) }

  /// The cell at a position; outside, reading gives a blank and writing does nothing.
  public subscript(x: Int, y: Int) -> Cell {
    get { bounds.contains(x: x, y: y) ? cells[y * width + x] : .blank }
    set {
      if bounds.contains(x: x, y: y) { cells[y * width + x] = newValue }
    }
  }

  /// Sets every cell of a rectangle.
  public mutating func fill(_ rectangle: Rectangle, with cell: Cell) {
    let visible = visiblePart(of: rectangle)
    for y in visible.y..<visible.y + visible.height {
      for x in visible.x..<visible.x + visible.width {
        cells[y * width + x] = cell
      }
    }
  }

  /// Copies another screen onto this one, its top left corner at `x`, `y`.
  public mutating func draw(_ other: Screen, x: Int, y: Int) {
    let visible = visiblePart(
      of: Rectangle(x: x, y: y, width: other.width, height: other.height))
    guard visible.width > 0 else { return }
    for row in visible.y..<visible.y + visible.height {
      let source = (row - y) * other.width + visible.x - x
      let target = row * width + visible.x
      cells.replaceSubrange(
        target..<target + visible.width, with: other.cells[source..<source + visible.width])
    }
  }

  private func visiblePart(of rectangle: Rectangle) -> Rectangle {
    let left = min(max(0, rectangle.x), width)
    let top = min(max(0, rectangle.y), height)
    return Rectangle(
      x: left, y: top,
      width: min(width, rectangle.x + rectangle.width) - left,
      height: min(height, rectangle.y + rectangle.height) - top)
  }
}
