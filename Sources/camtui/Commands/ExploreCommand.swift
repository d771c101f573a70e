import ArgumentParser
import CAMEngine
import Terminal

/// `camtui IMAGE...`: the explorer.
struct ExploreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore", abstract: "Opens images in the explorer (the default command).",
    discussion: "In the explorer, ? shows the keys and q quits.")

  @Argument(help: "The images: JPEG, PNG or WebP; none with --results.")
  var images: [String] = []

  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var targetOptions: TargetOptions

  @OptionGroup(title: "Increment-CAM") var incrementOptions: IncrementCAMOptions

  @Flag(
    inversion: .prefixedNo, help: "Begins with a lesson: the space bar walks through the steps.")
  var lesson: Bool?

  @OptionGroup(title: "Results") var resultsOptions: ResultsOptions
  @OptionGroup(title: "Terminal") var terminalOptions: TerminalOptions

  func validate() throws {
    guard targetOptions.layers.count <= 1 else {
      throw ValidationError(
        "The explorer shows one --layer at a time; expected one of"
          + " \(targetOptions.layers.joined(separator: ", ")). Several are for explain.")
    }
    guard resultsOptions.results != nil else {
      guard images.isEmpty else { return }
      throw ValidationError("Missing expected argument '<images> ...'")
    }
    guard images.isEmpty, targetOptions.target == nil else {
      throw ValidationError("--results brings images and classes of its own; expected no others.")
    }
    guard incrementOptions.given.isEmpty else {
      throw ValidationError(
        "--results brings the settings of Increment-CAM that were measured; expected no others.")
    }
  }

  func run() async throws {
    try await reportingFailure {
      let configuration = try Configuration.ofUser()
      let evaluated = try resultsOptions.read(
        method: targetOptions.method, layer: targetOptions.layer)
      if evaluated == nil { try checkImages() }
      let start = ContinuousClock.now
      let network =
        try evaluated?.load(modelOptions, configuration) ?? modelOptions.load(configuration)
      let source = try ModelExplanationSource(
        network, settings: evaluated?.settings ?? incrementOptions.settings().incrementCAM,
        metricSettings: evaluated?.metricSettings() ?? MetricSettings(),
        listedClasses: targetOptions.top,
        loadSeconds: (ContinuousClock.now - start) / .seconds(1))
      try await runExplorer(
        source: source, paths: evaluated?.paths ?? images,
        options: try options(network, source.model, evaluated, configuration))
    }
  }

  /// Fails before the screen opens where none of the images can be; else says which cannot. Those show the
  /// same sentence in their place.
  private func checkImages() throws {
    var failures: [ImageError] = []
    for path in images {
      do {
        try ImageReading.check(path)
      } catch {
        failures.append(error)
      }
    }
    if failures.count == images.count, let first = failures.first { throw first }
    for failure in failures { StandardError.write("camtui: " + "\(failure)".printable + "\n") }
  }

  /// The first image that seems to be one.
  private var firstImage: Int {
    images.firstIndex { (try? ImageReading.check($0)) != nil } ?? 0
  }

  private func options(
    _ network: Model, _ facts: ModelFacts, _ evaluated: EvaluatedImages?,
    _ configuration: Configuration
  ) throws -> ExplorerOptions {
    var options = ExplorerOptions(colorTables: try colorTables(configuration))
    if evaluated == nil, let method = targetOptions.method ?? configuration.method {
      options.method = try Method(named: method).name
    }
    if let layer = try (evaluated?.layer ?? targetOptions.layer).map(network.layer) {
      options.layer = try facts.place(of: layer)
    }
    evaluated?.set(&options, facts)
    options.firstTarget = try targetOptions.target.map(network.target)
    options.firstImage = firstImage
    options.isLesson = lesson ?? configuration.lesson ?? options.isLesson
    options.keys = configuration.keys
    terminalOptions.set(&options, configuration)
    return options
  }

  /// The wanted colour map, then the others.
  private func colorTables(_ configuration: Configuration) throws -> [ColorTable] {
    let wanted = targetOptions.colorMap(configuration)
    let maps = [wanted] + ColorMap.allCases.filter { $0 != wanted }
    return maps.map { map in
      ColorTable(name: map.rawValue) {
        let color = map.color($0)
        return (color.red, color.green, color.blue)
      }
    }
  }
}

extension ModelFacts {
  /// The place of a layer in the list.
  fileprivate func place(of layer: Layer) throws -> Int {
    guard let place = layers.firstIndex(where: { $0.name == layer.name }) else {
      throw ModelError(
        .request,
        "The layer \(layer.name) (\(layer.channels) x \(layer.height) x \(layer.width)) has no"
          + " map; a layer larger than 1 x 1 that the scores depend on was expected.")
    }
    return place
  }
}
