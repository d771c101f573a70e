/// Between which two places of a map's row or column a sample lies, and how near to the second.
struct BilinearTap {
  var first: Int
  var second: Int
  var fraction: Float

  /// A sample at a continuous coordinate whose place centres are at halves; the border is repeated.
  ///
  /// - Parameters:
  ///   - position: In places of the map.
  ///   - count: Places along the side.
  init(position: Float, count: Int) {
    let center = min(max(position - 0.5, 0), Float(count - 1))
    first = Int(center)
    second = min(first + 1, count - 1)
    fraction = center - Float(first)
  }

  /// The samples of a side enlarged to a number of pixels.
  ///
  /// - Parameters:
  ///   - count: Places along the side.
  ///   - target: Pixels to make of them.
  /// - Returns: One tap a pixel.
  static func spread(_ count: Int, over target: Int) -> [BilinearTap] {
    let scale = Float(count) / Float(target)
    return (0..<target).map { BilinearTap(position: (Float($0) + 0.5) * scale, count: count) }
  }
}

/// Samples a map on a grid, a row at a time: two map rows are mixed, then two places of the mixture.
struct BilinearSampler {
  let map: HeatMap
  let columns: [BilinearTap]
  let rows: [BilinearTap]

  /// Calls a function with every row of samples, from the top.
  ///
  /// - Parameter body: Takes the row's number and its samples, which are valid within the call.
  func forEachRow(_ body: (Int, UnsafeBufferPointer<Float>) -> Void) {
    var mixed = [Float](repeating: 0, count: map.width)
    var samples = [Float](repeating: 0, count: columns.count)
    map.values.withUnsafeBufferPointer { values in
      for (row, tap) in rows.enumerated() {
        let (first, second) = (tap.first * map.width, tap.second * map.width)
        for x in 0..<map.width {
          let value = values[first + x]
          mixed[x] = value + tap.fraction * (values[second + x] - value)
        }
        mixed.withUnsafeBufferPointer { mixed in
          samples.withUnsafeMutableBufferPointer { samples in
            columns.withUnsafeBufferPointer { sampleRow($0, mixed, samples) }
          }
        }
        samples.withUnsafeBufferPointer { body(row, $0) }
      }
    }
  }

  private func sampleRow(
    _ columns: UnsafeBufferPointer<BilinearTap>, _ mixed: UnsafeBufferPointer<Float>,
    _ samples: UnsafeMutableBufferPointer<Float>
  ) {
    for x in columns.indices {
      let tap = columns[x]
      let value = mixed[tap.first]
      samples[x] = value + tap.fraction * (mixed[tap.second] - value)
    }
  }
}
