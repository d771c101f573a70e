extension Picture {
  /// The picture, or a region of it, at another size.
  ///
  /// Each axis is reduced by exact area averaging (an output pixel is the mean of what it covers)
  /// and enlarged bilinearly with half-pixel centres. Rows are combined before columns, so that
  /// the pass over all source pixels reads memory in order.
  /// Cost: one multiplication for each channel of each source pixel in the region.
  ///
  /// - Parameters:
  ///   - width: The columns of the result, at least 1.
  ///   - height: The rows of the result, at least 1.
  ///   - region: What to show, or `nil` for the whole picture; what lies outside the picture
  ///     repeats its edge.
  /// - Returns: A picture of exactly `width` x `height` pixels.
  public func resampled(width: Int, height: Int, region: PictureRegion? = nil) -> Picture {
    let region = region ?? wholeRegion
    if width == self.width, height == self.height, region == wholeRegion { return self }
    let columns = Taps(start: region.x, length: region.width, from: self.width, to: width)
    let rows = Taps(start: region.y, length: region.height, from: self.height, to: height)
    var result = [UInt8](repeating: 0, count: 3 * width * height)
    var line = [Float](repeating: 0, count: 3 * self.width)
    pixels.withUnsafeBufferPointer { source in
      result.withUnsafeMutableBufferPointer { target in
        line.withUnsafeMutableBufferPointer { line in
          for row in 0..<height {
            combineRows(source, rows, output: row, into: line)
            let output = UnsafeMutableBufferPointer(
              rebasing: target[3 * row * width..<3 * (row + 1) * width])
            Self.combineColumns(line, columns, into: output)
          }
        }
      }
    }
    return Picture(width: width, height: height, pixels: result)
  }

  /// The weighted sum of the source rows that make output row `output`.
  private func combineRows(
    _ source: UnsafeBufferPointer<UInt8>, _ taps: Taps, output: Int,
    into line: UnsafeMutableBufferPointer<Float>
  ) {
    let stride = 3 * width
    line.update(repeating: 0)
    for tap in taps.range(of: output) {
      let weight = taps.weights[tap]
      let start = (taps.first[output] + tap - taps.offset[output]) * stride
      for index in 0..<stride {
        line[index] += weight * Float(source[start &+ index])
      }
    }
  }

  private static func combineColumns(
    _ line: UnsafeMutableBufferPointer<Float>, _ taps: Taps,
    into output: UnsafeMutableBufferPointer<UInt8>
  ) {
    for column in 0..<taps.first.count {
      var sum = SIMD3<Float>(repeating: 0.5)
      var index = 3 * taps.first[column]
      for tap in taps.range(of: column) {
        let weight = taps.weights[tap]
        sum += weight * SIMD3(line[index], line[index &+ 1], line[index &+ 2])
        index &+= 3
      }
      output[3 * column] = UInt8(min(255, sum.x))
      output[3 * column + 1] = UInt8(min(255, sum.y))
      output[3 * column + 2] = UInt8(min(255, sum.z))
    }
  }
}

/// Which source positions of one axis make each output position, and with what weights (sum 1).
private struct Taps {
  /// The first source position of each output position.
  var first: [Int] = []
  /// Where the weights of each output position begin; one entry more than outputs.
  var offset: [Int] = [0]
  var weights: [Float] = []

  init(start: Double, length: Double, from sourceCount: Int, to count: Int) {
    let scale = length / Double(count)
    for output in 0..<count {
      let left = start + Double(output) * scale
      let positions =
        scale > 1
        ? Self.area(from: left, to: left + scale) : Self.linear(at: left + scale / 2 - 0.5)
      append(positions, sourceCount: sourceCount)
    }
  }

  func range(of output: Int) -> Range<Int> { offset[output]..<offset[output + 1] }

  /// The pixels that `[left, right)` covers, by the length of the cover.
  private static func area(from left: Double, to right: Double) -> [(Int, Double)] {
    let positions = Int(left.rounded(.down))...Int((right - 1e-9).rounded(.down))
    return positions.map { position in
      (position, min(right, Double(position + 1)) - max(left, Double(position)))
    }
  }

  /// The two pixels around a centre, by nearness.
  private static func linear(at center: Double) -> [(Int, Double)] {
    let left = center.rounded(.down)
    return [(Int(left), 1 - (center - left)), (Int(left) + 1, center - left)]
  }

  /// Positions outside are moved to the edge; weights are made to add up to 1.
  private mutating func append(_ positions: [(position: Int, weight: Double)], sourceCount: Int) {
    let total = positions.reduce(0) { $0 + $1.weight }
    let clamped = positions.map { min(max(0, $0.position), sourceCount - 1) }
    let lowest = clamped.min() ?? 0
    var collected = [Double](repeating: 0, count: (clamped.max() ?? 0) - lowest + 1)
    for (position, tap) in zip(clamped, positions) {
      collected[position - lowest] += tap.weight / total
    }
    first.append(lowest)
    weights += collected.map(Float.init)
    offset.append(weights.count)
  }
}
