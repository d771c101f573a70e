/// The figures for which the network is asked, of one map.
struct ConfidenceMeasuring {
  /// The input, `[planes, height, width]`.
  let image: [Float]
  /// The map at the input's size.
  let map: HeatMap
  /// Y, the class's probability on the image.
  let original: Double
  /// Whether Y is a probability, and no share of a score; what is gained up to 1 has a meaning only then.
  var hasProbabilities = true
  let wanted: Set<Metric>
  let settings: MetricSettings
  /// The class's probability on the masked image, where it is known already.
  var masked: Float?

  /// The figures that compare the image with what the map leaves of it.
  static let ofMaskedImage: Set<Metric> = [
    .averageDrop, .increaseInConfidence, .averageGain, .adcc,
  ]

  /// Asks the network.
  ///
  /// - Returns: The figures that are wanted, and others that the same passes give.
  func measured(_ network: some ClassProbabilities) throws -> MapMeasurement {
    var result = MapMeasurement()
    if !wanted.isDisjoint(with: Self.ofMaskedImage) {
      let masked = Double(try self.masked ?? network.masked(image, by: map.values))
      result.values[.averageDrop] = AverageDrop.value(original: original, masked: masked)
      result.values[.increaseInConfidence] = IncreaseInConfidence.value(
        original: original, masked: masked)
      if hasProbabilities {
        result.values[.averageGain] = AverageGain.value(original: original, masked: masked)
      }
    }
    try measureSteps(network, &result)
    return result
  }

  private func measureSteps(
    _ network: some ClassProbabilities, _ result: inout MapMeasurement
  ) throws {
    let isDifferenceWanted = wanted.contains(.insertionMinusDeletion)
    let isInsertionWanted = isDifferenceWanted || wanted.contains(.insertion)
    let isDeletionWanted = isDifferenceWanted || wanted.contains(.deletion)
    guard isInsertionWanted || isDeletionWanted else { return }
    let steps = PixelSteps(
      ranking: PixelRanking(map.values), step: settings.step(width: map.width))
    if isInsertionWanted {
      let baseline = try baseline(settings.insertionBaseline)
      let curve = try Insertion.curve(image, baseline: baseline, steps, network)
      result.insertion = curve
      result.values[.insertion] = curve.area
    }
    if isDeletionWanted {
      let baseline = try baseline(settings.deletionBaseline)
      let curve = try Deletion.curve(image, baseline: baseline, steps, network)
      result.deletion = curve
      result.values[.deletion] = curve.area
    }
    if let insertion = result.insertion, let deletion = result.deletion {
      result.values[.insertionMinusDeletion] = insertion.area - deletion.area
    }
  }

  private func baseline(_ baseline: MetricSettings.Baseline) throws -> [Float] {
    switch baseline {
    case .zero: Array(repeating: 0, count: image.count)
    case .blur: try RISEBlur.blurred(image, height: map.height, width: map.width)
    }
  }
}
