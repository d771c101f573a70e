import Inference

extension Model {
  /// Measures an explanation.
  ///
  /// The map is used at the input's size: its values of 0 to 1, enlarged bilinearly, not scaled again.
  ///
  /// - Parameters:
  ///   - explanation: What ``explain(_:classIndex:layer:method:settings:)`` gave.
  ///   - input: The input that was explained.
  ///   - metrics: What to measure.
  ///   - name: Which of the explanation's maps; nil, or a name that it has not, for the last one.
  ///   - boxes: The object's boxes in pixels of the photo; figures that need them are left out where
  ///     none is on the input.
  ///   - settings: How to measure.
  ///   - methodSettings: The settings that the explanation was made with; ADCC makes another map.
  /// - Returns: The figures.
  /// - Throws: ``ModelError`` where the machine gives out; `CancellationError` when the task is
  ///   cancelled, within one batch.
  public func metrics(
    of explanation: Explanation, input: PreparedInput, _ metrics: Set<Metric> = Metric.quick,
    map name: String? = nil, boxes: [Box] = [], settings: MetricSettings = MetricSettings(),
    methodSettings: MethodSettings = MethodSettings()
  ) async throws -> MapMeasurement {
    let map = explanation.map(named: name).upsampled(width: input.width, height: input.height)
    let asking = ConfidenceMeasuring(
      image: input.values, map: map, original: Double(explanation.target.probability),
      wanted: metrics, settings: settings)
    let target = explanation.target.index
    var result = try await perform { executor in
      try asking.measured(
        NetworkProbabilities(
          executor: executor, classIndex: target, settings: methodSettings))
    }
    let visible = boxes.compactMap { $0.onInput(input.geometry) }
    if !visible.isEmpty, metrics.contains(where: \.needsBoxes) {
      let located = LocalizationMeasuring(
        map: map, boxes: visible, wanted: metrics, settings: settings
      ).measured
      result.values.merge(located.values) { $1 }
      result.boxHits = located.boxHits
    }
    if metrics.contains(.adcc) || metrics.contains(.coherency) {
      let again = try await explainMasked(
        explanation, input, by: map, named: name, methodSettings)
      result.values[.coherency] = ADCC.coherency(map.values, again.values)
    }
    addFigures(ofMap: map, explanation, &result)
    result.values = result.values.filter { metrics.contains($0.key) }
    return result
  }

  /// The figures of the map alone, and those that others add up to.
  private func addFigures(
    ofMap map: HeatMap, _ explanation: Explanation, _ result: inout MapMeasurement
  ) {
    let complexity = ADCC.complexity(map.values)
    result.values[.complexity] = complexity
    result.values[.sparseness] = Sparseness.value(map.values)
    result.values[.seconds] = explanation.seconds
    result.values[.passes] = Double(explanation.passes.total)
    if let coherency = result.values[.coherency], let drop = result.values[.averageDrop] {
      result.values[.adcc] = ADCC.value(
        coherency: coherency, complexity: complexity, drop: drop)
    }
  }

  /// The map of the same class for the image that the map leaves over.
  private func explainMasked(
    _ explanation: Explanation, _ input: PreparedInput, by map: HeatMap, named name: String?,
    _ settings: MethodSettings
  ) async throws -> HeatMap {
    var values = input.values
    for index in values.indices { values[index] *= map.values[index % map.values.count] }
    let masked = PreparedInput(
      values: values, width: input.width, height: input.height, geometry: input.geometry,
      image: input.image)
    let again = try await explain(
      masked, classIndex: explanation.target.index, layers: explanation.layers,
      fusion: explanation.fusion ?? .maximum, method: explanation.method, settings: settings)
    return again.map(named: name).upsampled(width: input.width, height: input.height)
  }
}

extension Explanation {
  /// The map with a name; the last one where there is none.
  fileprivate func map(named name: String?) -> HeatMap {
    maps.first { $0.name == name }?.map ?? map
  }
}
