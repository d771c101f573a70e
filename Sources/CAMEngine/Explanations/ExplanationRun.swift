import Inference

/// Several methods on one input: every layer is observed once, then each method adds what it needs.
struct ExplanationRun {
  let model: Model
  let input: PreparedInput
  /// The input in the order of the network's axes.
  let values: [Float]
  let layers: [Layer]
  let fusion: LayerFusion
  let methods: [Method]
  let settings: MethodSettings
  let progress: (@Sendable (ExplanationProgress) -> Void)?

  /// Runs everything that the methods need.
  ///
  /// - Parameter target: What is explained; nil for the most probable class.
  /// - Returns: One explanation a method.
  /// - Throws: ``ModelError``, or `CancellationError`.
  func comparison(target: Target?) async throws -> MethodComparison {
    let counter = PassCounter()
    var observations: [Observation] = []
    for layer in layers {
      let target = observations.first?.target ?? target
      observations.append(
        try await PassCounter.$current.withValue(counter) { try await observe(layer, target) })
    }
    var explanations: [Explanation] = []
    var leftOut: [String] = []
    for method in methods {
      do {
        explanations.append(try await explanation(method, observations))
      } catch let refusal as MethodRefusal {
        leftOut.append(refusal.description)
      }
    }
    guard !explanations.isEmpty else { throw ModelError(.request, leftOut.first ?? "no method") }
    return MethodComparison(
      sharedPasses: counter.passes, sharedSeconds: observations.reduce(0) { $0 + $1.seconds },
      explanations: explanations, leftOut: leftOut)
  }

  private func observe(_ layer: Layer, _ target: Target?) async throws -> Observation {
    let hasGradient = methods.contains { $0.cost(layer, settings).backward > 0 }
    let observation = try await model.perform { executor in
      try Task.checkCancellation()
      return try Observation(
        executor, input: values, layer: layer.structure, head: model.head, target: target,
        hasGradient: hasGradient)
    }
    try model.checkFinite([observation.row])
    return observation
  }

  /// What a method makes of observations.
  ///
  /// - Parameters:
  ///   - method: The method.
  ///   - observations: One a layer.
  /// - Returns: The explanation, without the passes of the observations.
  /// - Throws: ``ModelError``, or `CancellationError`.
  func explanation(
    _ method: Method, _ observations: [Observation]
  ) async throws -> Explanation {
    var parts: [Part] = []
    for (layer, observation) in zip(layers, observations) {
      let part = try await part(method, layer, observation)
      try model.checkFinite(
        [part.result.weights, part.result.scores] + part.result.maps.map(\.values))
      parts.append(part)
    }
    let classification = Classification(
      observations[0].row, head: model.head, labels: model.labels)
    let isOne = parts.count == 1
    return Explanation(
      method: method, layers: layers, fusion: isOne ? nil : fusion,
      target: classification[observations[0].target], classification: classification,
      maps: parts[0].result.maps.indices.map { index in fused(parts.map { $0.map(index) }) },
      weights: isOne ? parts[0].result.weights : [],
      channelScores: isOne ? parts[0].result.scores : [],
      parameters: parts[0].result.parameters,
      passes: parts.reduce(Passes(forward: 0)) { $0 + $1.passes },
      seconds: parts.reduce(0) { $0 + $1.seconds })
  }

  private func fused(_ maps: [Explanation.Map]) -> Explanation.Map {
    guard maps.count > 1 else { return maps[0] }
    let seconds = maps.compactMap(\.seconds)
    return Explanation.Map(
      name: maps[0].name, map: fusion.fused(maps.map(\.map)),
      signed: LayerFusion.signedMean(maps.map(\.signed)),
      seconds: seconds.isEmpty ? nil : seconds.reduce(0, +))
  }

  private func part(
    _ method: Method, _ layer: Layer, _ observation: Observation
  ) async throws -> Part {
    let counter = counter(method, layer)
    let (result, seconds) = try await PassCounter.$current.withValue(counter) {
      try await model.perform { executor in
        try Task.checkCancellation()
        let start = ContinuousClock.now
        let scene = Scene(
          executor: executor, head: model.head, planes: input.values,
          values: values, observation: observation)
        let result = try method.implementation.result(scene, settings)
        return (result, (ContinuousClock.now - start) / .seconds(1))
      }
    }
    return Part(layer: layer, result: result, passes: counter.passes, seconds: seconds)
  }

  private func counter(_ method: Method, _ layer: Layer) -> PassCounter {
    guard let progress else { return PassCounter() }
    let cost = method.cost(layer, settings)
    let total = cost.total - 1 - cost.backward
    let start = ContinuousClock.now
    return PassCounter { passes in
      progress(
        ExplanationProgress(
          method: method, layer: layer, done: passes.total, total: total,
          seconds: (ContinuousClock.now - start) / .seconds(1)))
    }
  }

  /// What a method made of one layer.
  private struct Part {
    let layer: Layer
    let result: MethodResult
    let passes: Passes
    let seconds: Double

    func map(_ index: Int) -> Explanation.Map {
      let signed = result.maps[index]
      return Explanation.Map(
        name: signed.name,
        map: HeatMap(
          width: layer.width, height: layer.height, values: finished(signed.values)),
        signed: HeatMap(width: layer.width, height: layer.height, values: signed.values),
        seconds: signed.seconds)
    }
  }
}

extension Explanation {
  /// The same with the cost of the passes that it shared with others.
  func including(_ shared: Passes, _ sharedSeconds: Double) -> Explanation {
    Explanation(
      method: method, layers: layers, fusion: fusion, target: target,
      classification: classification, maps: maps, weights: weights, channelScores: channelScores,
      parameters: parameters, passes: passes + shared, seconds: seconds + sharedSeconds)
  }
}
