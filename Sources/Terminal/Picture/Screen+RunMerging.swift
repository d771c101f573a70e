extension Screen {
  /// The screen with fewer changes of colour along its rows: for slow connections.
  ///
  /// A half block takes over the colours of the cell at its left when both of its own are within
  /// `tolerance` of them in every channel, so that no channel of any cell is ever off by more.
  /// Other characters are kept as they are.
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

  /// Compares with the colours that are shown, not the wanted ones: errors do not add up.
  private static func mergeRuns(_ cells: inout [Cell], in row: Range<Int>, _ tolerance: Int32) {
    for index in row.dropFirst() {
      let shown = cells[index - 1]
      let wanted = cells[index]
      guard wanted.scalar == "▀", shown.scalar == "▀", shown.emphasis == wanted.emphasis,
        wanted.foreground.isWithin(tolerance, of: shown.foreground),
        wanted.background.isWithin(tolerance, of: shown.background)
      else { continue }
      cells[index] = shown
    }
  }
}
