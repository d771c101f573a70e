extension Screen {
  /// The screen with fewer changes of colour along its rows: for slow connections.
  ///
  /// A row's half blocks are split into runs, each as long as possible from its first cell on, whose
  /// colours lie within twice `tolerance` of each other in every channel; a run takes the middle of its
  /// colours, so that no channel of any cell is off by more than `tolerance`. Other characters are kept as
  /// they are, and end a run.
  ///
  /// - Parameter tolerance: The greatest error of a channel, of 255; 0 changes nothing.
  /// - Returns: The merged screen.
  public func mergingRuns(tolerance: Int) -> Screen {
    guard tolerance > 0 else { return self }
    var merged = self
    for row in 0..<height {
      Self.mergeRuns(&merged.cells, in: row * width..<(row + 1) * width, Int32(tolerance))
    }
    return merged
  }

  private static func mergeRuns(_ cells: inout [Cell], in row: Range<Int>, _ tolerance: Int32) {
    var start = row.lowerBound
    while start < row.upperBound {
      guard var colors = ColorRange(cells[start]) else {
        start += 1
        continue
      }
      var end = start + 1
      while end < row.upperBound, cells[end].emphasis == cells[start].emphasis,
        let next = ColorRange(cells[end]), colors.joins(next, within: 2 * tolerance)
      {
        end += 1
      }
      for index in start..<end { colors.paintMiddle(on: &cells[index]) }
      start = end
    }
  }
}

/// The least and the greatest value of each channel of the half blocks of a run: red, green and blue of
/// the upper pixel, then of the lower one.
private struct ColorRange {
  private var least: SIMD8<Int32>
  private var greatest: SIMD8<Int32>

  /// The colours of one cell; nil where it is no half block, or has the terminal's own colours.
  init?(_ cell: Cell) {
    let (upper, lower) = (cell.foreground.code, cell.background.code)
    guard cell.scalar == "▀", upper >= 0, lower >= 0 else { return nil }
    least = SIMD8(
      upper >> 16, upper >> 8 & 255, upper & 255, lower >> 16, lower >> 8 & 255, lower & 255, 0, 0)
    greatest = least
  }

  /// Takes in others' colours if every channel then spreads by at most `spread`.
  ///
  /// - Returns: Whether it did.
  mutating func joins(_ other: ColorRange, within spread: Int32) -> Bool {
    let low = pointwiseMin(least, other.least)
    let high = pointwiseMax(greatest, other.greatest)
    guard (high &- low).max() <= spread else { return false }
    (least, greatest) = (low, high)
    return true
  }

  func paintMiddle(on cell: inout Cell) {
    let middle = (least &+ greatest) &>> 1
    cell.foreground = Color(code: middle[0] << 16 | middle[1] << 8 | middle[2])
    cell.background = Color(code: middle[3] << 16 | middle[4] << 8 | middle[5])
  }
}
