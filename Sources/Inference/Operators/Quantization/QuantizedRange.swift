/// The numbers that a quantised type can hold, and how others become them: rounded to the nearest, ties to
/// even, and cut off at the ends.
struct QuantizedRange: Sendable, Hashable {
  let type: ElementType
  let low: Float
  let high: Float

  /// - Returns: nil for types that nothing is quantised to.
  init?(_ type: ElementType) {
    if let format = type.smallFloat {
      (low, high) = (-format.largest, format.largest)
    } else if let range = type.integerRange, type.bitCount <= 16, type != .bool {
      (low, high) = (Float(range.lowerBound), Float(range.upperBound))
    } else {
      return nil
    }
    self.type = type
  }

  /// The nearest number of the range to `value + zeroPoint`, without the zero point: what `value` becomes.
  @inline(__always)
  func nearest(_ value: Float, zeroPoint: Float) -> Float {
    let inside = min(max(value, low - zeroPoint), high - zeroPoint)
    return type.smallFloat == nil ? Self.rounded(inside) : type.rounded(inside)
  }

  /// Whether a number lies in the range once it is rounded, so that the gradient passes.
  @inline(__always)
  func holds(_ value: Float, zeroPoint: Float) -> Bool {
    let (least, most) = (low - zeroPoint, high - zeroPoint)
    guard type.smallFloat == nil else { return value >= least && value <= most }
    let rounded = Self.rounded(min(max(value, least - 1), most + 1))
    return rounded >= least && rounded <= most
  }

  /// The nearest integer, ties to even, of a number below 2^22: what is behind the point is lost in the sum.
  @inline(__always)
  private static func rounded(_ value: Float) -> Float { (value + 12_582_912) - 12_582_912 }
}
