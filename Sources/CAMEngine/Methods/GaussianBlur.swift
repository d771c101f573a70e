import Foundation

/// A separable Gaussian blur of square kernel whose border mirrors the picture without repeating its
/// edge: `gaussian_blur2d` of Kornia with the border `reflect`.
struct GaussianBlur {
  private let kernel: [Float]
  private let radius: Int

  /// - Parameters:
  ///   - size: The side of the kernel, odd.
  ///   - deviation: The standard deviation in pixels.
  init(size: Int, deviation: Double) {
    radius = size / 2
    let weights = (-radius...radius).map { exp(-Double($0 * $0) / (2 * deviation * deviation)) }
    let sum = weights.reduce(0, +)
    kernel = weights.map { Float($0 / sum) }
  }

  /// Blurs planes.
  ///
  /// - Parameters:
  ///   - planes: `[planes, height, width]`.
  ///   - height: Rows.
  ///   - width: Columns.
  /// - Returns: As many values.
  /// - Throws: `CancellationError` when the task is cancelled, within one row.
  func blurred(_ planes: [Float], height: Int, width: Int) throws -> [Float] {
    let (rows, columns) = (sources(height), sources(width))
    var across = Array(repeating: Float(0), count: planes.count)
    var result = across
    try planes.withUnsafeBufferPointer { planes in
      try across.withUnsafeMutableBufferPointer { across in
        for row in 0..<planes.count / width {
          try Task.checkCancellation()
          blurRow(planes, columns, into: across, at: row * width)
        }
        for plane in 0..<planes.count / (height * width) {
          try result.withUnsafeMutableBufferPointer { result in
            let range = plane * height * width..<(plane + 1) * height * width
            try blurColumns(
              UnsafeBufferPointer(rebasing: across[range]), rows, width: width,
              into: UnsafeMutableBufferPointer(rebasing: result[range]))
          }
        }
      }
    }
    return result
  }

  private func blurRow(
    _ planes: UnsafeBufferPointer<Float>, _ columns: [Int],
    into result: UnsafeMutableBufferPointer<Float>, at start: Int
  ) {
    let padded = columns.map { planes[start + $0] }
    padded.withUnsafeBufferPointer { padded in
      for column in 0..<padded.count - 2 * radius {
        var sum: Float = 0
        for tap in kernel.indices { sum += kernel[tap] * padded[column + tap] }
        result[start + column] = sum
      }
    }
  }

  private func blurColumns(
    _ plane: UnsafeBufferPointer<Float>, _ rows: [Int], width: Int,
    into result: UnsafeMutableBufferPointer<Float>
  ) throws {
    for row in 0..<rows.count - 2 * radius {
      try Task.checkCancellation()
      for (tap, weight) in kernel.enumerated() {
        let source = rows[row + tap] * width
        for column in 0..<width {
          result[row * width + column] += weight * plane[source + column]
        }
      }
    }
  }

  /// Where each position of a side, with a kernel's radius on both ends, is read: mirrored as often as
  /// it takes.
  private func sources(_ count: Int) -> [Int] {
    let period = max(1, 2 * (count - 1))
    return (-radius..<count + radius).map { position in
      let folded = ((position % period) + period) % period
      return min(folded, period - folded, count - 1)
    }
  }
}
