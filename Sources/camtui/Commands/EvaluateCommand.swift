import ArgumentParser
import CAMEngine
import Evaluation
import Foundation

/// `camtui evaluate DATASET`: measures methods over a data set.
struct EvaluateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measures methods over a data set, and how well the network classifies it.",
    discussion: """
      DATASET is a folder of photos, or one of ImageNet's validation photos, PASCAL VOC, \
      CUB-200-2011 or Tiny ImageNet. A method may have settings of its own, as in \
      increment-cam:score=probability:map=phase2. Figures are written to --results as they are made: \
      a run that was ended goes on where it was, and several processes may share the file.
      """)

  @Argument(help: "The folder of the data set.")
  var dataSet: String

  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup(title: "What is measured") var planOptions: EvaluationPlanOptions
  @OptionGroup(title: "Data set") var dataOptions: DataSetOptions
  @OptionGroup(title: "Report") var reportOptions: ReportPrintingOptions

  @Option(help: "The file that keeps the figures, SQLite.")
  var results = "results.sqlite"

  func run() async throws {
    try await reportingFailure { try await cancelledByInterrupt { try await evaluate() } }
  }

  private func evaluate() async throws {
    let model = try modelOptions.load()
    let plan = try planOptions.plan(for: model)
    let data = try dataOptions.read(dataSet)
    let file = try ResultsFile(creating: results)
    let evaluation = try Evaluation(
      plan, model: model, data, try dataOptions.mapping(for: model, data), into: file)
    let meter = EvaluationMeter()
    let progress = try await evaluation.run { meter.show($0) }
    meter.finish(progress)
    try reportOptions.print(file)
    guard progress.failed == 0 || progress.failed < progress.total else {
      throw EvaluationError(
        .malformed, "None of the \(progress.total) photos could be evaluated; the report says why.")
    }
  }
}

/// What an evaluation is to do.
struct EvaluationPlanOptions: ParsableArguments {
  @Option(help: "The methods, separated by commas; none measures the network's accuracy alone.")
  var methods = Method.gradCAM.name

  @Option(help: "The layers, separated by commas, each by itself; the default layer otherwise.")
  var layers: String?

  @Option(
    help:
      "The metrics, separated by commas, or all: \(Metric.names)."
  )
  var metrics: String = [
    Metric.averageDrop, .increaseInConfidence, .averageGain, .energyPointingGame, .pointingGame,
  ].map(\.rawValue).joined(separator: ",")

  @Option(help: "Which class is explained: the predicted or the labelled one.")
  var target = TargetRule.predicted

  @Option(help: "How many photos are drawn; all by default.")
  var sample: Int?

  @Option(help: "What decides which photos are drawn.")
  var seed: UInt64 = 0

  @Option(help: "Which part of the photos, as 2/8; every part is drawn from the same sample.")
  var shard: Shard?

  @Option(
    help: "How many masked inputs, or photos, run at once; by default as many as fit in 256 MiB.")
  var batch: Int?

  @Option(help: "Pixels that a step of insertion and deletion changes; by default one row.")
  var step: Int?

  @Option(help: "What insertion starts from: blur or zero.")
  var insertionBaseline = MetricSettings.Baseline.blur

  @Option(help: "What deletion ends at: zero or blur.")
  var deletionBaseline = MetricSettings.Baseline.zero

  @Option(help: "The threshold of box-iou, a share of the map's maximum.")
  var boxThreshold = MetricSettings().boxThreshold

  @Option(help: "How far from a box a hit of the pointing game may be, in pixels of the input.")
  var pointingTolerance = MetricSettings().pointingTolerance

  func validate() throws {
    for (name, number) in [("sample", sample), ("batch", batch), ("step", step)] {
      if let number, number < 1 {
        throw ValidationError("--\(name) \(number): a number from 1 was expected.")
      }
    }
    guard (0..<1).contains(boxThreshold), pointingTolerance >= 0 else {
      throw ValidationError(
        "--box-threshold must be from 0 to below 1, --pointing-tolerance not negative.")
    }
  }

  /// The plan for a network.
  func plan(for model: Model) throws -> EvaluationPlan {
    var plan = EvaluationPlan()
    var methodSettings = MethodSettings()
    methodSettings.batchSize = batch
    if methods != "none" {
      plan.methods = try Self.parts(methods).map {
        try MethodVariant($0, settings: methodSettings)
      }
    }
    plan.layers = try Self.parts(layers ?? "").map(model.layer)
    plan.metrics = try metricSet
    plan.metricSettings = metricSettings
    plan.target = target
    plan.sample = sample
    plan.seed = seed
    plan.shard = shard
    plan.batchSize = batch
    return plan
  }

  private var metricSettings: MetricSettings {
    var settings = MetricSettings()
    settings.step = step
    settings.insertionBaseline = insertionBaseline
    settings.deletionBaseline = deletionBaseline
    settings.boxThreshold = boxThreshold
    settings.pointingTolerance = pointingTolerance
    return settings
  }

  private var metricSet: Set<Metric> {
    get throws {
      if metrics == "all" { return Set(Metric.allCases) }
      return Set(
        try Self.parts(metrics).map { name in
          guard let metric = Metric(rawValue: name) else {
            throw EvaluationError(
              .request, "There is no metric \(name); expected one of \(Metric.names).")
          }
          return metric
        })
    }
  }

  private static func parts(_ list: String) -> [String] {
    list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
  }
}

/// The options that say how a data set lies on the disk, and what its labels mean.
struct DataSetOptions: ParsableArguments {
  @Option(help: "Its layout; found out by its files otherwise.")
  var format: DataSet.Format?

  @Option(help: "Which part of it, such as test or val; the one that is meant for tests otherwise.")
  var split: String?

  @Option(help: "A JSON object with a list of the model's class numbers for each label.")
  var classes: String?

  /// Reads the lists.
  func read(_ path: String) throws -> DataSet {
    try DataSet.reading(path, format: format, split: split)
  }

  /// What the labels mean for a network.
  func mapping(for model: Model, _ data: DataSet) throws -> ClassMapping {
    guard let classes else {
      return ClassMapping(labels: model.labels, classCount: model.classCount, of: data.classes)
    }
    return try ClassMapping(contentsOfFile: classes, classCount: model.classCount)
  }
}
