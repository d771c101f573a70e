/// How a photo's resize and crop map points of the network's input to the photo and back.
///
/// A part of the photo, nearly always all of it, is resized, and the input is cut out of the result.
/// Coordinates are continuous: pixel `i` covers `i` to `i + 1`, so its centre is at `i + 0.5`.
public struct CropGeometry: Sendable, Equatable {
  /// The photo's columns.
  public var photoWidth: Int
  /// The photo's rows.
  public var photoHeight: Int
  /// The part of the photo that is resized; it reaches beyond the photo where that is padded.
  public var source: PixelRectangle
  /// The resized part's columns.
  public var resizedWidth: Int
  /// The resized part's rows.
  public var resizedHeight: Int
  /// The crop, in pixels of the resized part; it reaches beyond that where it is padded.
  public var crop: PixelRectangle

  /// A geometry.
  ///
  /// - Parameters:
  ///   - photoWidth: The photo's columns.
  ///   - photoHeight: The photo's rows.
  ///   - source: The part of the photo that is resized; nil for the whole photo.
  ///   - resizedWidth: The resized part's columns.
  ///   - resizedHeight: The resized part's rows.
  ///   - crop: The crop, in pixels of the resized part.
  public init(
    photoWidth: Int, photoHeight: Int, source: PixelRectangle? = nil, resizedWidth: Int,
    resizedHeight: Int, crop: PixelRectangle
  ) {
    self.photoWidth = photoWidth
    self.photoHeight = photoHeight
    self.source =
      source ?? PixelRectangle(left: 0, top: 0, width: photoWidth, height: photoHeight)
    self.resizedWidth = resizedWidth
    self.resizedHeight = resizedHeight
    self.crop = crop
  }

  /// A point in continuous coordinates.
  public struct Point: Sendable, Equatable {
    /// From the left.
    public var x: Double
    /// From the top.
    public var y: Double

    /// A point.
    ///
    /// - Parameters:
    ///   - x: From the left.
    ///   - y: From the top.
    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// A rectangle in continuous coordinates.
  public struct Rectangle: Sendable, Equatable {
    /// The left edge.
    public var x: Double
    /// The top edge.
    public var y: Double
    /// From the left to the right edge.
    public var width: Double
    /// From the top to the bottom edge.
    public var height: Double
  }

  /// Photo pixels a resized pixel is wide.
  private var scaleX: Double { Double(source.width) / Double(resizedWidth) }
  /// Photo pixels a resized pixel is high.
  private var scaleY: Double { Double(source.height) / Double(resizedHeight) }

  /// What the network sees, as a rectangle of the photo; it reaches beyond the photo where that is padded.
  public var cropInPhoto: Rectangle {
    Rectangle(
      x: Double(source.left) + Double(crop.left) * scaleX,
      y: Double(source.top) + Double(crop.top) * scaleY,
      width: Double(crop.width) * scaleX, height: Double(crop.height) * scaleY)
  }

  /// The point of the photo that a point of the network's input shows.
  ///
  /// - Parameter point: In pixels of the network's input.
  /// - Returns: In pixels of the photo; outside of it where the input is padded.
  public func photoPoint(ofInput point: Point) -> Point {
    Point(
      x: Double(source.left) + (point.x + Double(crop.left)) * scaleX,
      y: Double(source.top) + (point.y + Double(crop.top)) * scaleY)
  }

  /// The point of the network's input that shows a point of the photo.
  ///
  /// - Parameter point: In pixels of the photo.
  /// - Returns: In pixels of the network's input; outside of it where the crop left the point off.
  public func inputPoint(ofPhoto point: Point) -> Point {
    Point(
      x: (point.x - Double(source.left)) / scaleX - Double(crop.left),
      y: (point.y - Double(source.top)) / scaleY - Double(crop.top))
  }
}
