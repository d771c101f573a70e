import Terminal

/// Rectangles for pictures of the same proportions side by side, as large as they fit, each with
/// lines for a title under it.
struct PictureGrid: Equatable {
  /// One a picture, from left to right and from top to bottom.
  let pictures: [Rectangle]
  /// The lines under each picture.
  let titles: [Rectangle]

  /// - Parameters:
  ///   - area: Where the pictures lie.
  ///   - count: How many there are, at least 1.
  ///   - aspect: The height of a picture over its width, in cells.
  ///   - titleRows: The lines under each picture.
  init(area: Rectangle, count: Int, aspect: Double, titleRows: Int = 1) {
    let best = (1...max(1, count)).max {
      Self.width(area, count, columns: $0, aspect, titleRows)
        < Self.width(area, count, columns: $1, aspect, titleRows)
    }
    let columns = best ?? 1
    let rows = (count + columns - 1) / columns
    let (cellWidth, cellHeight) = (area.width / columns, area.height / rows)
    let inner = Self.width(area, count, columns: columns, aspect, titleRows)
    let height = min(max(0, cellHeight - titleRows), Int((Double(inner) * aspect).rounded(.up)))
    let spare = max(0, (cellHeight - height - titleRows) / 2)
    let cells = (0..<count).map { place in
      Rectangle(
        x: area.x + place % columns * cellWidth, y: area.y + place / columns * cellHeight + spare,
        width: max(1, cellWidth - 1), height: height)
    }
    pictures = cells
    titles = cells.map {
      Rectangle(x: $0.x, y: $0.y + $0.height, width: $0.width, height: titleRows)
    }
  }

  /// The columns of one picture when there are so many beside each other.
  private static func width(
    _ area: Rectangle, _ count: Int, columns: Int, _ aspect: Double, _ titleRows: Int
  ) -> Int {
    let rows = (count + columns - 1) / columns
    let free = max(0, area.height / rows - titleRows)
    return max(0, min(area.width / columns - 1, Int(Double(free) / aspect)))
  }
}
