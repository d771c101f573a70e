import Foundation

/// The blur that RISE starts insertion from: an 11 x 11 kernel of sigma 5, zeros around the image.
///
/// RISE makes the kernel by filtering a single 1 in an 11 x 11 field with SciPy's `gaussian_filter`, which
/// mirrors what passes the field's edge back into it; the kernel is therefore not a Gaussian cut off, and
/// its sum is 1.
struct RISEBlur {
  private static let length = 11
  private static let deviation = 5.0

  /// One row of the kernel; the kernel is its product with itself.
  static let weights: [Float] = {
    let reach = Int(4 * deviation + 0.5)
    let gaussian = (-reach...reach).map {
      Foundation.exp(-Double($0 * $0) / (2 * deviation * deviation))
    }
    let sum = gaussian.reduce(0, +)
    var weights = Array(repeating: 0.0, count: length)
    for place in 0..<length {
      for (index, weight) in gaussian.enumerated()
      where mirrored(place + index - reach) == length / 2 {
        weights[place] += weight / sum
      }
    }
    return weights.map { Float($0) }
  }()

  /// The place inside of the field that a place outside mirrors: `d c b a | a b c d | d c b a`.
  private static func mirrored(_ place: Int) -> Int {
    let period = ((place % (2 * length)) + 2 * length) % (2 * length)
    return period < length ? period : 2 * length - 1 - period
  }

  /// Blurs planes.
  ///
  /// - Parameters:
  ///   - planes: `[planes, height, width]`.
  ///   - height: Rows.
  ///   - width: Columns.
  /// - Returns: As many values.
  /// - Throws: `CancellationError` when the task is cancelled, within one row or column.
  static func blurred(_ planes: [Float], height: Int, width: Int) throws -> [Float] {
    let rows = planes.count / width
    let acrossRows = try convolved(
      planes, lines: rows, length: width, lineStart: { $0 * width }, stride: 1)
    let columns = planes.count / height
    return try convolved(
      acrossRows, lines: columns, length: height,
      lineStart: { $0 / width * height * width + $0 % width }, stride: width)
  }

  /// Convolves every line of values with the weights, zeros beyond its ends.
  private static func convolved(
    _ values: [Float], lines: Int, length count: Int, lineStart: (Int) -> Int, stride: Int
  ) throws -> [Float] {
    var result = Array(repeating: Float(0), count: values.count)
    let half = length / 2
    try values.withUnsafeBufferPointer { values in
      try weights.withUnsafeBufferPointer { weights in
        for line in 0..<lines {
          try Task.checkCancellation()
          let start = lineStart(line)
          for place in 0..<count {
            var sum: Float = 0
            for offset in max(-half, -place)...min(half, count - 1 - place) {
              sum += weights[offset + half] * values[start + (place + offset) * stride]
            }
            result[start + place * stride] = sum
          }
        }
      }
    }
    return result
  }
}
