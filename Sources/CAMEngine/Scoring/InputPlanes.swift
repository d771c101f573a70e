/// A prepared input at smaller sizes.
struct InputPlanes {
  /// `[planes, height, width]`.
  let values: [Float]
  let height: Int
  let width: Int

  /// The mean of the part of the picture that each place covers: PyTorch's adaptive average pooling,
  /// whose windows reach from `floor(i size / count)` to `ceil((i + 1) size / count)`.
  ///
  /// - Parameters:
  ///   - newHeight: rows wanted.
  ///   - newWidth: columns wanted.
  /// - Returns: `[planes, newHeight, newWidth]`.
  func areaAveraged(height newHeight: Int, width newWidth: Int) -> [Float] {
    func window(_ index: Int, _ size: Int, _ count: Int) -> Range<Int> {
      index * size / count..<((index + 1) * size + count - 1) / count
    }
    var result: [Float] = []
    for plane in 0..<values.count / (height * width) {
      for row in 0..<newHeight {
        let rows = window(row, height, newHeight)
        for column in 0..<newWidth {
          let columns = window(column, width, newWidth)
          var sum: Float = 0
          for y in rows {
            let start = (plane * height + y) * width
            for x in columns { sum += values[start + x] }
          }
          result.append(sum / Float(rows.count * columns.count))
        }
      }
    }
    return result
  }

  /// The picture at another size with an antialiased triangle filter, half-pixel centres: PyTorch's
  /// `interpolate(mode="bilinear", antialias=True)`; unchanged at its own size.
  ///
  /// - Parameters:
  ///   - newHeight: rows wanted.
  ///   - newWidth: columns wanted.
  /// - Returns: `[planes, newHeight, newWidth]`.
  func reduced(height newHeight: Int, width newWidth: Int) -> [Float] {
    guard newHeight != height || newWidth != width else { return values }
    let columns = Self.filter(from: width, to: newWidth)
    let rows = Self.filter(from: height, to: newHeight)
    let planes = values.count / (height * width)
    var stretched = Array(repeating: Float(0), count: planes * height * newWidth)
    for row in 0..<planes * height {
      for (column, window) in columns.enumerated() {
        var sum: Float = 0
        for (offset, weight) in window.weights.enumerated() {
          sum += weight * values[row * width + window.first + offset]
        }
        stretched[row * newWidth + column] = sum
      }
    }
    var result = Array(repeating: Float(0), count: planes * newHeight * newWidth)
    for plane in 0..<planes {
      for (row, window) in rows.enumerated() {
        for (offset, weight) in window.weights.enumerated() {
          let source = (plane * height + window.first + offset) * newWidth
          let target = (plane * newHeight + row) * newWidth
          for column in 0..<newWidth {
            result[target + column] += weight * stretched[source + column]
          }
        }
      }
    }
    return result
  }

  private static func filter(from count: Int, to size: Int) -> [(first: Int, weights: [Float])] {
    let scale = Double(count) / Double(size)
    let support = max(1, scale)
    return (0..<size).map { position in
      let center = (Double(position) + 0.5) * scale
      let first = max(0, Int(center - support + 0.5))
      let end = min(count, Int(center + support + 0.5))
      let weights = (first..<end).map { index in
        max(0, 1 - abs((Double(index) - center + 0.5) / support))
      }
      let sum = weights.reduce(0, +)
      return (first, weights.map { Float($0 / sum) })
    }
  }
}
