/// A picture of 8-bit RGB pixels.
public struct Picture: Equatable, Sendable {
  /// The number of pixel columns, at least 1.
  public let width: Int
  /// The number of pixel rows, at least 1.
  public let height: Int
  /// Red, green and blue of every pixel, row by row: `3 * width * height` values.
  public let pixels: [UInt8]

  /// A picture from its pixels.
  ///
  /// It is a programmer error to give sizes below 1 or another number of values.
  ///
  /// - Parameters:
  ///   - width: The number of columns.
  ///   - height: The number of rows.
  ///   - pixels: `[height, width, 3]`, row by row.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0 && pixels.count == 3 * width * height)
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// The colour of a pixel; positions outside are moved to the edge.
  public func color(x: Int, y: Int) -> Color {
    let column = min(max(0, x), width - 1)
    let row = min(max(0, y), height - 1)
    let start = 3 * (row * width + column)
    return Color(pixels[start], pixels[start + 1], pixels[start + 2])
  }
}

/// A part of a picture in pixels; edges may lie between pixels.
public struct PictureRegion: Equatable, Sendable {
  /// The left edge.
  public var x: Double
  /// The top edge.
  public var y: Double
  /// The width, greater than 0.
  public var width: Double
  /// The height, greater than 0.
  public var height: Double

  /// A region of a picture.
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }
}

extension Picture {
  /// The region of all pixels.
  public var wholeRegion: PictureRegion {
    PictureRegion(x: 0, y: 0, width: Double(width), height: Double(height))
  }
}
