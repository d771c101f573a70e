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
    units = try plan.units(dataSet, mapping)
    try results.adopt(RunSettings(plan, model: model, dataSet), modelPath: model.path)
  }

  /// How many photos are read ahead while the network is busy.
  private static let photosAhead = 2

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
    var ahead: [Task<PreparedInput, any Error>] = []
    defer { for task in ahead { task.cancel() } }
    for (index, unit) in open.enumerated() {
      while ahead.count <= Self.photosAhead, index + ahead.count < open.count {
        ahead.append(reading(open[index + ahead.count].path))
      }
      let isEvaluated = try await evaluate(unit, ahead.removeFirst())
      if !isEvaluated { progress.failed += 1 }
      progress.done += 1
      progress.seconds = (ContinuousClock.now - start) / .seconds(1)
      report(progress)
    }
    return progress
  }

  private func reading(_ path: String) -> Task<PreparedInput, any Error> {
    Task { [model] in try model.prepare(try Image(contentsOfFile: path)) }
  }

  /// Evaluates a unit, or records why it cannot be.
  ///
  /// - Returns: Whether it could.
  private func evaluate(
    _ unit: EvaluationUnit, _ input: Task<PreparedInput, any Error>
  ) async throws -> Bool {
    do {
      let prepared = try await input.value
      // Another process may have been here meanwhile.
      let work = work(for: unit, known: try results.known(unit.name))
      var evaluation = UnitEvaluation(model: model, plan: plan, unit: unit, input: prepared)
      for item in work {
        let rows = try await evaluation.rows(item)
        try results.record(evaluation.record, rows)
      }
      return true
    } catch let error where Self.isOfPhoto(error) {
      let record = UnitRecord(name: unit.name, path: unit.path, failure: "\(error)")
      try results.record(record, [])
      return false
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
          ? nil : UnitEvaluation.Work.map(method, layer, missing)
      }
    }
    let hasNetwork = known.contains { $0.method == ResultRow.network }
    return maps + (hasNetwork ? [] : [.network])
  }
}
