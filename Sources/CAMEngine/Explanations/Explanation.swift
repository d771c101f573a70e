internal import Inference

/// Why a network gives a class its score, as one map over the image.
public struct Explanation: Sendable {
  /// The method that made it.
  public let method: Method
  /// The layer that it was made of.
  public let layer: Layer
  /// The explained class.
  public let target: Classification.ClassScore
  /// What the network says of the image.
  public let classification: Classification
  /// The map: values 0 to 1 at the layer's resolution. All zero when nothing speaks for the class.
  public let map: HeatMap
  /// The map before its ReLU and normalisation: negative where the image speaks against the class.
  public let signedMap: HeatMap
  /// The weight of every channel; empty for methods without.
  public let weights: [Float]
  /// The time that the map took, in seconds, the forward pass included.
  public let seconds: Double

  /// Whether the map is empty: no place speaks for the class. ``signedMap`` then shows what speaks
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
  /// - Returns: The map with everything that belongs to it.
  /// - Throws: ``ModelError`` where the class is out of range, the layer cannot be explained, or the
  ///   machine gives out.
  public func explain(
    _ input: PreparedInput, classIndex: Int? = nil, layer: Layer? = nil,
    method: Method = .gradCAM
  ) async throws -> Explanation {
    let layer = try explainable(layer)
    if let classIndex, !(0..<classCount).contains(classIndex) {
      throw ModelError(
        .request, "There is no class \(classIndex); expected 0 to \(classCount - 1).")
    }
    let values = networkInput(input)
    let result = try await perform { executor in
      let start = ContinuousClock.now
      let scene = try Scene(
        executor, input: values, layer: layer.structure, classIndex: classIndex)
      let map = try method.implementation.map(scene)
      return (scene.scores, scene.classIndex, map, (ContinuousClock.now - start) / .seconds(1))
    }
    return explanation(method, layer, result.0, result.1, result.2, seconds: result.3)
  }

  private func explainable(_ wanted: Layer?) throws -> Layer {
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

  private func explanation(
    _ method: Method, _ layer: Layer, _ scores: [Float], _ classIndex: Int, _ map: SignedMap,
    seconds: Double
  ) -> Explanation {
    let classification = Classification(scores: scores, labels: labels)
    let signed = HeatMap(width: layer.width, height: layer.height, values: map.values)
    let positive = HeatMap(
      width: layer.width, height: layer.height, values: map.values.map { max($0, 0) })
    return Explanation(
      method: method, layer: layer, target: classification[classIndex],
      classification: classification, map: positive.normalized(), signedMap: signed,
      weights: map.weights, seconds: seconds)
  }
}
