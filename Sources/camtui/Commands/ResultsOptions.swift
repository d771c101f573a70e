import ArgumentParser
import CAMEngine
import Evaluation
import Foundation

/// The options that open the images of an evaluation.
struct ResultsOptions: ParsableArguments {
  @Option(
    help: """
      Opens the worst and the best images of a file of results of evaluate. --method and --layer say \
      of which map, by the names in the file; the first ones by name by default.
      """)
  var results: String?

  @Option(
    help: "The metric by which they are the worst and the best; one of ranks by default.",
    transform: Self.metric)
  var metric: Metric?

  @Option(help: "How many of the worst; 8 by default.")
  var worst: Int?

  @Option(help: "How many of the best; 8 by default.")
  var best: Int?

  func validate() throws {
    for (name, number) in [("worst", worst), ("best", best)] {
      if let number, number < 1 {
        throw ValidationError("--\(name) \(number): a number from 1 was expected.")
      }
    }
    guard results == nil, metric != nil || worst != nil || best != nil else { return }
    throw ValidationError("--metric, --worst and --best are for images of --results FILE.")
  }

  private static func metric(_ name: String) throws -> Metric {
    if let metric = Metric(rawValue: name) { return metric }
    throw ValidationError("There is no metric \(name); expected one of \(Metric.names).")
  }

  /// What is to be opened; nil where no results are named.
  func read(method: String?, layer: String?) throws -> EvaluatedImages? {
    guard let results else { return nil }
    var selection = CaseSelection()
    (selection.method, selection.layer) = (method, layer)
    (selection.metric, selection.worst, selection.best) = (metric, worst, best)
    return try EvaluatedImages(try ResultsFile(reading: results), selection)
  }
}

/// The images of an evaluation, with what the explorer must choose to show what was measured.
struct EvaluatedImages {
  private let file: ResultsFile
  private let found: ResultCases
  private let variant: MethodVariant

  /// - Parameters:
  ///   - file: The results.
  ///   - selection: Which images.
  /// - Throws: `EvaluationError` where there are none, or none of the photos is there any more.
  init(_ file: ResultsFile, _ selection: CaseSelection) throws {
    self.file = file
    found = try file.cases(selection)
    variant = try MethodVariant(found.method)
    guard paths.contains(where: FileManager.default.fileExists) else {
      throw EvaluationError(
        .missing,
        "None of the \(paths.count) photos of \(file.path) is there, such as"
          + " \(paths.first ?? ""); expected to run in the folder where evaluate ran.")
    }
  }

  /// The photos, in the order in which they are to be shown.
  var paths: [String] { found.cases.map(\.unit.path) }

  /// The settings of Increment-CAM that were measured.
  var settings: IncrementCAMSettings { variant.settings.incrementCAM }

  /// Loads the network of the results: the one that is named, else the one that was measured.
  func load(_ options: ModelOptions, _ configuration: Configuration) throws -> Model {
    var options = options
    let usual = configuration.model ?? (try? ShippedModel.path())
    if options.model == nil, let path = try file.modelPath(), path != usual,
      FileManager.default.fileExists(atPath: path)
    {
      options.model = path
    }
    let model = try options.load(configuration)
    try file.settings()?.check(model, of: file.path)
    return model
  }

  /// How the metrics of the results were taken.
  func metricSettings() throws -> MetricSettings {
    try file.settings()?.metrics ?? MetricSettings()
  }

  /// Chooses what was measured.
  ///
  /// - Parameters:
  ///   - options: What is set, but for the layer, which is set before.
  ///   - facts: The network, with ``settings`` as its parameters.
  func set(_ options: inout ExplorerOptions, _ facts: ModelFacts) {
    options.method = variant.method.name
    options.step = step
    let scoring = ParameterValues(facts.parameters, of: .two)
    let layer = options.layer ?? facts.defaultLayer
    options.cases = found.cases.enumerated().map { image, known in
      var request = MapRequest(
        image: image, layer: layer, target: .ofClass(known.target), method: variant.method.name)
      if request.isIncrementCAM { request.parameters = scoring }
      return ImageCase(
        request: request, step: step, merging: ParameterValues(facts.parameters, of: .three),
        rank: "\(known.isWorst ? "worst" : "best") \(known.place) of \(found.count)",
        figure: Self.figure(found.metric, known.value))
    }
  }

  /// The layer that was explained.
  var layer: String { found.layer }

  private var step: Step {
    guard variant.method == .incrementCAM else { return .map }
    return switch variant.map {
    case "phase1": .phaseOne
    case "phase2": .phaseTwo
    default: .phaseThree
    }
  }

  /// A metric with its value; written as in the numbers view where it is there too.
  static func figure(_ metric: Metric, _ value: Double) -> String {
    if let number = MapNumber(rawValue: metric.rawValue) {
      let title = number == .adcc ? number.title : number.title.lowercased()
      return "\(title) \(number.text(value))"
    }
    let text = String(
      format: metric.isShare ? "%.1f %%" : "%.3g", metric.isShare ? 100 * value : value)
    return "\(metric.rawValue) \(text)"
  }
}
