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

  @Option(help: "The terminal's colours: auto, truecolor, 256, 16 or mono.")
  var color = ColorChoice.auto

  @Option(help: "The height of a character cell over its width.")
  var cellAspect = 2.0

  func validate() throws {
    guard (0.5...5).contains(cellAspect) else {
      throw ValidationError("--cell-aspect \(cellAspect): a number from 0.5 to 5 was expected.")
    }
  }

  func run() async throws {
    try await reportingFailure {
      let method = try Method(named: targetOptions.method)
      let model = try modelOptions.load()
      let source = ModelExplanationSource(
        model: model, layer: try targetOptions.layer.map(model.layer), method: method,
        classCount: targetOptions.top)
      try await runExplorer(source: source, paths: images, options: options)
    }
  }

  private var options: ExplorerOptions {
    let maps = [targetOptions.colormap] + ColorMap.allCases.filter { $0 != targetOptions.colormap }
    var options = ExplorerOptions(
      colorTables: maps.map { map in
        ColorTable(name: map.rawValue) {
          let color = map.color($0)
          return (color.red, color.green, color.blue)
        }
      })
    options.color = color
    options.cellAspect = cellAspect
    return options
  }
}
