import Terminal

extension PictureComposition {
  private static let hiddenColor: [UInt8] = [128, 128, 128]
  private static let frameLine: [UInt8] = [255, 255, 255]

  /// Covers a part of the photo with grey in a white line.
  ///
  /// - Parameters:
  ///   - hidden: The part, in the photo's pixels.
  ///   - pixels: The picture of ``shownRegion``.
  ///   - width: The columns of the picture.
  ///   - height: The rows of the picture.
  func cover(_ hidden: PictureRegion, _ pixels: inout [UInt8], width: Int, height: Int) {
    let (columns, rows) = covered(by: hidden, width: width, height: height)
    for y in rows {
      for x in columns {
        let isEdge =
          x == columns.lowerBound || x + 1 == columns.upperBound || y == rows.lowerBound
          || y + 1 == rows.upperBound
        Self.paint(isEdge ? Self.frameLine : Self.hiddenColor, 3 * (y * width + x), &pixels)
      }
    }
  }

  /// Draws a white line along the inside edge of a part of the photo.
  ///
  /// - Parameters:
  ///   - part: The part, in the photo's pixels.
  ///   - pixels: The picture of ``shownRegion``.
  ///   - width: The columns of the picture.
  ///   - height: The rows of the picture.
  func frame(_ part: PictureRegion, _ pixels: inout [UInt8], width: Int, height: Int) {
    let (columns, rows) = covered(by: part, width: width, height: height)
    guard let left = columns.first, let right = columns.last, let top = rows.first,
      let bottom = rows.last
    else { return }
    for x in columns {
      for y in [top, bottom] { Self.paint(Self.frameLine, 3 * (y * width + x), &pixels) }
    }
    for y in rows {
      for x in [left, right] { Self.paint(Self.frameLine, 3 * (y * width + x), &pixels) }
    }
  }

  private static func paint(_ color: [UInt8], _ pixel: Int, _ pixels: inout [UInt8]) {
    for channel in 0..<3 { pixels[pixel + channel] = color[channel] }
  }

  /// The pixels of a picture of ``shownRegion`` that a part of the photo covers.
  private func covered(
    by part: PictureRegion, width: Int, height: Int
  ) -> (columns: Range<Int>, rows: Range<Int>) {
    let shown = shownRegion
    let place = PictureRegion(
      x: part.x - shown.x, y: part.y - shown.y, width: part.width, height: part.height
    ).scaled(x: Double(width) / shown.width, y: Double(height) / shown.height)
    return (
      HeatGrid.covered(from: place.x, length: place.width, limit: width),
      HeatGrid.covered(from: place.y, length: place.height, limit: height)
    )
  }
}
