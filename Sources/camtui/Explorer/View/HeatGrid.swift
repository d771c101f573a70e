import Terminal

/// A map enlarged over a region of a grid of pixels: bilinear, with half-pixel centres
/// (`align_corners=False`), the edge values continued.
struct HeatGrid {
  /// The columns of the grid that the region covers.
  let columns: Range<Int>
  /// The rows of the grid that the region covers.
  let rows: Range<Int>
  /// The values, 0 to 1: `[rows.count, columns.count]`.
  let values: [Float]

  /// - Parameters:
  ///   - map: The map, which lies exactly over `region`.
  ///   - region: Where the map lies, in the pixels of the grid.
  ///   - width: The columns of the whole grid.
  ///   - height: The rows of the whole grid.
  init(_ map: ActivationMap, over region: PictureRegion, width: Int, height: Int) {
    columns = Self.covered(from: region.x, length: region.width, limit: width)
    rows = Self.covered(from: region.y, length: region.height, limit: height)
    let across = Self.taps(columns, from: region.x, length: region.width, count: map.width)
    let down = Self.taps(rows, from: region.y, length: region.height, count: map.height)
    var values: [Float] = []
    values.reserveCapacity(rows.count * columns.count)
    map.values.withUnsafeBufferPointer { source in
      for row in down {
        let upper = row.first * map.width
        let lower = row.second * map.width
        for column in across {
          let top = Self.mix(
            source[upper + column.first], source[upper + column.second], column.share)
          let bottom = Self.mix(
            source[lower + column.first], source[lower + column.second], column.share)
          values.append(Self.mix(top, bottom, row.share))
        }
      }
    }
    self.values = values
  }

  /// The value at one place.
  ///
  /// - Parameters:
  ///   - map: The map, which lies exactly over `region`.
  ///   - region: Where the map lies.
  ///   - x: The place, in the units of the region; outside of it the edge values continue.
  ///   - y: See `x`.
  /// - Returns: The value.
  static func value(
    of map: ActivationMap, over region: PictureRegion, atX x: Double, y: Double
  ) -> Float {
    // A grid of one pixel, with the place in its middle.
    let column = taps(0..<1, from: region.x - x + 0.5, length: region.width, count: map.width)[0]
    let row = taps(0..<1, from: region.y - y + 0.5, length: region.height, count: map.height)[0]
    func across(_ line: Int) -> Float {
      mix(
        map.values[line * map.width + column.first], map.values[line * map.width + column.second],
        column.share)
    }
    return mix(across(row.first), across(row.second), row.share)
  }

  /// The pixels of which the centre lies in the interval.
  static func covered(from start: Double, length: Double, limit: Int) -> Range<Int> {
    let first = min(max(0, Int((start - 0.5).rounded(.up))), limit)
    let end = min(max(first, Int((start + length - 0.5).rounded(.up))), limit)
    return first..<end
  }

  private typealias Tap = (first: Int, second: Int, share: Float)

  private static func taps(
    _ pixels: Range<Int>, from start: Double, length: Double, count: Int
  ) -> [Tap] {
    pixels.map { pixel in
      let position = (Double(pixel) + 0.5 - start) / length * Double(count) - 0.5
      let clamped = min(max(0, position), Double(count - 1))
      let first = Int(clamped)
      return (first, min(first + 1, count - 1), Float(clamped - Double(first)))
    }
  }

  private static func mix(_ first: Float, _ second: Float, _ share: Float) -> Float {
    first + (second - first) * share
  }
}
