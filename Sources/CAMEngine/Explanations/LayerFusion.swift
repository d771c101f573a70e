/// How maps of several layers become one.
///
/// Every map is scaled to 0 ... 1 and enlarged to the largest height and width among them (bilinear,
/// half-pixel centres); place by place they are joined, and the result is scaled to 0 ... 1.
public enum LayerFusion: String, Sendable, CaseIterable {
  /// The largest value: what any layer shows.
  case maximum
  /// The mean of the values.
  case mean
  /// The product of the values: what all layers show.
  case product

  /// Joins maps.
  ///
  /// - Parameter maps: Maps of the same image, at least one, of any sizes and values.
  /// - Returns: Values 0 to 1, as high as the highest map and as wide as the widest.
  public func fused(_ maps: [HeatMap]) -> HeatMap {
    let maps = LayerFusion.enlarged(maps.map { $0.normalized() })
    let places = maps[0].values.indices
    let values: [Float] = places.map { place in
      let values = maps.map { $0.values[place] }
      return switch self {
      case .maximum: values.reduce(0) { max($0, $1) }
      case .mean: values.reduce(0, +) / Float(values.count)
      case .product: values.reduce(1, *)
      }
    }
    return HeatMap(width: maps[0].width, height: maps[0].height, values: values).normalized()
  }

  /// The mean of signed maps, each divided by its largest magnitude first: no other fusion keeps signs.
  static func signedMean(_ maps: [HeatMap]) -> HeatMap {
    let scaled = enlarged(maps.map(\.scaledByMagnitude))
    let values = scaled[0].values.indices.map { place in
      scaled.reduce(0) { $0 + $1.values[place] } / Float(scaled.count)
    }
    return HeatMap(width: scaled[0].width, height: scaled[0].height, values: values)
  }

  private static func enlarged(_ maps: [HeatMap]) -> [HeatMap] {
    let width = maps.map(\.width).max() ?? 1
    let height = maps.map(\.height).max() ?? 1
    return maps.map { $0.upsampled(width: width, height: height) }
  }
}

extension HeatMap {
  /// The map divided by its largest magnitude: -1 to 1, unchanged where all is zero.
  fileprivate var scaledByMagnitude: HeatMap {
    let magnitude = values.reduce(0) { max($0, abs($1)) }
    guard magnitude > 0 else { return self }
    return HeatMap(width: width, height: height, values: values.map { $0 / magnitude })
  }
}
