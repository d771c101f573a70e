import ArgumentParser
import CAMEngine
import Foundation

/// `camtui explain IMAGE`: explains without a terminal.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains one image: prints a table, and writes files with --output.")

  @Argument(help: "The image: JPEG, PNG or WebP.")
  var image: String

  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var targetOptions: TargetOptions
  @OptionGroup(title: "Increment-CAM") var incrementOptions: IncrementCAMOptions

  @Option(
    name: .shortAndLong,
    help: "A folder for manifest.json and the map as values, heatmap and overlay.")
  var output: String?

  func run() async throws {
    try await reportingFailure { try await explain() }
  }

  private func explain() async throws {
    let method = try Method(named: targetOptions.method)
    let start = ContinuousClock.now
    async let reading = Image(contentsOfFile: image)
    let model = try modelOptions.load()
    let photo = try await reading
    let input = try model.prepare(photo)
    let loadSeconds = (ContinuousClock.now - start) / .seconds(1)
    let explanation = try await model.explain(
      input, classIndex: try targetOptions.target.map(model.classIndex),
      layer: try targetOptions.layer.map(model.layer), method: method,
      settings: incrementOptions.settings)
    if let output {
      try ExplanationFiles(
        photo: photo, path: image, input: input, colorMap: targetOptions.colormap
      ).write(
        explanation, of: model, to: output, top: targetOptions.top, loadSeconds: loadSeconds)
    }
    let table = ExplanationTable(
      explanation: explanation, model: model, image: image, photo: photo,
      top: targetOptions.top, loadSeconds: loadSeconds, output: output)
    print(table.text)
  }
}
