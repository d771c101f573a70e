import Inference

/// An explanation that is measured together with others.
public struct ExplanationToMeasure: Sendable {
  /// The explanation.
  public var explanation: Explanation
  /// The input that was explained.
  public var input: PreparedInput
  /// What to measure.
  public var metrics: Set<Metric>
  /// The object's boxes in pixels of the photo.
  public var boxes: [Box]

  /// An explanation.
  ///
  /// - Parameters:
  ///   - explanation: The explanation.
  ///   - input: The input that was explained.
  ///   - metrics: What to measure.
  ///   - boxes: The object's boxes in pixels of the photo.
  public init(
    _ explanation: Explanation, input: PreparedInput, _ metrics: Set<Metric>, boxes: [Box] = []
  ) {
    self.explanation = explanation
    self.input = input
    self.metrics = metrics
    self.boxes = boxes
  }
}

extension Model {
  /// Measures several explanations; their masked images pass through the network together, as in
  /// ``explain(_:candidates:layer:method:settings:places:)``.
  ///
  /// - Parameters:
  ///   - items: The explanations, all made with the same settings.
  ///   - name: Which of an explanation's maps; nil, or a name that it has not, for the last one.
  ///   - settings: How to measure.
  ///   - methodSettings: The settings that the explanations were made with.
  ///   - places: How many masked images pass at once; fewer where the memory limit says so.
  /// - Returns: Of each explanation its figures, or what is wrong with the network's results for it.
  /// - Throws: ``ModelError`` where the machine gives out; `CancellationError` when the task is cancelled,
  ///   within one batch.
  public func metrics(
    of items: [ExplanationToMeasure], map name: String? = nil,
    settings: MetricSettings = MetricSettings(), methodSettings: MethodSettings = MethodSettings(),
    places: Int = placesTogether
  ) async throws -> [Result<MapMeasurement, ModelError>] {
    for item in items { try check(item.input) }
    let maps = items.map {
      $0.explanation.map(named: name).upsampled(width: $0.input.width, height: $0.input.height)
    }
    let masked = try await maskedProbabilities(items, maps, (places, methodSettings.memoryLimit))
    var results: [Result<MapMeasurement, ModelError>] = []
    for (place, item) in items.enumerated() {
      let explanation = item.explanation
      let origin = MapOrigin(explanation, map: name, settings: methodSettings)
      results.append(
        try await ofImage {
          try await metrics(
            of: maps[place], from: origin, input: item.input, item.metrics, boxes: item.boxes,
            settings: settings, masked: masked[place]
          ).adding(explanation, item.metrics)
        })
    }
    return results
  }

  /// The probability of each explained class for its image multiplied by its map; nil where no metric
  /// wants it.
  private func maskedProbabilities(
    _ items: [ExplanationToMeasure], _ maps: [HeatMap], _ limits: (places: Int, memory: Int?)
  ) async throws -> [Float?] {
    let asked = items.indices.filter {
      !items[$0].metrics.isDisjoint(with: ConfidenceMeasuring.ofMaskedImage)
    }
    var result = Array(repeating: Float?.none, count: items.count)
    var done = 0
    while done < asked.count {
      let first = done
      let probabilities = try await perform { executor in
        let size = try executor.places(atMost: limits.places, memoryLimit: limits.memory)
        let batch = Array(asked[first..<min(first + size, asked.count)])
        let scoring = try MaskScoring(
          executor, count: size, batchSize: size, height: executor.structure.height,
          width: executor.structure.width)
        let scores = try scoring.scores(batch.indices) { index, place in
          items[batch[index]].input.values.withUnsafeBufferPointer { image in
            maps[batch[index]].values.withUnsafeBufferPointer {
              MaskEnlargement.multiply(image, by: $0, into: place)
            }
          }
        }
        return zip(batch, head.rows(scores)).map { index, row in
          Confidence(items[index].explanation.target, head)(row)
        }
      }
      for (row, probability) in probabilities.enumerated() {
        result[asked[first + row]] = probability
      }
      done += probabilities.count
    }
    return result
  }
}

extension MapMeasurement {
  /// The same with what an explanation cost, where that is wanted.
  func adding(_ explanation: Explanation, _ metrics: Set<Metric>) -> MapMeasurement {
    var result = self
    if metrics.contains(.seconds) { result.values[.seconds] = explanation.seconds }
    if metrics.contains(.passes) { result.values[.passes] = Double(explanation.passes.total) }
    return result
  }
}
