import CAMEngine

/// The evaluation of one unit under way: what the network said of it is kept from one method to the next.
struct UnitEvaluation {
  /// One step, whose rows are written together.
  enum Work: Equatable {
    /// A method's map of a layer.
    case map(MapWork)
    /// How the network classifies the photo.
    case network
  }

  /// A method's map of a layer, and what is to be measured of it.
  struct MapWork: Equatable {
    let method: MethodVariant
    let layer: Layer
    let metrics: Set<Metric>
  }

  let model: Model
  let plan: EvaluationPlan
  let unit: EvaluationUnit
  let input: PreparedInput
  /// What is still to be done.
  private(set) var work: [Work]
  /// Whether some of it could not be done.
  private(set) var hasFailures = false
  /// Whether any map was measured, or none is wanted.
  private(set) var isMeasured: Bool
  /// What the network makes of the photo, once it is known.
  var classification: Classification?
  private var target: Classification.ClassScore?
  private var scorings: SharedScorings

  /// - Parameters:
  ///   - model: The network.
  ///   - plan: What is measured, and how.
  ///   - unit: The unit.
  ///   - input: Its photo, prepared.
  ///   - work: What is to be done.
  init(
    model: Model, plan: EvaluationPlan, unit: EvaluationUnit, input: PreparedInput, work: [Work]
  ) {
    self.model = model
    self.plan = plan
    self.unit = unit
    self.input = input
    self.work = work
    isMeasured = !work.contains { $0 != .network }
    scorings = SharedScorings(plan)
  }

  /// The unit as it is known so far.
  var record: UnitRecord {
    UnitRecord(name: unit.name, path: unit.path, target: target?.index, label: target?.label)
  }

  /// Whether a step is still to be done.
  func isOpen(_ step: Work) -> Bool { work.contains(step) }

  /// Notes that a step was done.
  mutating func note(_ step: Work) { isMeasured = isMeasured || step != .network }

  /// Takes a step that was done out of what is to be done.
  mutating func finish(_ step: Work) {
    note(step)
    work.removeAll { $0 == step }
  }

  /// Takes a step that cannot be done out of what is to be done.
  ///
  /// - Parameters:
  ///   - step: The step.
  ///   - error: Why.
  /// - Returns: What is to be kept of it, one failure a figure.
  mutating func failures(_ step: Work, _ error: ModelError) -> [FailureRecord] {
    hasFailures = true
    work.removeAll { $0 == step }
    func failure(_ method: String, _ layer: String, _ metric: String) -> FailureRecord {
      FailureRecord(
        unit: unit.name, method: method, layer: layer, metric: metric, reason: "\(error)")
    }
    switch step {
    case .map(let map):
      return map.metrics.map { failure(map.method.name, map.layer.name, $0.rawValue) }
    case .network: return NetworkMetric.allCases.map { failure(ResultRow.network, "", $0.rawValue) }
    }
  }

  /// Does a step.
  ///
  /// - Parameter work: The step.
  /// - Returns: Its rows.
  /// - Throws: `ModelError`.
  mutating func rows(_ work: Work) async throws -> [ResultRow] {
    switch work {
    case .map(let map):
      try await rows(map)
    case .network:
      try await networkRows()
    }
  }

  private mutating func rows(_ work: MapWork) async throws -> [ResultRow] {
    let (method, layer, metrics) = (work.method, work.layer, work.metrics)
    return rows(
      work,
      scorings.serves(method)
        ? try await measured(byShared: method, layer, metrics)
        : try await measured(method, layer, metrics))
  }

  /// What the classes of a unit may be; empty for any.
  var candidates: [Target] { target.map { [$0.target] } ?? unit.targets.map(Target.ofClass) }

  /// The rows of figures that were taken elsewhere.
  ///
  /// - Parameters:
  ///   - work: What they are of.
  ///   - explanation: The map that was measured; says what the network makes of the photo.
  ///   - measurement: The figures.
  /// - Returns: The rows.
  mutating func rows(
    _ work: MapWork, of explanation: Explanation, _ measurement: MapMeasurement
  ) -> [ResultRow] {
    classification = explanation.classification
    target = explanation.target
    return rows(work, measurement)
  }

