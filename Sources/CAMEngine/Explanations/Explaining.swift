import Inference

extension Model {
  /// Explains one class of an image.
  ///
  /// - Parameters:
  ///   - input: What ``prepare(_:)`` made.
  ///   - target: What is explained; nil for the most probable class.
  ///   - layer: The layer; nil for ``defaultLayer``.
  ///   - method: The method; ``Method/cost(_:_:)`` says what it costs.
  ///   - settings: The settings of the method.
  ///   - progress: Called after every batch of passes, on the network's thread.
  /// - Returns: The maps with everything that belongs to them.
  /// - Throws: ``ModelError`` where the class is out of range, the layer cannot be explained, the
  ///   scoring size does not fit, the results are no numbers, or the machine gives out;
  ///   `CancellationError` when the task is cancelled, within one batch.
  public func explain(
    _ input: PreparedInput, target: Target? = nil, layer: Layer? = nil,
    method: Method = .gradCAM, settings: MethodSettings = MethodSettings(),
    progress: (@Sendable (ExplanationProgress) -> Void)? = nil
  ) async throws -> Explanation {
    try await explain(
      input, target: target, layers: [try explainable(layer)], method: method,
      settings: settings, progress: progress)
  }

  /// Explains one class of an image by the maps of several layers, joined into one.
  ///
  /// - Parameters:
  ///   - input: What ``prepare(_:)`` made.
  ///   - target: What is explained; nil for the most probable class.
  ///   - layers: The layers; empty for ``defaultLayer``.
  ///   - fusion: How the maps of several layers are joined; every map by the one of the same name.
  ///   - method: The method.
  ///   - settings: The settings of the method.
  ///   - progress: Called after every batch of passes, on the network's thread.
  /// - Returns: The maps, as high and wide as the largest layer.
  /// - Throws: As for one layer.
  public func explain(
    _ input: PreparedInput, target: Target? = nil, layers: [Layer],
    fusion: LayerFusion = .maximum, method: Method = .gradCAM,
    settings: MethodSettings = MethodSettings(),
    progress: (@Sendable (ExplanationProgress) -> Void)? = nil
  ) async throws -> Explanation {
    let comparison = try await compare(
      input, target: target, layers: layers, fusion: fusion, methods: [method],
      settings: settings, progress: progress)
    return comparison.explanations[0].including(comparison.sharedPasses, comparison.sharedSeconds)
  }

  /// Explains one class of an image by several methods.
  ///
  /// Each layer is passed once, forward, and backward where a method wants it; Grad-CAM, Grad-CAM++,
  /// HiResCAM, XGrad-CAM, LayerCAM and EigenCAM need no more.
  ///
  /// - Parameters:
  ///   - input: What ``prepare(_:)`` made.
  ///   - target: What is explained; nil for the most probable class.
  ///   - layers: The layers; empty for ``defaultLayer``.
  ///   - fusion: How the maps of several layers are joined.
  ///   - methods: The methods, at least one.
  ///   - settings: The settings of the methods.
  ///   - progress: Called after every batch of passes, on the network's thread.
  /// - Returns: One explanation a method.
  /// - Throws: As for one method.
  public func compare(
    _ input: PreparedInput, target: Target? = nil, layers: [Layer] = [],
    fusion: LayerFusion = .maximum, methods: [Method] = Method.all,
    settings: MethodSettings = MethodSettings(),
    progress: (@Sendable (ExplanationProgress) -> Void)? = nil
  ) async throws -> MethodComparison {
    try check(target)
    let layers = try layers.isEmpty ? [explainable(nil)] : layers.map(explainable)
    let run = ExplanationRun(
      model: self, input: input, values: try networkInput(input), layers: layers, fusion: fusion,
      methods: methods, settings: settings, progress: progress)
    return try await run.comparison(target: target)
  }

  /// Refuses a target that takes a class that the model has not.
  func check(_ target: Target?) throws {
    let indices = target.map { [$0.classIndex] + $0.terms.map(\.index) } ?? []
    guard let wrong = indices.first(where: { !(0..<classCount).contains($0) }) else { return }
    throw ModelError(.request, "There is no class \(wrong); expected 0 to \(classCount - 1).")
  }

  /// The layer to explain.
  func explainable(_ wanted: Layer?) throws -> Layer {
    guard let layer = wanted ?? defaultLayer else {
      throw ModelError(
        .malformed,
        "\(path) has no spatial activation that can be followed from the image; a convolutional network,"
          + " or one of tokens, was expected.")
    }
    try check(layer)
    guard layer.isCandidate else {
      throw ModelError(
        .request,
        "The layer \(layer.name) (\(layer.channels) x \(layer.height) x \(layer.width)) has no"
          + " map; a layer larger than 1 x 1 that the scores depend on was expected.")
    }
    return layer
  }
}
