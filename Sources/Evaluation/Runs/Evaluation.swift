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
    try results.adopt(RunSettings(plan, model: model, dataSet, mapping), modelPath: model.path)
  }

  /// How many photos are read ahead while the network is busy: none where times are measured, which
  /// would be those of a busy machine.
  var photosAhead: Int { plan.isTimed ? 0 : 2 * unitsTogether }

  /// Evaluates what is not in the file yet.
  ///
  /// A photo that cannot be read, and a method that finds nothing finite in it, are recorded as failed;
  /// the other methods of the photo, and the run, go on.
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
    var photos = ReadAhead(count: open.count, ahead: photosAhead) { reading(open[$0].path) }
    defer { photos.cancel() }
    var next = 0
    while next < open.count {
      let group = open[next..<min(next + unitsTogether, open.count)]
      next += group.count
      let inputs = group.map { _ in photos.next() }
      try await evaluate(Array(zip(group, inputs))) { outcome in
        switch outcome {
        case .evaluated: break
        case .incomplete: progress.incomplete += 1
        case .failed: progress.failed += 1
        }
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

  /// What came of a unit.
  private enum Outcome {
    /// Every figure is there.
    case evaluated
    /// Some methods failed.
    case incomplete
    /// Its photo cannot be read, or every method failed.
    case failed
  }

  /// Evaluates units, or records why one cannot be.
  ///
  /// - Parameters:
  ///   - group: The units with their photos.
  ///   - report: Called after each unit, with what came of it.
  /// - Throws: As ``run(_:)``.
  private func evaluate(
    _ group: [(EvaluationUnit, Task<PreparedInput, any Error>)], _ report: (Outcome) -> Void
  ) async throws {
    var ready: [UnitEvaluation] = []
    for (unit, input) in group {
      if let prepared = try await photo(of: unit, input) {
        // Another process may have been here meanwhile.
        let work = work(for: unit, known: try results.known(unit.name))
        ready.append(
          UnitEvaluation(model: model, plan: plan, unit: unit, input: prepared, work: work))
      } else {
        report(.failed)
      }
    }
    var together = SharedPasses(
      model: model, plan: plan, places: unitsTogether, results: results, units: ready)
    try await together.measure()
    for var evaluation in together.units {
      for item in evaluation.work { try await measure(item, of: &evaluation) }
      report(
        evaluation.isMeasured ? evaluation.hasFailures ? .incomplete : .evaluated : .failed)
    }
  }

  /// Does a step of a unit, or records why it cannot be done.
  private func measure(
    _ work: UnitEvaluation.Work, of evaluation: inout UnitEvaluation
  ) async throws {
    do {
      let rows = try await evaluation.rows(work)
      try results.record(evaluation.record, rows)
      evaluation.note(work)
    } catch let error as ModelError where error.kind == .malformed {
      try results.record(evaluation.record, failures: evaluation.failures(work, error))
    }
  }

  /// A unit's photo; nil where it is at fault, which is recorded.
  private func photo(
    of unit: EvaluationUnit, _ reading: Task<PreparedInput, any Error>
  ) async throws -> PreparedInput? {
    do {
      return try await reading.value
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
