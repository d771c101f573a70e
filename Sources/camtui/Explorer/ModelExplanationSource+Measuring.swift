import CAMEngine

/// What the numbers view shows: the engine's metrics with the conventions of `explain --metrics`,
/// or of the evaluation that is looked at.
extension ModelExplanationSource {
  func measure(
    _ measurement: Measurement, of path: String, report: @escaping @Sendable (PassCount) -> Void
  ) async throws -> MapNumbers {
    let input = try input(of: path)
    try Task.checkCancellation()
    let target = try await classification(of: path)[measurement.map.request.target]
    let origin = try origin(of: measurement.map, target)
    let total = passes(of: measurement.part, origin, input)
    let metrics = Self.metrics(of: measurement.part)
    let result = try await network.metrics(
      of: HeatMap(measurement.values), from: origin, input: input, metrics,
      boxes: metrics.contains(where: \.needsBoxes)
        ? boxes(of: path, classIndex: origin.target.index) : [],
      settings: metricSettings
    ) { report(PassCount(done: min($0, total), total: total)) }
    return MapNumbers(result, metrics)
  }

  private static func metrics(of part: MeasurementPart) -> Set<Metric> {
    switch part {
    case .masked:
      [
        .averageDrop, .increaseInConfidence, .averageGain, .sparseness, .pointingGame,
        .energyPointingGame, .pixelAveragePrecision,
      ]
    case .again: [.adcc]
    case .insertion: [.insertion]
    case .deletion: [.deletion]
    }
  }

  /// The passes that a part takes, at most.
  private func passes(
    of part: MeasurementPart, _ origin: MapOrigin, _ input: PreparedInput
  ) -> Int {
    switch part {
    case .masked: 1
    case .again: 1 + origin.method.cost(origin.layers[0], origin.settings).total
    case .insertion, .deletion:
      metricSettings.curvePasses(width: input.width, height: input.height)
    }
  }

  /// How a map came about.
  private func origin(
    of map: MeasuredMap, _ target: Classification.ClassScore
  ) throws -> MapOrigin {
    var origin = MapOrigin(
      target: target, layer: layers[map.request.layer],
      method: try Method(named: map.request.method))
    guard map.request.isIncrementCAM else { return origin }
    origin.settings = settings(of: map.request)
    if map.step == .phaseTwo { origin.map = "phase2" }
    if map.step == .phaseThree {
      origin.map = "phase3"
      origin.settings.incrementCAM.merge(map.merging)
    }
    return origin
  }
}

extension MapNumbers {
  fileprivate init(_ measurement: MapMeasurement, _ wanted: Set<Metric>) {
    for number in MapNumber.allCases {
      guard let metric = Metric(rawValue: number.rawValue), wanted.contains(metric),
        let value = measurement.values[metric]
      else { continue }
      values[number] = value
      passes[number] = number.isFree ? 0 : measurement.passes.total
    }
    curves[.insertion] = measurement.insertion?.probabilities
    curves[.deletion] = measurement.deletion?.probabilities
  }
}

extension MapNumber {
  /// Whether the map alone, or the map and the boxes, give it.
  fileprivate var isFree: Bool { self == .sparseness || needsBoxes }
}
