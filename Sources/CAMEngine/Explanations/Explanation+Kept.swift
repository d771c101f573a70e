extension Explanation.Map {
  /// A map that was kept.
  ///
  /// - Parameters:
  ///   - name: What its files are called.
  ///   - map: The finished map.
  ///   - signed: The map before its ReLU and normalisation.
  ///   - seconds: The time that it took alone, where that is known.
  package init(kept name: String, map: HeatMap, signed: HeatMap, seconds: Double?) {
    self.init(name: name, map: map, signed: signed, seconds: seconds)
  }
}

extension Explanation {
  /// An explanation of one layer, put together of what was kept of it. Its passes are not known.
  ///
  /// - Parameters:
  ///   - method: The method that made it.
  ///   - layer: The layer.
  ///   - target: What is explained.
  ///   - classification: What the network says of the image.
  ///   - maps: The maps, at least one, in the order in which the method makes them.
  ///   - weights: The weight of every channel.
  ///   - channelScores: The score of every channel's masked input.
  ///   - parameters: The settings that were used.
  ///   - seconds: The time that everything took.
  package init(
    kept method: Method, layer: Layer, target: Target, classification: Classification,
    maps: [Map], weights: [Float], channelScores: [Float], parameters: [String: String],
    seconds: Double
  ) {
    self.init(
      method: method, layers: [layer], fusion: nil, target: classification[target],
      classification: classification, maps: maps, weights: weights,
      channelScores: channelScores, parameters: parameters, passes: Passes(forward: 0),
      seconds: seconds)
  }
}
