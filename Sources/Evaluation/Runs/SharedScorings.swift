import CAMEngine

/// Phase 2 of one unit, run once for all settings of Increment-CAM that mask the same inputs: they
/// differ only in what they make of the network's scores.
///
/// Every such scoring covers the most channels that the plan asks for, so that a figure does not depend
/// on which of the settings came first, or on what a file of results already holds.
struct SharedScorings {
  private let methods: [MethodVariant]
  private let isTimed: Bool
  private var kept: [Key: IncrementCAMProgress] = [:]

  /// What is masked.
  private struct Key: Hashable {
    var layer: Layer?
    var input: IncrementCAMSettings.ScoringInput
    var size: Int?

    init(_ method: MethodVariant, _ layer: Layer? = nil) {
      self.layer = layer
      input = method.settings.incrementCAM.scoringInput
      size = method.settings.incrementCAM.scoringSize
    }
  }

  /// - Parameter plan: What is measured.
  init(_ plan: EvaluationPlan) {
    methods = plan.methods.filter { $0.method == .incrementCAM }
    isTimed = plan.isTimed
  }

  /// Whether a method shares its passes with others; not where its own time is wanted.
  func serves(_ method: MethodVariant) -> Bool {
    method.method == .incrementCAM && !isTimed && sharing(method).count > 1
  }

  private func sharing(_ method: MethodVariant) -> [MethodVariant] {
    methods.filter { Key($0) == Key(method) }
  }

  /// Increment-CAM with a method's settings, complete.
  ///
  /// - Throws: `ModelError`, `CancellationError`.
  mutating func progress(
    _ method: MethodVariant, _ model: Model, _ input: PreparedInput, target: Target?, layer: Layer
  ) async throws -> IncrementCAMProgress {
    let key = Key(method, layer)
    let steps =
      kept[key].map { model.incrementCAM(continuing: $0) }
      ?? model.incrementCAM(
        input, target: target, layer: layer, settings: widest(method))
    for try await step in steps { kept[key] = step }
    guard let scored = kept[key], scored.two.isComplete,
      let own = scored.changed(to: method.settings.incrementCAM)
    else { throw CancellationError() }
    return own
  }

  /// The settings whose passes serve all that mask the same inputs.
  private func widest(_ method: MethodVariant) -> MethodSettings {
    let sharing = sharing(method).map(\.settings.incrementCAM)
    var settings = method.settings
    if sharing.contains(where: { $0.score == .increase }) {
      settings.incrementCAM.score = .increase
    }
    settings.incrementCAM.channels =
      sharing.map(\.channels).max { $0.share < $1.share } ?? settings.incrementCAM.channels
    return settings
  }
}

extension IncrementCAMSettings.Channels {
  /// How many of the channels, 0 to 1.
  fileprivate var share: Double {
    switch self {
    case .all: 1
    case .fraction(let fraction): fraction
    }
  }
}

extension IncrementCAMProgress {
  /// The map that counts of a method with these settings.
  func map(of method: MethodVariant) -> HeatMap {
    let settings = method.settings.incrementCAM
    return switch method.map {
    case "phase1": one.map
    case "phase2": two.map
    default: three(merge: settings.merge, regularize: settings.regularize).map
    }
  }
}
