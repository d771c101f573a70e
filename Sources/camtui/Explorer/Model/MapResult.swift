/// What a method makes of a request.
struct MapResult: Equatable, Sendable {
  /// The map, 0 to 1; that of Phase 1 for Increment-CAM.
  var map: ActivationMap
  /// The map before its ReLU and normalisation: negative where the image speaks against the class.
  var signed: ActivationMap
  /// The weight of every channel, alpha; empty for methods without.
  var weights: [Float] = []
  /// S of every channel for methods other than Increment-CAM; empty for those without.
  var channelScores: [Float] = []
  /// Phases 2 and 3 of Increment-CAM; `nil` for the other methods.
  var scoring: ChannelScoring?
  /// The channels that the map adds up; `nil` until they were asked for.
  var ranking: ChannelRanking?

  /// Whether nothing more is to come.
  var isComplete: Bool { scoring?.isComplete ?? true }

  /// Whether no place speaks for the class.
  var isEmpty: Bool { map.isEmpty }
}

/// Phase 2 of Increment-CAM, perhaps not complete, with what Phase 3 makes of it.
struct ChannelScoring: Equatable, Sendable {
  /// The channels to score, the largest contribution first.
  var order: [Int]
  /// How many of them are scored.
  var scoredCount: Int
  /// S of every channel of the layer; 0 for those that are not scored.
  var scores: [Float]
  /// The map of Phase 2.
  var map: ActivationMap
  /// The map of Phase 3 for each choice of its parameters.
  var merged: [ParameterValues: ActivationMap]
  /// What the unscored channels can still add at one place, as a share of the map's maximum.
  var remainder: Float?
  /// Whether the remainder is a bound, and no estimate.
  var isBound = false
  /// The mask of the channel that is scored next; `nil` at the end.
  var nextMask: ActivationMap?
  /// The mask of the channel with the largest score; `nil` before the end.
  var strongestMask: ActivationMap?
  /// The time so far.
  var seconds: Double

  var isComplete: Bool { scoredCount == order.count }

  /// The channel that is scored next.
  var nextChannel: Int? { isComplete ? nil : order[scoredCount] }

  /// The channel with the largest S; `nil` when none has any.
  var strongestChannel: Int? {
    guard let best = scores.indices.max(by: { scores[$0] < scores[$1] }), scores[best] > 0 else {
      return nil
    }
    return best
  }

  /// The time that the rest will take, by the time that the scored ones took.
  var secondsLeft: Double? {
    guard scoredCount > 0 else { return nil }
    return seconds / Double(scoredCount) * Double(order.count - scoredCount)
  }
}

/// Values over the part of the image that the model saw.
struct ActivationMap: Equatable, Sendable {
  /// Row by row: `[height, width]`.
  var values: [Float]
  /// The number of columns.
  var width: Int
  /// The number of rows.
  var height: Int
  /// How long it took to compute.
  var seconds: Double

  /// Whether no value is above zero.
  var isEmpty: Bool { !values.contains { $0 > 0 } }

  /// The map with its greatest magnitude scaled to 1, moved to 0 to 1: one half stands for zero.
  var centered: ActivationMap {
    let greatest = values.reduce(0) { max($0, abs($1)) }
    var result = self
    result.values = values.map { greatest > 0 ? 0.5 + $0 / (2 * greatest) : 0.5 }
    return result
  }
}

extension MapResult {
  /// The map that a step shows, never the signed one; `nil` where it is not computed.
  func map(at step: Step, merging: ParameterValues) -> ActivationMap? {
    switch step {
    case .input: nil
    case .phaseOne, .map: map
    case .phaseTwo: scoring?.map
    case .phaseThree: scoring?.merged[merging]
    }
  }
}
