import ArgumentParser
import CAMEngine
import Terminal

/// `camtui IMAGE...`: the explorer.
struct ExploreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore", abstract: "Opens images in the explorer (the default command).")

  @Argument(help: "The images: JPEG, PNG or WebP.")
  var images: [String]

  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var targetOptions: TargetOptions

  @OptionGroup(title: "Increment-CAM") var incrementOptions: IncrementCAMOptions

  @Flag(
    inversion: .prefixedNo, help: "Begins with a lesson: the space bar walks through the steps.")
  var lesson: Bool?

  @OptionGroup(title: "Terminal") var terminalOptions: TerminalOptions

  func run() async throws {
    try await reportingFailure {
      let configuration = try Configuration.ofUser()
      let network = try modelOptions.load(configuration)
      let source = try ModelExplanationSource(
        network, settings: incrementOptions.settings.incrementCAM,
        listedClasses: targetOptions.top)
      try await runExplorer(
        source: source, paths: images, options: try options(network, source.model, configuration))
    }
  }

  private func options(
    _ network: Model, _ facts: ModelFacts, _ configuration: Configuration
  ) throws -> ExplorerOptions {
    var options = ExplorerOptions(colorTables: try colorTables(configuration))
    if let method = targetOptions.method ?? configuration.method {
      options.method = try Method(named: method).name
    }
    if let layer = try targetOptions.layer.map(network.layer) {
      options.layer = try facts.place(of: layer)
    }
    options.firstClass = try targetOptions.target.map(network.classIndex)
    options.isLesson = lesson ?? configuration.lesson ?? options.isLesson
    options.keys = configuration.keys
    terminalOptions.set(&options, configuration)
    return options
  }

  /// The wanted colour map, then the others.
  private func colorTables(_ configuration: Configuration) throws -> [ColorTable] {
    let wanted = try targetOptions.colorMap(configuration)
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
