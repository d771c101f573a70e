import Inference

extension Model {
  /// Measures an explanation.
  ///
  /// The map is used at the input's size: its values of 0 to 1, enlarged bilinearly, not scaled again.
  ///
  /// - Parameters:
  ///   - explanation: What ``explain(_:target:layer:method:settings:)`` gave.
  ///   - input: The input that was explained.
  ///   - metrics: What to measure.
  ///   - name: Which of the explanation's maps; nil, or a name that it has not, for the last one.
  ///   - boxes: The object's boxes in pixels of the photo; figures that need them are left out where
  ///     none is on the input.
  ///   - settings: How to measure.
  ///   - methodSettings: The settings that the explanation was made with; ADCC makes another map.
  /// - Returns: The figures.
  /// - Throws: ``ModelError`` where the network says nothing finite of a masked input, or the machine
  ///   gives out; `CancellationError` when the task is cancelled, within one batch.
  public func metrics(
    of explanation: Explanation, input: PreparedInput, _ metrics: Set<Metric> = Metric.quick,
    map name: String? = nil, boxes: [Box] = [], settings: MetricSettings = MetricSettings(),
    methodSettings: MethodSettings = MethodSettings()
  ) async throws -> MapMeasurement {
    let origin = MapOrigin(explanation, map: name, settings: methodSettings)
    return try await self.metrics(
      of: explanation.map(named: name), from: origin, input: input, metrics, boxes: boxes,
      settings: settings
    ).adding(explanation, metrics)
  }

  /// Measures a map by itself.
  ///
  /// - Parameters:
  ///   - map: The map, 0 to 1, at any resolution.
  ///   - origin: How it came about.
  ///   - input: The input that it explains.
  ///   - metrics: What to measure; ``Metric/seconds`` and ``Metric/passes`` are not known of a map.
  ///   - boxes: The object's boxes in pixels of the photo.
  ///   - settings: How to measure.
  ///   - progress: Called after every batch with the passes so far, on the network's thread.
  /// - Returns: The figures.
  /// - Throws: As for an explanation.
  public func metrics(
    of map: HeatMap, from origin: MapOrigin, input: PreparedInput,
    _ metrics: Set<Metric> = Metric.quick, boxes: [Box] = [],
    settings: MetricSettings = MetricSettings(), progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> MapMeasurement {
    try await self.metrics(
      of: map, from: origin, input: input, metrics, boxes: boxes, settings: settings, masked: nil,
      progress: progress)
  }

  /// As the public one; the probability on the masked image may be known.
  func metrics(
    of map: HeatMap, from origin: MapOrigin, input: PreparedInput, _ metrics: Set<Metric>,
    boxes: [Box], settings: MetricSettings, masked: Float?,
    progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> MapMeasurement {
    try check(input)
    let map = map.upsampled(width: input.width, height: input.height)
    let counter = PassCounter { progress?($0.total) }
    let asking = ConfidenceMeasuring(
      image: input.values, map: map, original: Double(Confidence(origin.target, head).ofPhoto),
      hasProbabilities: head.hasProbabilities, wanted: metrics,
      settings: settings, masked: masked)
    if masked != nil { counter.add(Passes(forward: 1)) }
    var result = try await PassCounter.$current.withValue(counter) {
      try await perform { executor in
        try asking.measured(
          NetworkProbabilities(
            executor: executor, confidence: Confidence(origin.target, head),
            settings: origin.settings))
      }
    }
    // A network that is finite on the photo need not be so on an empty image.
    try checkFinite([
      result.values.values.map { Float($0) }, result.insertion?.probabilities ?? [],
      result.deletion?.probabilities ?? [],
    ])
    locate(map, boxes.compactMap { $0.onInput(input.geometry) }, metrics, settings, &result)
    if metrics.contains(.adcc) || metrics.contains(.coherency) {
      let again = try await remade(map, from: origin, input, counter)
      result.values[.coherency] = ADCC.coherency(map.values, again.values)
    }
    addFigures(ofMap: map, metrics, &result)
    result.values = result.values.filter { metrics.contains($0.key) }
    result.passes = counter.passes
    return result
  }

  /// The figures that need boxes, where any is on the input.
  private func locate(
    _ map: HeatMap, _ boxes: [Box], _ metrics: Set<Metric>, _ settings: MetricSettings,
    _ result: inout MapMeasurement
  ) {
    guard !boxes.isEmpty, metrics.contains(where: \.needsBoxes) else { return }
    let located = LocalizationMeasuring(
      map: map, boxes: boxes, wanted: metrics, settings: settings
    ).measured
    result.values.merge(located.values) { $1 }
    result.boxHits = located.boxHits
  }

  /// The figures of the map alone, and those that others add up to.
  private func addFigures(
    ofMap map: HeatMap, _ metrics: Set<Metric>, _ result: inout MapMeasurement
  ) {
    let complexity = ADCC.complexity(map.values)
    result.values[.complexity] = complexity
    // It sorts every pixel, which costs as much as a pass of a small network.
    if metrics.contains(.sparseness) { result.values[.sparseness] = Sparseness.value(map.values) }
    if let coherency = result.values[.coherency], let drop = result.values[.averageDrop] {
      result.values[.adcc] = ADCC.value(
        coherency: coherency, complexity: complexity, drop: drop)
    }
  }

  /// The map of the same class for the image that the map leaves over.
  private func remade(
    _ map: HeatMap, from origin: MapOrigin, _ input: PreparedInput, _ counter: PassCounter
  ) async throws -> HeatMap {
    var values = input.values
    values.withUnsafeMutableBufferPointer { place in
      input.values.withUnsafeBufferPointer { image in
        map.values.withUnsafeBufferPointer {
          MaskEnlargement.multiply(image, by: $0, into: place)
        }
      }
    }
    let masked = PreparedInput(
      values: values, width: input.width, height: input.height, geometry: input.geometry,
      image: input.image, model: input.model)
    let before = counter.passes.total
    let again = try await explain(
      masked, target: origin.target.target, layers: origin.layers, fusion: origin.fusion,
      method: origin.method, settings: origin.settings
    ) { counter.tell(before + $0.done) }
    counter.add(again.passes)
    return again.map(named: origin.map).upsampled(width: input.width, height: input.height)
  }
}

extension Explanation {
  /// The map with a name; the last one where there is none.
  func map(named name: String?) -> HeatMap {
    maps.first { $0.name == name }?.map ?? map
  }
}
