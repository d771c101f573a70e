import CAMEngine

/// How soon Phase 2 of Increment-CAM shows what it will end with, and whether what it says of the rest
/// holds.
///
/// After every batch the map so far is compared with the final one. ``PhaseTwo/remainder`` holds when no
/// place of the sum `sum_k S_k G_k` grows by more than that share of its maximum so far; it holds for
/// the map when no value of the map changes by more.
struct AnytimeStudy {
  private let steps: [IncrementCAMProgress]
  private let settings: MethodSettings

  /// Runs Increment-CAM on all channels.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - path: The path of a photo.
  ///   - score: What Phase 2 makes of the scores.
  ///   - batchSize: How many channels a step.
  /// - Throws: What reading the photo and running the network throw.
  init(
    _ model: Model, photo path: String, score: IncrementCAMSettings.Score, batchSize: Int
  ) async throws {
    var settings = MethodSettings()
    settings.batchSize = batchSize
    settings.incrementCAM.channels = .all
    settings.incrementCAM.score = score
    self.settings = settings
    let input = try model.prepare(try Image(contentsOfFile: path))
    var steps: [IncrementCAMProgress] = []
    for try await step in model.incrementCAM(input, settings: settings) { steps.append(step) }
    self.steps = steps
  }

  /// What was found, by name.
  var findings: [String: Any] {
    guard let last = steps.last else { return [:] }
    let partial = steps.filter { !$0.two.isComplete }
    return [
      "class": last.target.label, "channels": last.two.order.count, "steps": partial.count,
      "phase2Within5Percent": share(within: 0.05) { $0.two.map },
      "phase2Within1Percent": share(within: 0.01) { $0.two.map },
      "phase3Within5Percent": share(within: 0.05, of: merged),
      "phase3Within1Percent": share(within: 0.01, of: merged),
      "heldForTheSum": partial.filter { sumHolds($0, last) }.count,
      "heldForTheMap": partial.filter { mapHolds($0, last) }.count,
      "remainderBelow5Percent": shareWithRemainder(below: 0.05),
    ]
  }

  private func merged(_ step: IncrementCAMProgress) -> HeatMap {
    let increment = settings.incrementCAM
    return step.three(merge: increment.merge, regularize: increment.regularize).map
  }

  /// The share of the channels from which on the map stays within a distance of the final one.
  private func share(
    within distance: Float, of map: (IncrementCAMProgress) -> HeatMap
  ) -> Double {
    guard let final = steps.last.map(map) else { return 1 }
    let far = steps.lastIndex { Self.distance(map($0), final) > distance }
    return share(of: steps[far.map { $0 + 1 } ?? 0])
  }

  /// The share of the channels after which a run with this tolerance stops.
  private func shareWithRemainder(below tolerance: Float) -> Double {
    steps.first { ($0.two.remainder ?? .infinity) < tolerance }.map(share) ?? 1
  }

  private func share(of step: IncrementCAMProgress) -> Double {
    Double(step.two.scoredCount) / Double(max(1, step.two.order.count))
  }

  private func mapHolds(_ step: IncrementCAMProgress, _ last: IncrementCAMProgress) -> Bool {
    Self.distance(step.two.map, last.two.map) <= (step.two.remainder ?? 0) + 1e-5
  }

  private func sumHolds(_ step: IncrementCAMProgress, _ last: IncrementCAMProgress) -> Bool {
    let (sum, final) = (Self.sum(step), Self.sum(last))
    guard let highest = sum.max(), highest > 0 else { return true }
    let growth = zip(final, sum).map { $0 - $1 }.max() ?? 0
    return growth <= ((step.two.remainder ?? 0) + 1e-5) * highest
  }

  /// `sum_k S_k G_k` of the channels scored so far.
  private static func sum(_ step: IncrementCAMProgress) -> [Float] {
    let area = step.one.map.values.count
    var sum = Array(repeating: Float(0), count: area)
    for channel in step.two.order.prefix(step.two.scoredCount) {
      let (alpha, score) = (step.one.alpha[channel], step.two.scores[channel])
      for place in 0..<area {
        sum[place] += score * max(0, alpha * step.one.activation[channel * area + place])
      }
    }
    return sum
  }

  private static func distance(_ a: HeatMap, _ b: HeatMap) -> Float {
    zip(a.values, b.values).map { abs($0 - $1) }.max() ?? 0
  }
}
