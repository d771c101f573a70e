/// Phase 1 of Increment-CAM: Grad-CAM (Selvaraju et al. 2017, equations 1 and 2).
///
///     alpha_k = mean_ij df_c / dA_k,ij     G_k = ReLU(alpha_k A_k)     L1 = N(ReLU(sum_k alpha_k A_k))
public struct PhaseOne: Sendable, Equatable {
  /// alpha, `[K]`.
  public let alpha: [Float]
  /// `sum_k alpha_k A_k`, before its ReLU.
  public let signedMap: HeatMap
  /// L1.
  public let map: HeatMap
  /// The time of its forward and backward pass, in seconds.
  public let seconds: Double
  /// A, `[K, h, w]`.
  package let activation: [Float]
  /// `sum_ij G_k`, `[K]`: how much each channel adds to the map.
  public let contributions: [Float]
  /// `max_ij G_k`, `[K]`.
  let peaks: [Float]

  init(activation: [Float], gradient: [Float], width: Int, height: Int, seconds: Double) {
    let area = width * height
    self.activation = activation
    self.seconds = seconds
    alpha = channelMeans(gradient, area: area)
    let sum = weightedSum(activation, alpha, area: area)
    signedMap = HeatMap(width: width, height: height, values: sum)
    map = HeatMap(width: width, height: height, values: finished(sum))
    var (contributions, peaks): ([Float], [Float]) = ([], [])
    for (channel, weight) in alpha.enumerated() {
      var (total, peak): (Float, Float) = (0, 0)
      for index in channel * area..<(channel + 1) * area {
        let value = max(0, weight * activation[index])
        total += value
        peak = max(peak, value)
      }
      contributions.append(total)
      peaks.append(peak)
    }
    (self.contributions, self.peaks) = (contributions, peaks)
  }

  /// The mask of a channel, `M_k = N(A_k)`, at the layer's resolution; traps for a channel that the
  /// layer has not.
  ///
  /// - Parameter channel: The channel.
  /// - Returns: Values 0 to 1; all zero where the channel is flat.
  public func mask(of channel: Int) -> HeatMap {
    let area = map.values.count
    return HeatMap(
      width: map.width, height: map.height,
      values: normalized(activation[channel * area..<(channel + 1) * area]))
  }

  /// The channels that Phase 2 scores, the largest contribution first; equal ones by index. Channels
  /// without a Grad-CAM activation are left out.
  func order(_ channels: IncrementCAMSettings.Channels) -> [Int] {
    let live = contributions.indices.filter { contributions[$0] > 0 }
      .sorted { (contributions[$0], $1) > (contributions[$1], $0) }
    guard case .fraction(let fraction) = channels else { return live }
    let limit = max(1, Int((fraction * Double(alpha.count)).rounded(.up)))
    return Array(live.prefix(limit))
  }
}

/// Phase 2 of Increment-CAM, perhaps still under way: how much each channel's mask says for the class.
///
///     L2 = N(ReLU(sum_k S_k G_k))
public struct PhaseTwo: Sendable, Equatable {
  /// S, `[K]`; 0 for channels that are not scored (yet).
  public let scores: [Float]
  /// The channels to score, the largest contribution first.
  public let order: [Int]
  /// How many of them are scored.
  public let scoredCount: Int
  /// L2 of the channels scored so far.
  public let map: HeatMap
  /// What the unscored channels can still add at one place, as a share of the map's maximum: S_max times
  /// the sum of their `max G_k`. A bound for `probability`, where S_max is 1; an estimate for `increase`,
  /// where it is the largest so far; nil for `channel-softmax`, whose weights all change.
  public let remainder: Float?
  /// Whether ``remainder`` is a bound, and no estimate.
  public let isBound: Bool
  /// The time so far.
  public let seconds: Double

  /// Whether every channel is scored.
  public var isComplete: Bool { scoredCount == order.count }
}

/// Phase 3 of Increment-CAM: both maps joined, then regularised. Costs no pass.
public struct PhaseThree: Sendable, Equatable {
  /// L.
  public let map: HeatMap
  /// The time that it took.
  public let seconds: Double

  /// Joins two phases.
  ///
  /// - Parameters:
  ///   - one: Phase 1.
  ///   - two: Phase 2, complete or not.
  ///   - merge: How the maps are joined.
  ///   - regularize: What is done last.
  public init(
    _ one: PhaseOne, _ two: PhaseTwo, merge: IncrementCAMSettings.Merge,
    regularize: IncrementCAMSettings.Regularize
  ) {
    let start = ContinuousClock.now
    let merged = Self.merged(one, two, merge)
    var values = normalized(merged)
    if regularize == .meanShift {
      let mean = values.reduce(0, +) / Float(values.count)
      values = finished(values.map { $0 - mean })
    }
    map = HeatMap(width: one.map.width, height: one.map.height, values: values)
    seconds = (ContinuousClock.now - start) / .seconds(1)
  }

  private static func merged(
    _ one: PhaseOne, _ two: PhaseTwo, _ merge: IncrementCAMSettings.Merge
  ) -> [Float] {
    let pairs = zip(one.map.values, two.map.values)
    switch merge {
    case .sum: return pairs.map { $0 + $1 }
    case .geometricMean: return pairs.map { ($0 * $1).squareRoot() }
    case .product: return pairs.map { $0 * $1 }
    case .weights:
      let alphaScale = max(one.alpha.reduce(0) { max($0, abs($1)) }, 1e-30)
      let scoreScale = max(two.scores.max() ?? 0, 1e-30)
      let weights = zip(one.alpha, two.scores).map { $0 / alphaScale + $1 / scoreScale }
      let sum = weightedSum(one.activation, weights, area: one.map.values.count)
      return sum.map { max($0, 0) }
    }
  }
}
