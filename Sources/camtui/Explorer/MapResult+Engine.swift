import CAMEngine

extension MapResult {
  /// What a method other than Increment-CAM made.
  init(_ explanation: Explanation) {
    let map = explanation.maps[explanation.maps.count - 1]
    self.init(
      map: ActivationMap(map.map, seconds: explanation.seconds),
      signed: ActivationMap(map.signed, seconds: explanation.seconds),
      weights: explanation.weights, channelScores: explanation.channelScores)
  }

  /// Increment-CAM under way.
  init(_ progress: IncrementCAMProgress) {
    self.init(
      map: ActivationMap(progress.one.map, seconds: progress.one.seconds),
      signed: ActivationMap(progress.one.signedMap, seconds: progress.one.seconds),
      weights: progress.one.alpha, scoring: ChannelScoring(progress))
  }
}

extension ChannelScoring {
  fileprivate init(_ progress: IncrementCAMProgress) {
    let two = progress.two
    let merged = IncrementCAMParameters.mergings.map { merging in
      let three = progress.three(
        merge: merging.settings.merge, regularize: merging.settings.regularize)
      return (merging.values, ActivationMap(three.map, seconds: three.seconds))
    }
    self.init(
      order: two.order, scoredCount: two.scoredCount, scores: two.scores,
      map: ActivationMap(two.map, seconds: two.seconds),
      merged: Dictionary(merged, uniquingKeysWith: { first, _ in first }),
      remainder: two.remainder, isBound: two.isBound, seconds: two.seconds)
    nextMask = nextChannel.map { ActivationMap(progress.one.mask(of: $0), seconds: 0) }
    guard isComplete else { return }
    strongestMask = strongestChannel.map { ActivationMap(progress.one.mask(of: $0), seconds: 0) }
  }
}

extension RankedChannel {
  /// At most so many channels are listed, and fewer where their pictures are large.
  private static let largestCount = 64
  private static let largestPlaces = 400_000

  /// The channels of Phase 1 that have a Grad-CAM activation, the largest contribution first; equal
  /// ones by index.
  static func ranked(_ one: PhaseOne) -> [RankedChannel] {
    let all = one.contributions
    let order = all.indices.filter { all[$0] > 0 }
      .sorted { (all[$0], $1) > (all[$1], $0) }
    let count = min(largestCount, max(16, largestPlaces / one.map.values.count))
    return order.prefix(count).map {
      RankedChannel(
        index: $0, weight: one.alpha[$0], contribution: all[$0],
        activation: ActivationMap(one.mask(of: $0), seconds: 0))
    }
  }
}

extension ActivationMap {
  fileprivate init(_ map: HeatMap, seconds: Double) {
    self.init(values: map.values, width: map.width, height: map.height, seconds: seconds)
  }
}
