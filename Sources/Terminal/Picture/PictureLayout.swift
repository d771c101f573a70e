/// What stands for the pixels of a picture on a screen of characters.
public enum PictureGlyphs: Equatable, Sendable {
  /// U+2580 with the upper pixel as foreground and the lower one as background: two pixels a cell.
  case halfBlocks
  /// A space with a background: one pixel a cell, for terminals without UTF-8.
  case spaces
  /// A character as dense as the pixel is bright: for terminals without colour.
  case density

  /// The pixels of a cell, one above the other.
  public var pixelsPerCell: Int { self == .halfBlocks ? 2 : 1 }
}

/// Where a picture lies in a rectangle of cells: as large as it fits, centred, its proportions
/// kept to the nearest pixel.
///
/// Pixels are counted here in the grid of the glyphs: `columns` wide and
/// `rows * glyphs.pixelsPerCell` high.
public struct PictureLayout: Equatable, Sendable {
  /// The columns of the rectangle.
  public let columns: Int
  /// The rows of the rectangle.
  public let rows: Int
  /// What stands for the pixels.
  public let glyphs: PictureGlyphs
  /// The pixel columns left of the picture.
  public let left: Int
  /// The pixel rows above the picture; odd where the picture begins in the middle of a cell.
  public let top: Int
  /// The width of the picture in pixels of the grid.
  public let width: Int
  /// The height of the picture in pixels of the grid.
  public let height: Int

  /// Fits a picture in a rectangle of cells.
  ///
  /// - Parameters:
  ///   - pictureWidth: The width of the picture, or of the region of it to be shown.
  ///   - pictureHeight: The height in the same unit.
  ///   - columns: The columns of the rectangle, at least 1.
  ///   - rows: The rows of the rectangle, at least 1.
  ///   - glyphs: What stands for the pixels.
  ///   - cellAspect: Height of a cell over its width; 2 for most fonts.
  public init(
    pictureWidth: Double, pictureHeight: Double, columns: Int, rows: Int,
    glyphs: PictureGlyphs = .halfBlocks, cellAspect: Double = 2
  ) {
    self.columns = max(1, columns)
    self.rows = max(1, rows)
    self.glyphs = glyphs
    let gridRows = self.rows * glyphs.pixelsPerCell
    let pixelAspect = cellAspect / Double(glyphs.pixelsPerCell)
    // The picture's height in pixels of the grid, if its width were 1 pixel.
    let proportion = pictureHeight / pictureWidth / pixelAspect
    let scale = min(Double(self.columns), Double(gridRows) / proportion)
    width = min(self.columns, max(1, Int(scale.rounded())))
    height = min(gridRows, max(1, Int((scale * proportion).rounded())))
    left = (self.columns - width) / 2
    top = (gridRows - height) / 2
  }

  /// The cells that the picture touches, relative to the rectangle.
  public var cells: Rectangle {
    let perCell = glyphs.pixelsPerCell
    let first = top / perCell
    return Rectangle(
      x: left, y: first, width: width, height: (top + height + perCell - 1) / perCell - first)
  }

  /// The place in the picture, `0..<1` on both axes, under the middle of a cell; `nil` beside it.
  public func position(x: Int, y: Int) -> (x: Double, y: Double)? {
    let perCell = Double(glyphs.pixelsPerCell)
    let across = (Double(x) + 0.5 - Double(left)) / Double(width)
    let down = ((Double(y) + 0.5) * perCell - Double(top)) / Double(height)
    guard (0..<1).contains(across), (0..<1).contains(down) else { return nil }
    return (across, down)
  }
}
