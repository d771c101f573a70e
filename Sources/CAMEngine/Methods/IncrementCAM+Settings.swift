extension IncrementCAM {
  /// All that Increment-CAM can be told, in the order of its phases.
  static let settings: [MethodSetting] = [
    .choice("scoring-input", "scoringInput", "what is masked", \.incrementCAM.scoringInput),
    .number(
      "scoring-size", "scoringSize", "pixels of the masked input", in: 1...16384,
      \.incrementCAM.scoringSize),
    .choice("score", "score", "what the scores become", \.incrementCAM.score),
    .text(
      "channels", "channels", "share of channels scored",
      expected: "all, or a fraction above 0 and up to 1", \.incrementCAM.channels),
    .choice("merge", "merge", "how the maps are joined", isFree: true, \.incrementCAM.merge),
    .choice(
      "regularize", "regularize", "what is done last", isFree: true, \.incrementCAM.regularize),
  ]
}

extension IncrementCAMSettings {
  /// The settings by the names of a manifest.
  ///
  /// - Parameter inputSize: The network's own input size, at which masked inputs are scored where no
  ///   other is given: `224`, or `320x192` where it is not square.
  /// - Returns: Names and values.
  public func parameters(inputSize: (width: Int, height: Int)) -> [String: String] {
    let own =
      inputSize.width == inputSize.height
      ? "\(inputSize.width)" : "\(inputSize.width)x\(inputSize.height)"
    var settings = MethodSettings()
    settings.incrementCAM = self
    return Dictionary(
      uniqueKeysWithValues: IncrementCAM.settings.map { ($0.key, $0.value(settings) ?? own) })
  }
}
