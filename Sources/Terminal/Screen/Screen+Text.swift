extension Screen {
  /// Writes text from a position to the right, one row, clipped at `limit` columns and the edges.
  ///
  /// A character is reduced to its first scalar (accents that combine are lost); a control
  /// character becomes `?`; a wide character that would be cut in half becomes a space.
  ///
  /// - Parameters:
  ///   - text: What to write.
  ///   - x: The column of the first character.
  ///   - y: The row.
  ///   - limit: The greatest number of columns, or `nil` for all to the edge.
  ///   - style: Colours and emphasis.
  /// - Returns: The column after the last one written.
  @discardableResult
  public mutating func write(
    _ text: String, x: Int, y: Int, limit: Int? = nil, style: TextStyle = .plain
  ) -> Int {
    let end = min(width, limit.map { x + $0 } ?? width)
    var column = x
    for character in text {
      guard column < end else { break }
      let scalar = DisplayWidth.displayed(character)
      let columns = DisplayWidth.columns(of: scalar)
      if columns == 2, column + 1 >= end {
        put(" ", x: column, y: y, style)
      } else {
        put(scalar, x: column, y: y, style)
        if columns == 2 { put(Cell.continuation, x: column + 1, y: y, style) }
      }
      column += columns
    }
    return min(column, end)
  }

  /// Draws a frame of lines along the inside edge of a rectangle.
  public mutating func box(_ rectangle: Rectangle, style: TextStyle = .plain) {
    guard rectangle.width > 1, rectangle.height > 1 else { return }
    let right = rectangle.x + rectangle.width - 1
    let bottom = rectangle.y + rectangle.height - 1
    for x in rectangle.x + 1..<right {
      put("─", x: x, y: rectangle.y, style)
      put("─", x: x, y: bottom, style)
    }
    for y in rectangle.y + 1..<bottom {
      put("│", x: rectangle.x, y: y, style)
      put("│", x: right, y: y, style)
    }
    put("╭", x: rectangle.x, y: rectangle.y, style)
    put("╮", x: right, y: rectangle.y, style)
    put("╰", x: rectangle.x, y: bottom, style)
    put("╯", x: right, y: bottom, style)
  }

  private mutating func put(_ scalar: Unicode.Scalar, x: Int, y: Int, _ style: TextStyle) {
    guard bounds.contains(x: x, y: y) else { return }
    breakWideCharacter(atX: x, y: y, keepingNext: scalar == Cell.continuation)
    let index = y * width + x
    cells[index] = Cell(
      scalar, foreground: style.foreground,
      background: style.background ?? cells[index].background, emphasis: style.emphasis)
  }

  /// A wide character of which one half is overwritten leaves a space in the other.
  private mutating func breakWideCharacter(atX x: Int, y: Int, keepingNext: Bool) {
    let index = y * width + x
    if !keepingNext, cells[index].scalar == Cell.continuation, x > 0 {
      cells[index - 1].scalar = " "
    }
    if x + 1 < width, cells[index + 1].scalar == Cell.continuation {
      cells[index + 1].scalar = " "
    }
  }
}