  private func rows(_ work: MapWork, _ measurement: MapMeasurement) -> [ResultRow] {
    let (method, layer, metrics) = (work.method, work.layer, work.metrics)
    return metrics.sorted { $0.rawValue < $1.rawValue }.map { metric in
      ResultRow(
        unit: unit.name, method: method.name, layer: layer.name, metric: metric.rawValue,
        value: measurement.values[metric],
        detail: metric == .maxBoxAccV2 ? measurement.boxHits?.bytes : nil)
    }
  }

  private mutating func measured(
    _ method: MethodVariant, _ layer: Layer, _ metrics: Set<Metric>
  ) async throws -> MapMeasurement {
    let explanation = try await model.explain(
      input, target: try await wantedTarget(), layer: layer, method: method.method,
      settings: method.settings)
    classification = explanation.classification
    target = explanation.target
    return try await model.metrics(
      of: explanation, input: input, metrics, map: method.map,
      boxes: unit.boxes(ofClass: explanation.target.index), settings: plan.metricSettings,
      methodSettings: method.settings)
  }

  /// As ``measured(_:_:_:)``, by a Phase 2 that settings share.
  private mutating func measured(
    byShared method: MethodVariant, _ layer: Layer, _ metrics: Set<Metric>
  ) async throws -> MapMeasurement {
    let progress = try await scorings.progress(
      method, model, input, target: try await wantedTarget(), layer: layer)
    classification = progress.classification
    target = progress.target
    var origin = MapOrigin(
      target: progress.target, layer: layer, method: method.method)
    (origin.settings, origin.map) = (method.settings, method.map)
    var measurement = try await model.metrics(
      of: progress.map(of: method), from: origin, input: input, metrics,
      boxes: unit.boxes(ofClass: progress.target.index), settings: plan.metricSettings)
    if metrics.contains(.passes) {
      measurement.values[.passes] = Double(progress.passes.total)
    }
    return measurement
  }

  /// What to explain; nil for the most probable class.
  private mutating func wantedTarget() async throws -> Target? {
    if let target { return target.target }
    guard unit.targets.count > 1 else { return unit.targets.first.map(Target.ofClass) }
    let scores = try await classified().scores
    let best = unit.targets.max { (scores[$0], $1) < (scores[$1], $0) }
    return best.map(Target.ofClass)
  }

  private mutating func classified() async throws -> Classification {
    if let classification { return classification }
    let result = try await model.classify(input)
    classification = result
    return result
  }

  /// Whether the classes that the photo shows are among the network's first; its confidence; and the
  /// share of the input that the explained class's boxes cover, which a map without any merit would get.
  private mutating func networkRows() async throws -> [ResultRow] {
    let classification = try await classified()
    if target == nil {
      target = classification[try await wantedTarget() ?? classification.top(1)[0].target]
    }
    let top = classification.top(5)
    let isCounted = unit.countsPhoto && !unit.shown.isEmpty
    func share(_ count: Int) -> Double? {
      guard isCounted else { return nil }
      return top.prefix(count).contains { unit.shown.contains($0.index) } ? 1 : 0
    }
    return [
      row(.topOne, share(1)), row(.topFive, share(5)),
      row(.confidence, isCounted ? top[0].probability.map { Double($0) } : nil),
      row(.boxShare, boxShare),
    ]
  }

  private var boxShare: Double? {
    let boxes = unit.boxes(ofClass: target?.index ?? -1).compactMap { $0.onInput(input.geometry) }
    guard !boxes.isEmpty else { return nil }
    return BoxMask(boxes, width: input.width, height: input.height).share
  }

  private func row(_ metric: NetworkMetric, _ value: Double?) -> ResultRow {
    ResultRow(
      unit: unit.name, method: ResultRow.network, layer: "", metric: metric.rawValue, value: value)
  }
}

/// The figures of ``ResultRow/network``.
enum NetworkMetric: String, CaseIterable {
  /// Whether the most probable class is one that the photo shows.
  case topOne = "top-1"
  /// Whether one of the five most probable classes is.
  case topFive = "top-5"
  /// The probability of the most probable class.
  case confidence
  /// The share of the input that the boxes of the explained class cover.
  case boxShare = "box-share"
}
