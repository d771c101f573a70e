import CAMEngine

/// Units whose photos pass through the network together, for the methods that need no pass of their own.
///
/// Not where a map's own time is wanted.
struct SharedPasses {
  let model: Model
  let plan: EvaluationPlan
  /// How many pass at once.
  let places: Int
  /// The units; what is measured here is taken out of their work.
  var units: [UnitEvaluation]

  /// Measures what can be measured together.
  ///
  /// - Parameter record: Keeps the rows of a unit.
  /// - Throws: `ModelError` where the machine gives out, `CancellationError`, and what `record` throws.
  mutating func measure(_ record: (UnitRecord, [ResultRow]) throws -> Void) async throws {
    while let first = units.lazy.compactMap(next).first {
      // Units differ in what a run that was ended left to do of them.
      let members = units.indices.filter { index in
        next(of: units[index]).map { ($0.method, $0.layer) == (first.method, first.layer) } ?? false
      }
      try await measure(members, record)
    }
    try await classify(record)
  }

  /// Looks at what the network makes of the photos, always by such a pass: whether it is left over from a
  /// run that was ended must change nothing.
  private mutating func classify(
    _ record: (UnitRecord, [ResultRow]) throws -> Void
  ) async throws {
    guard !plan.isTimed else { return }
    let members = units.indices.filter {
      units[$0].failure == nil && units[$0].isNetworkOpen
    }
    let classified = try await model.classify(
      members.map { units[$0].input }, layer: plan.layers.first, places: places)
    for (index, result) in zip(members, classified) {
      guard let classification = take(result, of: index) else { continue }
      let rows = try await units[index].networkRows(classification)
      try record(units[index].record, rows)
    }
  }

  /// The first work of a unit that needs no pass of its own.
  private func next(of unit: UnitEvaluation) -> UnitEvaluation.MapWork? {
    guard unit.failure == nil, !plan.isTimed else { return nil }
    return unit.work.lazy.compactMap { work in
      guard case .map(let map) = work else { return nil }
      let cost = map.method.method.cost(map.layer, map.method.settings)
      return cost.forward <= 1 && cost.tail == 0 ? map : nil
    }.first
  }

  /// Measures the next work of several units, which is of the same method and layer.
  private mutating func measure(
    _ members: [Int], _ record: (UnitRecord, [ResultRow]) throws -> Void
  ) async throws {
    let work = members.compactMap { next(of: units[$0]) }
    guard let (method, layer) = work.first.map({ ($0.method, $0.layer) }) else { return }
    let explained = try await model.explain(
      members.map { units[$0].input }, candidates: members.map { units[$0].candidates },
      layer: layer, method: method.method, settings: method.settings,
      places: places)
    var found: [(place: Int, item: ExplanationToMeasure)] = []
    for (place, result) in explained.enumerated() {
      guard let explanation = take(result, of: members[place]) else { continue }
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
      guard let measurement = take(result, of: index) else { continue }
      let rows = units[index].rows(work[place], of: item.explanation, measurement)
      try record(units[index].record, rows)
      units[index].finish(work[place])
    }
  }

  /// A unit's result; where it has none, the unit is done with.
  private mutating func take<Value>(_ result: Result<Value, ModelError>, of unit: Int) -> Value? {
    switch result {
    case .success(let value): return value
    case .failure(let error):
      units[unit].failure = error
      return nil
    }
  }
}

extension UnitEvaluation {
  fileprivate var isNetworkOpen: Bool {
    work.contains { if case .network = $0 { true } else { false } }
  }

  /// The rows of the network's own figures, which are then done.
  fileprivate mutating func networkRows(
    _ classification: Classification
  ) async throws -> [ResultRow] {
    self.classification = classification
    work.removeAll { if case .network = $0 { true } else { false } }
    return try await rows(.network)
  }

  /// Takes a work out of what is to be done.
  fileprivate mutating func finish(_ done: MapWork) {
    work.removeAll { item in
      guard case .map(let map) = item else { return false }
      return map == done
    }
  }
}
