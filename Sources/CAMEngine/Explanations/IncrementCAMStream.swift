import Inference

/// Increment-CAM under way: Phase 1 with as much of Phase 2 as there is.
public struct IncrementCAMProgress: Sendable, Equatable {
  /// What the network says of the image.
  public let classification: Classification
  /// What is explained, with what the network says of it.
  public let target: Classification.ClassScore
  /// The model that began it.
  let model: ModelIdentity
  /// Phase 1.
  public var one: PhaseOne { scoring.one }
  /// Phase 2, perhaps not complete yet.
  public let two: PhaseTwo
  /// What Phase 2 goes on with.
  let scoring: PhaseTwoScoring

  /// The settings.
  public var settings: IncrementCAMSettings { scoring.settings }

  /// The passes that a run of these settings needs to come this far.
  public var passes: Passes {
    let hasEmpty = scoring.settings.score == .increase && two.scoredCount > 0
    return Passes(forward: 1 + two.scoredCount + (hasEmpty ? 1 : 0), backward: 1)
  }

  /// Phase 3 of what there is; costs no pass, so that its settings can be changed at once.
  ///
  /// - Parameters:
  ///   - merge: How the maps are joined.
  ///   - regularize: What is done last.
  /// - Returns: The joined map.
  public func three(
    merge: IncrementCAMSettings.Merge, regularize: IncrementCAMSettings.Regularize
  ) -> PhaseThree {
    PhaseThree(one, two, merge: merge, regularize: regularize)
  }

  /// The same Phase 1 with other settings of Phase 2; costs no pass. Channels that were scored are not
  /// scored again, whatever is made of their scores.
  ///
  /// - Parameter settings: The settings.
  /// - Returns: Complete where no channel is missing, otherwise to go on with; nil where the settings
  ///   mask other inputs, and nothing can be kept.
  public func changed(to settings: IncrementCAMSettings) -> IncrementCAMProgress? {
    guard let scoring = scoring.changed(to: settings) else { return nil }
    return IncrementCAMProgress(
      classification: classification, target: target, model: model, two: scoring.phase,
      scoring: scoring)
  }
}

extension Model {
  /// Runs Increment-CAM step by step: first Phase 1 with nothing scored, then after every batch of
  /// channels, the largest contributions first, a result that is valid by itself.
  ///
  /// The last element is what ``explain(_:target:layer:method:settings:progress:)`` gives, bit by bit. Between two
  /// batches other work of the model gets its turn.
  ///
  /// - Parameters:
  ///   - input: What ``prepare(_:)`` made.
  ///   - target: What is explained; nil for the most probable class.
  ///   - layer: The layer; nil for ``defaultLayer``.
  ///   - settings: The settings.
  ///   - tolerance: Ends early once ``PhaseTwo/remainder`` is below this; nil goes on to the end.
  /// - Returns: Results; the sequence ends by throwing ``ModelError``, or without an error when its
  ///   task is cancelled, within one batch.
  public func incrementCAM(
    _ input: PreparedInput, target: Target? = nil, layer: Layer? = nil,
    settings: MethodSettings = MethodSettings(), tolerance: Float? = nil
  ) -> AsyncThrowingStream<IncrementCAMProgress, any Error> {
    steps(tolerance) { try await start(input, target, layer, settings) }
  }

  /// Goes on with an Increment-CAM that was cancelled: first what there was, then as without the
  /// interruption, bit by bit. No channel is scored twice.
  ///
  /// - Parameters:
  ///   - progress: What there is; of this model.
  ///   - tolerance: As for a new run.
  /// - Returns: Results, as for a new run; an error where another model began it.
  public func incrementCAM(
    continuing progress: IncrementCAMProgress, tolerance: Float? = nil
  ) -> AsyncThrowingStream<IncrementCAMProgress, any Error> {
    steps(tolerance) {
      try check(progress)
      return Run(
        model: identity, classification: progress.classification, target: progress.target.target,
        scoring: progress.scoring)
    }
  }

  private func steps(
    _ tolerance: Float?, from begin: @escaping @Sendable () async throws -> Run
  ) -> AsyncThrowingStream<IncrementCAMProgress, any Error> {
    AsyncThrowingStream { continuation in
      let task = Task {
        do {
          var run = try await begin()
          continuation.yield(run.progress)
          while !run.scoring.isComplete {
            if let tolerance, let rest = run.progress.two.remainder, rest < tolerance { break }
            let state = run.scoring
            run.scoring = try await perform { executor in
              var next = state
              try next.step(executor)
              return next
            }
            let progress = run.progress
            try checkFinite([progress.two.scores, progress.two.map.values])
            continuation.yield(progress)
          }
          continuation.finish()
        } catch {
          continuation.finish(throwing: error is CancellationError ? nil : error)
        }
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  private struct Run: Sendable {
    let model: ModelIdentity
    let classification: Classification
    let target: Target
    var scoring: PhaseTwoScoring

    var progress: IncrementCAMProgress {
      IncrementCAMProgress(
        classification: classification, target: classification[target], model: model,
        two: scoring.phase, scoring: scoring)
    }
  }

  private func start(
    _ input: PreparedInput, _ wanted: Target?, _ layer: Layer?, _ settings: MethodSettings
  ) async throws -> Run {
    let layer = try explainable(layer)
    try check(wanted)
    let values = try networkInput(input)
    try ScoringSize.check(settings.incrementCAM.scoringSize, of: structure)
    let (one, row, target) = try await perform { executor in
      try Task.checkCancellation()
      let observation = try Observation(
        executor, input: values, layer: layer.structure, head: head, target: wanted,
        hasGradient: true)
      let scene = Scene(
        executor: executor, head: head, planes: input.values, values: values,
        observation: observation)
      return (IncrementCAM.phaseOne(scene), observation.row, observation.target)
    }
    try checkFinite([row, one.alpha, one.signedMap.values])
    return Run(
      model: identity, classification: Classification(row, head: head, labels: labels),
      target: target,
      scoring: PhaseTwoScoring(
        one, planes: input.values, head: head, target: target, settings: settings.incrementCAM,
        batchSize: settings.batchSize, memoryLimit: settings.memoryLimit))
  }
}
