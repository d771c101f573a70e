/// A map over a picture: how much each place matters.
///
/// Finished maps have values of 0 to 1; signed maps, such as a sum before its ReLU, have any.
public struct HeatMap: Sendable, Equatable {
  /// Columns, at least 1.
  public let width: Int
  /// Rows, at least 1.
  public let height: Int
  /// `[height, width]` in C order.
  public let values: [Float]

  /// A map of given values.
  ///
  /// It is a programmer error to pass a size below 1 x 1, or another number of values than
  /// `width * height`.
  ///
  /// - Parameters:
  ///   - width: Columns.
  ///   - height: Rows.
  ///   - values: `[height, width]` in C order.
  public init(width: Int, height: Int, values: [Float]) {
    precondition(width >= 1 && height >= 1, "a map has at least one value")
    precondition(values.count == width * height, "a map has one value a place")
    self.width = width
    self.height = height
    self.values = values
  }

  /// One value; traps outside of the map.
  ///
  /// - Parameters:
  ///   - x: Column, from the left.
  ///   - y: Row, from the top.
  public subscript(x: Int, y: Int) -> Float {
    precondition(x >= 0 && x < width && y >= 0 && y < height, "place outside of the map")
    return values[y * width + x]
  }

  /// The map scaled to 0 ... 1: `(v - min) / (max - min)`.
  ///
  /// - Returns: The scaled map; all zero when every value is the same, or any is not finite.
  public func normalized() -> HeatMap {
    var (low, high, isFinite) = (Float.infinity, -Float.infinity, true)
    for value in values {
      low = min(low, value)
      high = max(high, value)
      isFinite = isFinite && value.isFinite
    }
    let range = high - low
    guard isFinite, range > 0, range.isFinite else {
      return HeatMap(width: width, height: height, values: Array(repeating: 0, count: values.count))
    }
    return HeatMap(width: width, height: height, values: values.map { ($0 - low) / range })
  }

  /// The map at another size, bilinear with half-pixel centres and the border repeated.
  ///
  /// This is PyTorch's `interpolate(mode="bilinear", align_corners=False)`, without antialiasing.
  ///
  /// - Parameters:
  ///   - width: The new width, at least 1.
  ///   - height: The new height, at least 1.
  /// - Returns: The map; the same when the size stays.
  public func upsampled(width: Int, height: Int) -> HeatMap {
    guard width != self.width || height != self.height else { return self }
    let sampler = BilinearSampler(
      map: self, columns: BilinearTap.spread(self.width, over: width),
      rows: BilinearTap.spread(self.height, over: height))
    let values = [Float](unsafeUninitializedCapacity: width * height) { values, initialized in
      sampler.forEachRow { row, samples in
        for x in 0..<width { values[row * width + x] = samples[x] }
      }
      initialized = width * height
    }
    return HeatMap(width: width, height: height, values: values)
  }

  /// The map as a picture.
  ///
  /// - Parameters:
  ///   - colorMap: The colours; values are not scaled, so pass a finished or ``normalized()`` map.
  ///   - width: The picture's width.
  ///   - height: The picture's height.
  /// - Returns: The coloured picture.
  public func rendered(colorMap: ColorMap = .viridis, width: Int, height: Int) -> Image {
    let map = upsampled(width: width, height: height)
    return Image(width: width, height: height, pixels: colorMap.pixels(map.values))
  }
}
