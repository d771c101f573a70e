/// Enlarges a small mask bilinearly with half-pixel centres (PyTorch's `align_corners=False`) and
/// multiplies pictures by it.
///
/// Rows of the mask are stretched to the full width once; every output row is then a mixture of two of
/// them, which is plain vector code.
struct MaskEnlargement: Sendable {
  let height: Int
  let width: Int
  private let rows: Taps
  private let columns: Taps

  /// Where an output position reads its input: two neighbours and the weight of the second.
  private struct Taps: Sendable {
    var first: [Int32] = []
    var second: [Int32] = []
    var weight: [Float] = []

    init(from count: Int, to size: Int) {
      let scale = Double(count) / Double(size)
      for position in 0..<size {
        let center = max(0, (Double(position) + 0.5) * scale - 0.5)
        let lower = min(Int(center), count - 1)
        first.append(Int32(lower))
        second.append(Int32(min(lower + 1, count - 1)))
        weight.append(Float(center - Double(lower)))
      }
    }
  }

  /// - Parameters:
  ///   - maskHeight: rows of the masks.
  ///   - maskWidth: columns of the masks.
  ///   - height: rows of the pictures.
  ///   - width: columns of the pictures.
  init(maskHeight: Int, maskWidth: Int, height: Int, width: Int) {
    self.height = height
    self.width = width
    rows = Taps(from: maskHeight, to: height)
    columns = Taps(from: maskWidth, to: width)
  }

  /// The enlarged mask, `[height, width]`.
  func enlarged(_ mask: UnsafeBufferPointer<Float>) -> [Float] {
    let stretched = stretched(mask)
    return [Float](unsafeUninitializedCapacity: height * width) { result, count in
      stretched.withUnsafeBufferPointer { stretched in
        for row in 0..<height {
          mix(stretched, row: row, into: result.baseAddress, at: row * width)
        }
      }
      count = height * width
    }
  }

  /// Writes `picture * Up(mask)` for planes of a picture, row by row: nothing but one row of the
  /// enlarged mask is ever stored.
  ///
  /// - Parameters:
  ///   - picture: the planes, `[planes, height, width]`.
  ///   - mask: the small mask.
  ///   - isNormalized: whether the enlarged mask is scaled to 0 ... 1 first: `N(Up(mask))`, all zero
  ///     where it is flat.
  ///   - result: where the product goes, as large as the picture.
  func multiply(
    _ picture: UnsafeBufferPointer<Float>, byEnlarged mask: UnsafeBufferPointer<Float>,
    isNormalized: Bool = false, into result: UnsafeMutableBufferPointer<Float>
  ) {
    let stretched = stretched(mask)
    let (low, scale) = isNormalized ? scaling(stretched) : (0, 1)
    var line = Array(repeating: Float(0), count: width)
    stretched.withUnsafeBufferPointer { stretched in
      line.withUnsafeMutableBufferPointer { line in
        for row in 0..<height {
          mix(stretched, row: row, into: line.baseAddress, at: 0)
          for column in 0..<width { line[column] = (line[column] - low) * scale }
          for plane in 0..<picture.count / (height * width) {
            let start = (plane * height + row) * width
            for column in 0..<width {
              result[start + column] = picture[start + column] * line[column]
            }
          }
        }
      }
    }
  }

  /// What brings the enlarged mask to 0 ... 1: subtract the first, multiply by the second.
  private func scaling(_ stretched: [Float]) -> (low: Float, scale: Float) {
    var low = Array(repeating: Float.infinity, count: width)
    var high = Array(repeating: -Float.infinity, count: width)
    var line = Array(repeating: Float(0), count: width)
    stretched.withUnsafeBufferPointer { stretched in
      for row in 0..<height {
        line.withUnsafeMutableBufferPointer { line in
          mix(stretched, row: row, into: line.baseAddress, at: 0)
        }
        // Selected by comparison, so that the compiler finds the vector instructions.
        for column in 0..<width {
          low[column] = line[column] < low[column] ? line[column] : low[column]
          high[column] = line[column] > high[column] ? line[column] : high[column]
        }
      }
    }
    let (lowest, highest) = (low.min() ?? 0, high.max() ?? 0)
    let range = highest - lowest
    return range > 0 && range.isFinite ? (lowest, 1 / range) : (0, 0)
  }

  /// Writes `picture * enlarged mask` for planes of a picture, `[planes, height, width]`.
  ///
  /// - Parameters:
  ///   - picture: the planes.
  ///   - enlarged: the enlarged mask.
  ///   - result: where the product goes, as large as the picture.
  static func multiply(
    _ picture: UnsafeBufferPointer<Float>, by enlarged: UnsafeBufferPointer<Float>,
    into result: UnsafeMutableBufferPointer<Float>
  ) {
    let area = enlarged.count
    for plane in 0..<picture.count / area {
      for index in 0..<area {
        result[plane * area + index] = picture[plane * area + index] * enlarged[index]
      }
    }
  }

  /// The mask's rows at full width.
  private func stretched(_ mask: UnsafeBufferPointer<Float>) -> [Float] {
    let maskWidth = (columns.second.max().map { Int($0) } ?? 0) + 1
    let maskHeight = mask.count / maskWidth
    return [Float](unsafeUninitializedCapacity: maskHeight * width) { result, count in
      for row in 0..<maskHeight {
        for column in 0..<width {
          let a = mask[row * maskWidth + Int(columns.first[column])]
          let b = mask[row * maskWidth + Int(columns.second[column])]
          result[row * width + column] = a + (b - a) * columns.weight[column]
        }
      }
      count = maskHeight * width
    }
  }

  @inline(__always)
  private func mix(
    _ stretched: UnsafeBufferPointer<Float>, row: Int, into result: UnsafeMutablePointer<Float>?,
    at offset: Int
  ) {
    guard let result, let base = stretched.baseAddress else { return }
    let upper = base + Int(rows.first[row]) * width
    let lower = base + Int(rows.second[row]) * width
    let weight = rows.weight[row]
    for column in 0..<width {
      result[offset + column] = upper[column] + (lower[column] - upper[column]) * weight
    }
  }
}
