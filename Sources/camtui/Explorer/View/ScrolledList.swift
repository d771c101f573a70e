import Terminal

/// Where the rows of a list lie in their rectangle, scrolled so that the chosen one is seen.
struct ScrolledList: Equatable {
  let area: Rectangle
  let linesPerRow: Int
  /// The rows that are seen, by their places in the list.
  let visible: Range<Int>

  init(area: Rectangle, count: Int, selected: Int, linesPerRow: Int = 1) {
    self.area = area
    self.linesPerRow = linesPerRow
    let capacity = min(count, area.height / linesPerRow)
    let first = min(max(0, selected - capacity / 2), count - capacity)
    visible = first..<first + capacity
  }

  /// The first line of a row.
  func y(of row: Int) -> Int {
    area.y + (row - visible.lowerBound) * linesPerRow
  }

  /// The row at a cell.
  func row(atX x: Int, y: Int) -> Int? {
    guard area.contains(x: x, y: y) else { return nil }
    let row = visible.lowerBound + (y - area.y) / linesPerRow
    return visible.contains(row) ? row : nil
  }

  /// Which rows are seen, where not all are: `3–9 of 20`.
  func note(count: Int) -> String? {
    visible.count < count
      ? "\(visible.lowerBound + 1)–\(visible.upperBound) of \(count)" : nil
  }
}
