import Terminal

extension PictureComposition {
  private static let hiddenColor: [UInt8] = [128, 128, 128]
  private static let hiddenFrame: [UInt8] = [255, 255, 255]

  /// Covers a part of the photo with grey in a white line.
  ///
  /// - Parameters:
  ///   - hidden: The part, in the photo's pixels.
  ///   - pixels: The picture of ``shownRegion``.
  ///   - width: The columns of the picture.
  ///   - height: The rows of the picture.
  func cover(_ hidden: PictureRegion, _ pixels: inout [UInt8], width: Int, height: Int) {
    let shown = shownRegion
    let place = PictureRegion(
      x: hidden.x - shown.x, y: hidden.y - shown.y, width: hidden.width, height: hidden.height
    ).scaled(x: Double(width) / shown.width, y: Double(height) / shown.height)
    let columns = HeatGrid.covered(from: place.x, length: place.width, limit: width)
    let rows = HeatGrid.covered(from: place.y, length: place.height, limit: height)
    for y in rows {
      for x in columns {
        let isEdge =
          x == columns.lowerBound || x + 1 == columns.upperBound || y == rows.lowerBound
          || y + 1 == rows.upperBound
        let color = isEdge ? Self.hiddenFrame : Self.hiddenColor
        for channel in 0..<3 { pixels[3 * (y * width + x) + channel] = color[channel] }
      }
    }
  }
}
