import Inference

extension Model {
  /// How many places a batch of different images has where nothing is said: the weights are read once for
  /// all of them, and more places make an image little cheaper.
  public static let placesTogether = 16

  /// Explains one class of each of several images, which pass through the network together.
  ///
  /// Of many images each takes less time than by itself: ResNet-18 on two cores half as much. The network
  /// always runs on as many places, some of which may stay empty, so that an explanation does not depend
  /// on which others were asked for with it; it differs from that of ``explain(_:target:layer:method:settings:progress:)`` by
  /// rounding. What a method needs beyond the shared passes it runs image by image.
  ///
  /// - Parameters:
  ///   - inputs: What ``prepare(_:)`` made.
  ///   - candidates: Of each image the targets that may be explained: the most probable one is; empty for
  ///     all classes.
  ///   - layer: The layer; nil for ``defaultLayer``.
  ///   - method: The method.
  ///   - settings: The settings of the method.
  ///   - places: How many images pass at once; fewer where ``MethodSettings/memoryLimit`` says so. Changes
  ///     a map by rounding alone.
  /// - Returns: Of each image its explanation, or what is wrong with its own results. The seconds of the
  ///   shared passes are divided evenly.
  /// - Throws: ``ModelError`` where a class is out of range, the layer cannot be explained, or the machine
  ///   gives out; `CancellationError` when the task is cancelled, within one batch.
  public func explain(
    _ inputs: [PreparedInput], candidates: [[Target]] = [], layer: Layer? = nil,
    method: Method = .gradCAM, settings: MethodSettings = MethodSettings(),
    places: Int = placesTogether
  ) async throws -> [Result<Explanation, ModelError>] {
    for target in candidates.joined() { try check(target) }
    let layer = try explainable(layer)
    let hasGradient = method.cost(layer, settings).backward > 0
    let shared = Passes(forward: 1, backward: hasGradient ? 1 : 0)
    var results: [Result<Explanation, ModelError>] = []
    for (place, observation) in try await observations(
      inputs, candidates, layer, hasGradient: hasGradient,
      (places, settings.memoryLimit)
    ).enumerated() {
      let run = ExplanationRun(
        model: self, input: inputs[place], values: [], layers: [layer], fusion: .maximum,
        methods: [method], settings: settings, progress: nil)
      results.append(
        try await ofImage {
          try checkFinite([observation.row])
          return try await run.explanation(method, [observation])
            .including(shared, observation.seconds)
        })
    }
    return results
  }

  /// Runs the network on several images together, as ``explain(_:candidates:layer:method:settings:places:)``
  /// does.
  ///
  /// - Parameters:
  ///   - inputs: What ``prepare(_:)`` made.
  ///   - layer: The layer that is explained before or afterwards, which then costs no second pass; nil for
  ///     ``defaultLayer``.
  ///   - settings: Only the memory limit counts.
  ///   - places: How many images pass at once.
  /// - Returns: Of each image the scores and probabilities of all classes, or what is wrong with them.
  /// - Throws: ``ModelError`` where the machine gives out; `CancellationError` when the task is cancelled,
  ///   within one batch.
  public func classify(
    _ inputs: [PreparedInput], layer: Layer? = nil, settings: MethodSettings = MethodSettings(),
    places: Int = placesTogether
  ) async throws -> [Result<Classification, ModelError>] {
    var results: [Result<Classification, ModelError>] = []
    guard let layer = layer ?? defaultLayer else {
      for input in inputs { results.append(try await ofImage { try await classify(input) }) }
      return results
    }
    for observation in try await observations(
      inputs, [], layer, hasGradient: false, (places, settings.memoryLimit))
    {
      results.append(
        try await ofImage {
          try checkFinite([observation.row])
          return Classification(observation.row, head: head, labels: labels)
        })
    }
    return results
  }

  private func observations(
    _ inputs: [PreparedInput], _ candidates: [[Target]], _ layer: Layer, hasGradient: Bool,
    _ limits: (places: Int, memory: Int?)
  ) async throws -> [Observation] {
    try check(layer)
    let values = try inputs.map(networkInput)
    let candidates =
      candidates + Array(repeating: [], count: max(0, inputs.count - candidates.count))
    var result: [Observation] = []
    while result.count < inputs.count {
      let first = result.count
      result += try await perform { executor in
        try Task.checkCancellation()
        let size = try executor.batch(
          ofPassesTo: layer.structure, atMost: max(1, limits.places),
          within: limits.memory ?? MaskScoring.memoryLimit)
        let range = first..<min(first + size, inputs.count)
        return try Observation.batch(
          executor, inputs: Array(values[range]), batchSize: size, layer: layer.structure,
          head: head, candidates: Array(candidates[range]), hasGradient: hasGradient)
      }
    }
    return result
  }

  /// What a closure returns, or the error that is about one image's results alone.
  func ofImage<Value>(
    _ body: () async throws -> Value
  ) async throws -> Result<Value, ModelError> {
    do {
      return .success(try await body())
    } catch let error as ModelError where error.kind == .malformed {
      return .failure(error)
    } catch let refusal as MethodRefusal {
      return .failure(ModelError(.request, refusal.description))
    }
  }
}

extension Executor {
  /// How many places a batch of different images has.
  ///
  /// - Throws: an ``InferenceError`` where the machine has not the memory for one image.
  func places(atMost places: Int, memoryLimit: Int?) throws -> Int {
    try batch(atMost: max(1, places), within: memoryLimit ?? MaskScoring.memoryLimit)
  }
}
