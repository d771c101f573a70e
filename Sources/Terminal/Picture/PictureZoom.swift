/// How near a picture is looked at, and where: the whole of it, or an enlarged part.
public struct PictureZoom: Equatable, Sendable {
  /// The greatest enlargement.
  public static let greatestFactor = 32.0
  /// The whole picture.
  public static let whole = PictureZoom()

  /// The enlargement, from 1 (the whole picture) to ``greatestFactor``.
  public private(set) var factor: Double
  /// The place that is wanted in the middle, as shares of the picture's width and height.
  public private(set) var centerX: Double
  /// See ``centerX``.
  public private(set) var centerY: Double

  /// A zoom; values out of range become the nearest in range.
  public init(factor: Double = 1, centerX: Double = 0.5, centerY: Double = 0.5) {
    self.factor = min(max(1, factor), Self.greatestFactor)
    self.centerX = min(max(0, centerX), 1)
    self.centerY = min(max(0, centerY), 1)
  }

  /// The part of a picture that is visible.
  ///
  /// A pixel of the grid shows `1 / factor` of what it shows of the whole picture. What is beside
  /// the whole picture is used too, so that an enlarged one fills its rectangle. The part never
  /// leaves the picture: a centre near the edge is moved inwards.
  ///
  /// - Parameters:
  ///   - width: The width of the picture in its own pixels.
  ///   - height: Its height.
  ///   - layout: Where the whole picture lies. ``PictureLayout`` of the result's width and height
  ///     then says where the part lies, ``Picture/resampled(width:height:region:)`` makes it.
  /// - Returns: The part, in the picture's pixels.
  public func region(width: Double, height: Double, in layout: PictureLayout) -> PictureRegion {
    let gridRows = Double(layout.rows * layout.glyphs.pixelsPerCell)
    let across = min(1, Double(layout.columns) / (Double(layout.width) * factor))
    let down = min(1, gridRows / (Double(layout.height) * factor))
    return PictureRegion(
      x: width * Self.start(of: across, around: centerX),
      y: height * Self.start(of: down, around: centerY),
      width: width * across, height: height * down)
  }

  /// The zoom `scale` times as near, the place at `x`, `y` (shares of the picture) staying where it
  /// is on the screen as far as the edges allow.
  public func scaled(by scale: Double, aroundX x: Double, y: Double) -> PictureZoom {
    let next = PictureZoom(factor: factor * scale)
    let ratio = factor / next.factor
    return PictureZoom(
      factor: next.factor, centerX: x + (centerX - x) * ratio, centerY: y + (centerY - y) * ratio)
  }

  /// The zoom moved by shares of what is visible: `x` of 0.5 is half a width to the right.
  ///
  /// The centre stays where a part of the picture can have its middle, so that the way back begins
  /// to show at once.
  public func moved(x: Double, y: Double) -> PictureZoom {
    let half = 0.5 / factor
    return PictureZoom(
      factor: factor,
      centerX: min(max(half, centerX + x / factor), 1 - half),
      centerY: min(max(half, centerY + y / factor), 1 - half))
  }

  private static func start(of length: Double, around center: Double) -> Double {
    min(max(0, center - length / 2), 1 - length)
  }
}
