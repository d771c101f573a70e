/// A rectangle around an object, in continuous coordinates: pixel `i` covers `i` to `i + 1`.
public struct Box: Sendable, Equatable {
  /// The left edge.
  public var left: Double
  /// The upper edge.
  public var top: Double
  /// The right edge.
  public var right: Double
  /// The lower edge.
  public var bottom: Double

  /// A box.
  ///
  /// - Parameters:
  ///   - left: The left edge.
  ///   - top: The upper edge.
  ///   - right: The right edge.
  ///   - bottom: The lower edge.
  public init(left: Double, top: Double, right: Double, bottom: Double) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }

  /// The area in pixels; 0 for a box that is turned inside out.
  public var area: Double { max(0, right - left) * max(0, bottom - top) }

  /// The box on the network's input.
  ///
  /// - Parameter geometry: How the photo was resized and cropped.
  /// - Returns: The box cut off at the crop's edges; nil where the crop shows nothing of it.
  public func onInput(_ geometry: CropGeometry) -> Box? {
    let first = geometry.inputPoint(ofPhoto: .init(x: left, y: top))
    let last = geometry.inputPoint(ofPhoto: .init(x: right, y: bottom))
    let box = Box(
      left: max(0, first.x), top: max(0, first.y),
      right: min(Double(geometry.crop.width), last.x),
      bottom: min(Double(geometry.crop.height), last.y))
    return box.area > 0 ? box : nil
  }

  /// The area that two boxes share, over the area that they cover together.
  ///
  /// - Parameter other: The other box.
  /// - Returns: 0 to 1.
  public func overlap(_ other: Box) -> Double {
    let shared = Box(
      left: max(left, other.left), top: max(top, other.top), right: min(right, other.right),
      bottom: min(bottom, other.bottom)
    ).area
    let union = area + other.area - shared
    return union > 0 ? shared / union : 0
  }

  /// How far a point is from the box; 0 inside.
  func distance(x: Double, y: Double) -> Double {
    let dx = max(left - x, 0, x - right)
    let dy = max(top - y, 0, y - bottom)
    return (dx * dx + dy * dy).squareRoot()
  }
}
