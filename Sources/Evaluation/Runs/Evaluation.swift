public import CAMEngine
import Foundation

/// Measures methods over a data set, and writes every figure into a file of results as it is made.
///
/// A run that was killed goes on where it was: what is in the file is not computed again.
public struct Evaluation: Sendable {
  private let model: Model
  private let plan: EvaluationPlan
  private let results: ResultsFile
  private let units: [EvaluationUnit]
  /// How many units are in work at once, so that what they have in common takes one pass of a batch.
  private let unitsTogether: Int

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - plan: What to do.
  ///   - model: The network.
  ///   - dataSet: The photos.
  ///   - mapping: What the labels of the photos mean.
  ///   - results: Where figures go; results of other settings are refused.
  /// - Throws: ``EvaluationError`` when the file holds results of other settings, or no photo shows a class
  ///   of the model; `OutputError` when the file cannot be written.
  public init(
    _ plan: EvaluationPlan, model: Model, _ dataSet: DataSet, _ mapping: ClassMapping,
    into results: ResultsFile
  ) throws {
    self.model = model
    self.plan = plan
    self.results = results
    let all = try plan.units(dataSet, mapping)
    units = plan.shard?.part(of: all) ?? all
    // By the units of all shards: figures must not depend, even by rounding, on how they are cut.
    unitsTogether = plan.placesTogether(all.count)
    try results.adopt(RunSettings(plan, model: model, dataSet), modelPath: model.path)
  }

  /// How many photos are read ahead while the network is busy.
  private var photosAhead: Int { 2 * unitsTogether }

  /// Evaluates what is not in the file yet.
  ///
  /// A photo that cannot be read, or of which the network says nothing finite, is recorded as failed; the
  /// run goes on.
  ///
  /// - Parameter report: Called after every unit.
  /// - Returns: The final progress.
  /// - Throws: `OutputError` when the file cannot be written, `ModelError` when the machine gives out or a
  ///   layer does not fit, `CancellationError`.
  public func run(
    _ report: (EvaluationProgress) -> Void = { _ in }
  ) async throws -> EvaluationProgress {
    let start = ContinuousClock.now
    let open = try units.filter { !work(for: $0, known: try results.known($0.name)).isEmpty }
    var progress = EvaluationProgress(total: units.count)
    progress.resumed = units.count - open.count
    progress.done = progress.resumed
    var ahead = open.prefix(photosAhead).map { reading($0.path) }
    defer { for task in ahead { task.cancel() } }
    var next = 0
    while next < open.count {
      let group = open[next..<min(next + unitsTogether, open.count)]
      next += group.count
      var inputs: [Task<PreparedInput, any Error>] = []
      for index in group.indices {
        inputs.append(ahead.removeFirst())
        let coming = index + photosAhead
        if coming < open.count { ahead.append(reading(open[coming].path)) }
      }
      try await evaluate(Array(zip(group, inputs))) { isEvaluated in
        if !isEvaluated { progress.failed += 1 }
        progress.done += 1
        progress.seconds = (ContinuousClock.now - start) / .seconds(1)
        report(progress)
      }
    }
    return progress
  }

  private func reading(_ path: String) -> Task<PreparedInput, any Error> {
    Task { [model] in try model.prepare(try Image(contentsOfFile: path)) }
  }

  /// Evaluates units, or records why one cannot be.
  ///
  /// - Parameters:
  ///   - group: The units with their photos.
  ///   - report: Called after each unit, with whether it could be evaluated.
  /// - Throws: As ``run(_:)``.
  private func evaluate(
    _ group: [(EvaluationUnit, Task<PreparedInput, any Error>)], _ report: (Bool) -> Void
  ) async throws {
    var ready: [UnitEvaluation] = []
    for (unit, input) in group {
      let prepared = try await attempt(unit) { try await input.value }
      if let prepared {
        // Another process may have been here meanwhile.
        let work = work(for: unit, known: try results.known(unit.name))
        ready.append(
          UnitEvaluation(model: model, plan: plan, unit: unit, input: prepared, work: work))
      } else {
        report(false)
      }
    }
    var together = SharedPasses(
      model: model, plan: plan, places: unitsTogether, units: ready)
    try await together.measure { try results.record($0, $1) }
    for var evaluation in together.units {
      let isEvaluated: Void? = try await attempt(evaluation.unit) {
        try evaluation.checkUsable()
        for item in evaluation.work {
          let rows = try await evaluation.rows(item)
          try results.record(evaluation.record, rows)
        }
      }
      report(isEvaluated != nil)
    }
  }

  /// Does something for a unit.
  ///
  /// - Returns: What it gives; nil where the photo is at fault, which is recorded.
  private func attempt<Value>(
    _ unit: EvaluationUnit, _ body: () async throws -> Value
  ) async throws -> Value? {
    do {
      return try await body()
    } catch let error where Self.isOfPhoto(error) {
      try results.record(
        UnitRecord(name: unit.name, path: unit.path, failure: "\(error)"), [])
      return nil
    }
  }

  /// Whether an error is about the photo rather than the model, the file of results or the machine.
  private static func isOfPhoto(_ error: any Error) -> Bool {
    switch error {
    case is ImageError, is PreprocessorError: true
    case let error as ModelError: error.kind == .malformed
    default: false
    }
  }

  /// What is still to be done of a unit.
  private func work(for unit: EvaluationUnit, known: Set<ResultKey>) -> [UnitEvaluation.Work] {
    let layers = plan.layers.isEmpty ? [model.defaultLayer].compactMap { $0 } : plan.layers
    let maps = layers.flatMap { layer in
      plan.methods.compactMap { method in
        let missing = plan.metrics.filter { metric in
          !known.contains(
            ResultKey(method: method.name, layer: layer.name, metric: metric.rawValue))
        }
        return missing.isEmpty
          ? nil
          : UnitEvaluation.Work.map(
            UnitEvaluation.MapWork(method: method, layer: layer, metrics: missing))
      }
    }
    let hasNetwork = known.contains { $0.method == ResultRow.network }
    return maps + (hasNetwork ? [] : [.network])
  }
}
