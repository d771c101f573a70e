import Inference

/// Why a network gives a class its score, as maps over the image.
public struct Explanation: Sendable {
  /// One map.
  public struct Map: Sendable, Equatable {
    /// What its files are called: `phase1`, `phase2` and `phase3` for Increment-CAM, else the method's
    /// name.
    public let name: String
    /// Values 0 to 1 at the layer's resolution: `N(ReLU(signed))`. All zero when nothing speaks for
    /// the class.
    public let map: HeatMap
    /// The map before its ReLU and normalisation: negative where the image speaks against the class.
    public let signed: HeatMap
    /// The time that it took alone, in seconds, where that is known.
    public let seconds: Double?
  }

  /// The method that made it.
  public let method: Method
  /// The layer that it was made of.
  public let layer: Layer
  /// The explained class.
  public let target: Classification.ClassScore
  /// What the network says of the image.
  public let classification: Classification
  /// The maps, in the order in which the method makes them.
  public let maps: [Map]
  /// The weight of every channel (alpha); empty for methods without.
  public let weights: [Float]
  /// The score of every channel's masked input (S); empty for methods without.
  public let channelScores: [Float]
  /// The settings that were used, by the names of the command line.
  public let parameters: [String: String]
  /// The time that everything took, in seconds, the forward pass included.
  public let seconds: Double

  /// The map to show: the last one.
  public var map: HeatMap { maps[maps.count - 1].map }

  /// Whether the map is empty: no place speaks for the class. ``Map/signed`` then shows what speaks
  /// against it.
  public var isEmpty: Bool { !map.values.contains { $0 > 0 } }
}

extension Model {
  /// Explains one class of an image.
  ///
  /// - Parameters:
  ///   - input: What ``prepare(_:)`` made.
  ///   - classIndex: The class; nil for the most probable one.
  ///   - layer: The layer; nil for ``defaultLayer``.
  ///   - method: The method.
  ///   - settings: The settings of the method.
  /// - Returns: The maps with everything that belongs to them.
  /// - Throws: ``ModelError`` where the class is out of range, the layer cannot be explained, the
  ///   results are no numbers, or the machine gives out; `CancellationError` when the task is cancelled, within one batch.
  public func explain(
    _ input: PreparedInput, classIndex: Int? = nil, layer: Layer? = nil,
    method: Method = .gradCAM, settings: MethodSettings = MethodSettings()
  ) async throws -> Explanation {
    let layer = try explainable(layer)
    try check(classIndex)
    let values = networkInput(input)
    let (result, scores, target, seconds) = try await perform { executor in
      let start = ContinuousClock.now
      let scene = try Scene(
        executor, planes: input.values, input: values, layer: layer.structure,
        classIndex: classIndex)
      let result = try method.implementation.result(scene, settings)
      return (result, scene.scores, scene.classIndex, (ContinuousClock.now - start) / .seconds(1))
    }
    try checkFinite([scores, result.weights] + result.maps.map(\.values))
    let classification = Classification(scores: scores, labels: labels)
    return Explanation(
      method: method, layer: layer, target: classification[target],
      classification: classification, maps: result.maps.map { $0.finished(layer) },
      weights: result.weights, channelScores: result.scores, parameters: result.parameters,
      seconds: seconds)
  }

  /// Refuses a class that the model has not.
  func check(_ classIndex: Int?) throws {
    guard let classIndex, !(0..<classCount).contains(classIndex) else { return }
    throw ModelError(.request, "There is no class \(classIndex); expected 0 to \(classCount - 1).")
  }

  /// The layer to explain.
  func explainable(_ wanted: Layer?) throws -> Layer {
    guard let layer = wanted ?? defaultLayer else {
      throw ModelError(
        .malformed, "\(path) has no spatial activation; a convolutional network was expected.")
    }
    guard layer.isCandidate else {
      throw ModelError(
        .request,
        "The layer \(layer.name) (\(layer.channels) x \(layer.height) x \(layer.width)) has no"
          + " map; a layer larger than 1 x 1 that the scores depend on was expected.")
    }
    return layer
  }
}

extension MethodResult.SignedMap {
  fileprivate func finished(_ layer: Layer) -> Explanation.Map {
    Explanation.Map(
      name: name,
      map: HeatMap(
        width: layer.width, height: layer.height, values: CAMEngine.finished(values)),
      signed: HeatMap(width: layer.width, height: layer.height, values: values),
      seconds: seconds)
  }
}
