import ArgumentParser
import CAMEngine
import Foundation

/// `camtui explain IMAGE`: explains without a terminal.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains one image: prints a table, and writes files with --output.",
    discussion: """
      --method all makes the maps of all methods; those that need no more than one forward and one \
      backward pass share them. Several --layer make one map of all of them.
      Before work of more than a few passes its cost is written to standard error, and in a terminal \
      how far it is. Ctrl-C ends it within one batch, nothing written.
      """)

  @Argument(help: "The image: JPEG, PNG or WebP.")
  var image: String

  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var targetOptions: TargetOptions
  @OptionGroup(title: "Increment-CAM") var incrementOptions: IncrementCAMOptions

  @Option(
    help: """
      How the maps of several --layer are joined: maximum, mean or product; maximum by default.
      """)
  var fusion: LayerFusion?

  @Option(
    name: .shortAndLong,
    help: "A folder for manifest.json and the map as values, heatmap and overlay.")
  var output: String?

  @Flag(help: "Also writes every map before its ReLU: what speaks against the class is negative.")
  var signed = false

  @Flag(help: "Also measures the map: average drop, increase, gain, insertion and deletion.")
  var metrics = false

  func validate() throws {
    if fusion != nil, targetOptions.layers.count < 2 {
      throw ValidationError(
        "--fusion joins the maps of several layers; expected --layer twice or more.")
    }
    guard output == nil else { return }
    for (name, isGiven) in [("signed", signed), ("colormap", targetOptions.colormap != nil)]
    where isGiven {
      throw ValidationError("--\(name) is for files; expected --output DIR with it.")
    }
  }

  func run() async throws {
    try await reportingFailure { try await cancelledByInterrupt { try await explain() } }
  }

  private func explain() async throws {
    let configuration = try Configuration.ofUser()
    let named = try methods(configuration)
    try incrementOptions.check(usedBy: named)
    let settings = try incrementOptions.settings()
    let start = ContinuousClock.now
    async let reading = ImageReading(contentsOfFile: image)
    let loaded = try modelOptions.load(configuration)
    let photo = try await reading
    let model = try modelOptions.fitted(loaded, to: photo.image, configuration)
    let input = try model.prepare(photo.image)
    let methods = isOfAllMethods(configuration) ? model.methods : named
    let loadSeconds = (ContinuousClock.now - start) / .seconds(1)
    let target = try targetOptions.target.map(model.target)
    let layers = try targetOptions.layers.map(model.layer)
    let meter = CostMeter(methods: methods, model: model, layers: layers, settings: settings)
    let comparison = try await meter.measuring { progress in
      try await model.compare(
        input, target: target, layers: layers, fusion: fusion ?? .maximum, methods: methods,
        settings: settings, progress: progress)
    }
    let report = ExplanationReport(
      comparison: comparison, model: model, image: image, photo: photo, input: input,
      loadSeconds: loadSeconds, top: targetOptions.top, output: output)
    let measurements = try await measured(report, settings)
    try write(report, configuration, measurements.map(\.measurement))
    print(report.text)
    if metrics { print("\n" + MeasurementText(measurements: measurements).text) }
  }

  /// What `--metrics` asks for, of every method's map.
  private func measured(
    _ report: ExplanationReport, _ settings: MethodSettings
  ) async throws -> [(method: String, measurement: MapMeasurement)] {
    var result: [(String, MapMeasurement)] = []
    for explanation in metrics ? report.comparison.explanations : [] {
      let measurement = try await report.model.metrics(
        of: explanation, input: report.input, Metric.quick.union([.insertion, .deletion]),
        methodSettings: settings)
      result.append((explanation.method.name, measurement))
    }
    return result
  }

  private func write(
    _ report: ExplanationReport, _ configuration: Configuration, _ measurements: [MapMeasurement]
  ) throws {
    guard let output else { return }
    let files = ExplanationFiles(
      photo: report.photo.image, path: image, input: report.input,
      colorMap: targetOptions.colorMap(configuration),
      opacity: Float(configuration.opacity ?? ExplorerOptions.usualOpacity) / 100,
      hasSigned: signed)
    if let only = report.only {
      try files.write(
        only, of: report.model, to: output, top: report.top, loadSeconds: report.loadSeconds,
        measurement: measurements.first)
    } else {
      try files.write(
        report.comparison, of: report.model, to: output, top: report.top,
        loadSeconds: report.loadSeconds, measurements: measurements)
    }
  }

  /// The method that is named, else the user's default, else Grad-CAM.
  private func methods(_ configuration: Configuration) throws -> [Method] {
    isOfAllMethods(configuration) ? Method.all : [try Method(named: methodName(configuration))]
  }

  /// Whether all methods are asked for that explain the network.
  private func isOfAllMethods(_ configuration: Configuration) -> Bool {
    methodName(configuration) == "all"
  }

  private func methodName(_ configuration: Configuration) -> String {
    targetOptions.method ?? configuration.method ?? Method.gradCAM.name
  }
}
