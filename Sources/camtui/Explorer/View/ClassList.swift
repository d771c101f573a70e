import Terminal

/// Where the classes lie in their rectangle: two lines for each if they all fit or a name would not
/// fit beside its bar, else one; scrolled so that the chosen one is seen.
struct ClassList: Equatable {
  private static let columnsForOneLine = 36

  let area: Rectangle
  /// 2 with a bar under the name, 1 with a bar beside it.
  let linesPerClass: Int
  /// The classes that are seen, by their places in the list.
  let visible: Range<Int>

  init(area: Rectangle, count: Int, selected: Int) {
    self.area = area
    linesPerClass =
      count * 2 <= area.height || area.width < Self.columnsForOneLine ? 2 : 1
    let capacity = min(count, area.height / linesPerClass)
    let first = min(max(0, selected - capacity / 2), count - capacity)
    visible = first..<first + capacity
  }

  /// The first line of a class.
  func y(of row: Int) -> Int {
    area.y + (row - visible.lowerBound) * linesPerClass
  }

  /// The class at a cell.
  func row(atX x: Int, y: Int) -> Int? {
    guard area.contains(x: x, y: y) else { return nil }
    let row = visible.lowerBound + (y - area.y) / linesPerClass
    return visible.contains(row) ? row : nil
  }
}
