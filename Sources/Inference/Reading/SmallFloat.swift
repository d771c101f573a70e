import Foundation

/// A floating-point format of at most 8 bits (ONNX specification, "Float stored in 8 bits", after Micikevicius
/// et al. 2022 and Noune et al. 2022): sign, exponent, mantissa.
struct SmallFloat: Sendable {
  let exponentBits: Int
  let mantissaBits: Int
  let bias: Int
  /// Whether the largest exponent holds infinities and NaNs, as in IEEE 754.
  var hasInfinity = false
  /// Whether the only NaN is what would be minus zero.
  var isUnsignedZero = false
  /// The bits of the largest finite number.
  let largestBits: UInt8
  /// The bits of NaN; nil where the format has none.
  let nanBits: UInt8?

  static let e4m3FN = SmallFloat(
    exponentBits: 4, mantissaBits: 3, bias: 7, largestBits: 0x7E, nanBits: 0x7F)
  static let e4m3FNUZ = SmallFloat(
    exponentBits: 4, mantissaBits: 3, bias: 8, isUnsignedZero: true, largestBits: 0x7F,
    nanBits: 0x80)
  static let e5m2 = SmallFloat(
    exponentBits: 5, mantissaBits: 2, bias: 15, hasInfinity: true, largestBits: 0x7B,
    nanBits: 0x7E)
  static let e5m2FNUZ = SmallFloat(
    exponentBits: 5, mantissaBits: 2, bias: 16, isUnsignedZero: true, largestBits: 0x7F,
    nanBits: 0x80)
  static let e2m1 = SmallFloat(
    exponentBits: 2, mantissaBits: 1, bias: 1, largestBits: 0x7, nanBits: nil)

  /// The largest finite number.
  var largest: Float { magnitude(largestBits) }

  /// The number that bits stand for.
  func value(_ bits: UInt8) -> Float {
    let signBit = UInt8(1) << UInt8(exponentBits + mantissaBits)
    let rest = bits & (signBit - 1)
    let isNegative = bits & signBit != 0
    if isUnsignedZero, bits == nanBits { return .nan }
    if rest > largestBits {
      guard hasInfinity, rest == largestBits + 1 else { return .nan }
      return isNegative ? -.infinity : .infinity
    }
    return isNegative ? -magnitude(rest) : magnitude(rest)
  }

  private func magnitude(_ bits: UInt8) -> Float {
    let exponent = Int(bits >> UInt8(mantissaBits))
    let mantissa = Float(bits & ((1 << UInt8(mantissaBits)) - 1))
    let unit = scalbnf(1, Int32(max(1, exponent) - bias - mantissaBits))
    return ((exponent > 0 ? Float(1 << mantissaBits) : 0) + mantissa) * unit
  }

  /// The nearest number of the format, ties to even.
  ///
  /// - Parameters:
  ///   - value: any number.
  ///   - saturates: whether what is too large becomes the largest number, otherwise infinity or NaN.
  /// - Returns: a number of the format.
  func rounded(_ value: Float, saturates: Bool) -> Float {
    guard !value.isNaN else { return nanBits == nil ? largest : .nan }
    guard value != 0 else { return isUnsignedZero ? 0 : value }
    if value.isInfinite { return overflow(value, saturates) }
    let exponent = max(Int(value.exponent), 1 - bias)
    let unit = scalbnf(1, Int32(exponent - mantissaBits))
    let result = (value / unit).rounded(.toNearestOrEven) * unit
    if abs(result) > largest { return overflow(value, saturates) }
    return isUnsignedZero && result == 0 ? 0 : result
  }

  private func overflow(_ value: Float, _ saturates: Bool) -> Float {
    if saturates || nanBits == nil { return value < 0 ? -largest : largest }
    return hasInfinity ? (value < 0 ? -.infinity : .infinity) : .nan
  }
}
