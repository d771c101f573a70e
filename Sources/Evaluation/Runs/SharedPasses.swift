import CAMEngine

/// Units whose photos pass through the network together, for the methods that need no pass of their own.
///
/// Not where a map's own time is wanted.
struct SharedPasses {
  let model: Model
  let plan: EvaluationPlan
  /// How many pass at once.
  let places: Int
  /// Keeps the rows and the failures.
  let results: ResultsFile
  /// The units; what is done here is taken out of their work.
  var units: [UnitEvaluation]

  /// Measures what can be measured together.
  ///
  /// - Throws: `ModelError` where the machine gives out, `CancellationError`, and `OutputError` where the
  ///   file of results cannot be written.
  mutating func measure() async throws {
    while let first = units.lazy.compactMap(next).first {
      // Units differ in what a run that was ended left to do of them.
      let members = units.indices.filter { index in
        next(of: units[index]).map { ($0.method, $0.layer) == (first.method, first.layer) } ?? false
      }
      try await measure(members)
    }
    try await classify()
  }

  /// Looks at what the network makes of the photos, always by such a pass: whether it is left over from a
  /// run that was ended must change nothing.
  private mutating func classify() async throws {
    guard !plan.isTimed else { return }
    let members = units.indices.filter { units[$0].isOpen(.network) }
    let classified = try await model.classify(
      members.map { units[$0].input }, layer: plan.layers.first, places: places)
    for (index, result) in zip(members, classified) {
      guard let classification = try take(result, of: index, .network) else { continue }
      units[index].classification = classification
      try results.record(units[index].record, try await units[index].rows(.network))
      units[index].finish(.network)
    }
  }

  /// The first work of a unit that needs no pass of its own.
  private func next(of unit: UnitEvaluation) -> UnitEvaluation.MapWork? {
    guard !plan.isTimed else { return nil }
    return unit.work.lazy.compactMap { work in
      guard case .map(let map) = work else { return nil }
      let cost = map.method.method.cost(map.layer, map.method.settings)
      return cost.forward <= 1 && cost.tail == 0 ? map : nil
    }.first
  }

  /// Measures the next work of several units, which is of the same method and layer.
  private mutating func measure(_ members: [Int]) async throws {
    let work = members.compactMap { next(of: units[$0]) }
    guard let (method, layer) = work.first.map({ ($0.method, $0.layer) }) else { return }
    let explained = try await model.explain(
      members.map { units[$0].input }, candidates: members.map { units[$0].candidates },
      layer: layer, method: method.method, settings: method.settings,
      places: places)
    var found: [(place: Int, item: ExplanationToMeasure)] = []
    for (place, result) in explained.enumerated() {
      guard let explanation = try take(result, of: members[place], .map(work[place])) else {
        continue
      }
      let unit = units[members[place]]
      found.append(
        (
          place,
          ExplanationToMeasure(
            explanation, input: unit.input, work[place].metrics,
            boxes: unit.unit.boxes(ofClass: explanation.target.index))
        ))
    }
    let measured = try await model.metrics(
      of: found.map(\.item), map: method.map, settings: plan.metricSettings,
      methodSettings: method.settings, places: places)
    for ((place, item), result) in zip(found, measured) {
      let index = members[place]
      guard let measurement = try take(result, of: index, .map(work[place])) else { continue }
      let rows = units[index].rows(work[place], of: item.explanation, measurement)
      try results.record(units[index].record, rows)
      units[index].finish(.map(work[place]))
    }
  }

  /// A unit's result; where it has none, the work is recorded as failed and done with.
  private mutating func take<Value>(
    _ result: Result<Value, ModelError>, of unit: Int, _ work: UnitEvaluation.Work
  ) throws -> Value? {
    switch result {
    case .success(let value): return value
    case .failure(let error):
      try results.record(
        units[unit].record, failures: units[unit].failures(work, error))
      return nil
    }
  }
}
