/// A picture of 8-bit RGB pixels, the only pixel format that the engine works with.
///
/// Pixels are interleaved (`R G B R G B …`) and row-major from the top left corner, so the colour of
/// column `x` in row `y` starts at index `3 * (y * width + x)` of ``pixels``. Values are sRGB-encoded
/// as they stand in the file; colour profiles are ignored.
public struct Image: Sendable, Equatable {
  /// Columns, at least 1.
  public let width: Int

  /// Rows, at least 1.
  public let height: Int

  /// `3 * width * height` bytes.
  public let pixels: [UInt8]

  /// An image of given pixels.
  ///
  /// It is a programmer error to pass a size below 1 x 1, or another number of bytes than
  /// `3 * width * height`.
  ///
  /// - Parameters:
  ///   - width: Columns.
  ///   - height: Rows.
  ///   - pixels: Interleaved RGB bytes, row-major.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width >= 1 && height >= 1, "an image has at least one pixel")
    precondition(pixels.count == 3 * width * height, "an image has three bytes a pixel")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// An image of one colour.
  ///
  /// - Parameters:
  ///   - width: Columns.
  ///   - height: Rows.
  ///   - color: The colour of every pixel.
  public init(width: Int, height: Int, color: RGB) {
    let count = width * height
    let pixels = [UInt8](unsafeUninitializedCapacity: 3 * count) { bytes, initialized in
      for pixel in 0..<count {
        bytes[3 * pixel] = color.red
        bytes[3 * pixel + 1] = color.green
        bytes[3 * pixel + 2] = color.blue
      }
      initialized = 3 * count
    }
    self.init(width: width, height: height, pixels: pixels)
  }

  /// The colour of one pixel; traps outside of the image.
  ///
  /// - Parameters:
  ///   - x: Column, from the left.
  ///   - y: Row, from the top.
  public subscript(x: Int, y: Int) -> RGB {
    precondition(x >= 0 && x < width && y >= 0 && y < height, "pixel outside of the image")
    let start = 3 * (y * width + x)
    return RGB(pixels[start], pixels[start + 1], pixels[start + 2])
  }

  /// The part of the image under a rectangle, which may reach beyond the image.
  ///
  /// - Parameters:
  ///   - rectangle: What to cut out, in pixels; at least 1 x 1.
  ///   - fill: The colour of what lies outside of the image; black, as torchvision pads.
  /// - Returns: An image of the rectangle's size.
  public func cropped(to rectangle: PixelRectangle, fill: RGB = .black) -> Image {
    var cropped = Image(width: rectangle.width, height: rectangle.height, color: fill).pixels
    let columns = max(0, rectangle.left)..<max(0, rectangle.left, min(width, rectangle.right))
    let rows = max(0, rectangle.top)..<max(0, rectangle.top, min(height, rectangle.bottom))
    for row in rows where !columns.isEmpty {
      let source = 3 * (row * width + columns.lowerBound)
      let target =
        3 * ((row - rectangle.top) * rectangle.width + columns.lowerBound - rectangle.left)
      let bytes = 3 * columns.count
      cropped.replaceSubrange(target..<target + bytes, with: pixels[source..<source + bytes])
    }
    return Image(width: rectangle.width, height: rectangle.height, pixels: cropped)
  }
}

/// A colour of three 8-bit sRGB values.
public struct RGB: Sendable, Equatable {
  /// Red, 0 to 255.
  public var red: UInt8
  /// Green, 0 to 255.
  public var green: UInt8
  /// Blue, 0 to 255.
  public var blue: UInt8

  /// A colour.
  ///
  /// - Parameters:
  ///   - red: Red, 0 to 255.
  ///   - green: Green, 0 to 255.
  ///   - blue: Blue, 0 to 255.
  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// (0, 0, 0).
  public static let black = RGB(0, 0, 0)
  /// (255, 255, 255).
  public static let white = RGB(255, 255, 255)
}

/// A rectangle of whole pixels; it may have negative coordinates.
public struct PixelRectangle: Sendable, Equatable {
  /// The first column.
  public var left: Int
  /// The first row.
  public var top: Int
  /// Columns.
  public var width: Int
  /// Rows.
  public var height: Int

  /// A rectangle.
  ///
  /// - Parameters:
  ///   - left: The first column.
  ///   - top: The first row.
  ///   - width: Columns.
  ///   - height: Rows.
  public init(left: Int, top: Int, width: Int, height: Int) {
    self.left = left
    self.top = top
    self.width = width
    self.height = height
  }

  /// The column after the last.
  public var right: Int { left + width }
  /// The row after the last.
  public var bottom: Int { top + height }
}
