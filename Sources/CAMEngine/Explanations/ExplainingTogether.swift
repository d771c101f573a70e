import Inference

extension Model {
  /// How many images pass through the network together where nothing is said: the weights are read once
  /// for all of them, and more make an image little cheaper.
  public static let imagesTogether = 8

  /// Explains one class of each of several images, which pass through the network together.
  ///
  /// Of many images each takes less time than by itself: ResNet-18 on two cores half as much. The network
  /// always runs on ``MethodSettings/batchSize`` places (``imagesTogether`` where nothing is said, fewer
  /// where the memory limit says so), so that an explanation does not depend on which others were asked
  /// for with it; it differs from that of ``explain(_:classIndex:layer:method:settings:progress:)`` by
  /// rounding. What a method needs beyond the shared passes it runs image by image.
  ///
  /// - Parameters:
  ///   - inputs: What ``prepare(_:)`` made.
  ///   - candidates: Of each image the classes that may be explained: the most probable one is; empty for
  ///     all classes.
  ///   - layer: The layer; nil for ``defaultLayer``.
  ///   - method: The method.
  ///   - settings: The settings of the method.
  /// - Returns: Of each image its explanation, or what is wrong with its own results. The seconds of the
  ///   shared passes are divided evenly.
  /// - Throws: ``ModelError`` where a class is out of range, the layer cannot be explained, or the machine
  ///   gives out; `CancellationError` when the task is cancelled, within one batch.
  public func explain(
    _ inputs: [PreparedInput], candidates: [[Int]] = [], layer: Layer? = nil,
    method: Method = .gradCAM, settings: MethodSettings = MethodSettings()
  ) async throws -> [Result<Explanation, ModelError>] {
    for index in candidates.joined() { try check(index) }
    let layer = try explainable(layer)
    let hasGradient = method.cost(layer, settings).backward > 0
    let shared = Passes(forward: 1, backward: hasGradient ? 1 : 0)
    var results: [Result<Explanation, ModelError>] = []
    for (place, observation) in try await observations(
      inputs, candidates, layer, hasGradient: hasGradient, settings
    ).enumerated() {
      let run = ExplanationRun(
        model: self, input: inputs[place], values: [], layers: [layer], fusion: .maximum,
        methods: [method], settings: settings, progress: nil)
      results.append(
        try await ofImage {
          try checkFinite([observation.scores])
          return try await run.explanation(method, [observation])
            .including(shared, observation.seconds)
        })
    }
    return results
  }

  private func observations(
    _ inputs: [PreparedInput], _ candidates: [[Int]], _ layer: Layer, hasGradient: Bool,
    _ settings: MethodSettings
  ) async throws -> [Observation] {
    let values = inputs.map(networkInput)
    let candidates = candidates + Array(repeating: [], count: inputs.count - candidates.count)
    var result: [Observation] = []
    while result.count < inputs.count {
      let first = result.count
      result += try await perform { executor in
        try Task.checkCancellation()
        let size = try settings.placesTogether(executor)
        let range = first..<min(first + size, inputs.count)
        return try Observation.batch(
          executor, inputs: Array(values[range]), batchSize: size, layer: layer.structure,
          candidates: Array(candidates[range]), hasGradient: hasGradient)
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
    }
  }
}

extension MethodSettings {
  /// How many places a batch of different images has.
  ///
  /// - Throws: an ``InferenceError`` where the machine has not the memory for one image.
  func placesTogether(_ executor: Executor) throws -> Int {
    try executor.batch(
      atMost: batchSize ?? Model.imagesTogether, within: memoryLimit ?? MaskScoring.memoryLimit)
  }
}
