import ArgumentParser
import CAMEngine
import Foundation
import Terminal

/// `camtui inspect MODEL`: what a network consists of.
struct InspectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Lists the layers of a network with their shapes, and which can be explained.")

  @Argument(help: "The network, an ONNX file.")
  var model: String

  @Option(help: "A preprocessor_config.json; otherwise one beside the model is used.")
  var preprocessor: String?

  @Option(help: "WIDTHxHEIGHT at which a network runs that leaves it free.")
  var size: InputSizeOption?

  @OptionGroup var gridOptions: GridOptions

  @OptionGroup var scoreOptions: ScoreOptions

  @Flag(help: "Prints JSON.")
  var json = false

  func run() async throws {
    try await reportingFailure {
      let summary = try Model(
        contentsOfFile: model, preprocessor: preprocessor, size: size?.size,
        grid: gridOptions.grid, overrides: scoreOptions.overrides
      ).summary
      print(try json ? summary.encoded() : text(summary))
    }
  }

  private func text(_ summary: ModelSummary) -> String {
    let widths = columnWidths(summary.layers)
    let rows = summary.layers.map { layer in
      let mark = layer.name == summary.defaultLayer ? "*" : layer.isCandidate ? "+" : " "
      let name = DisplayWidth.padded(layer.name.printable, to: widths.name)
      let type = DisplayWidth.padded(layer.type.printable, to: widths.type)
      return "\(mark) \(name)  \(type)  \(layer.size)"
    }
    let lines =
      header(summary).map(\.printable) + rows + [legend(summary)] + notes(summary).map(\.printable)
    return lines.joined(separator: "\n")
  }

  private func columnWidths(_ layers: [ModelSummary.LayerSummary]) -> (name: Int, type: Int) {
    (
      layers.map { DisplayWidth.printedColumns(of: $0.name.printable) }.max() ?? 0,
      layers.map { DisplayWidth.printedColumns(of: $0.type.printable) }.max() ?? 0
    )
  }

  private func header(_ summary: ModelSummary) -> [String] {
    [
      "\(summary.model)  opset \(summary.opset)",
      "input    \(summary.input.name)  \(summary.input.channels) x \(summary.input.height)"
        + " x \(summary.input.width)",
      "output   \(summary.output.head.output)  \(summary.output.classes) classes"
        + (summary.output.name == summary.output.head.output
          ? "" : ", scores taken from \(summary.output.name)"),
      "head     \(summary.output.head.name): \(summary.output.head.words)",
      "size     \(grouped(summary.parameters)) parameters, "
        + String(format: "%.2f GFLOPs an image", summary.gigaFLOPs),
      "prepared by \(summary.preprocessing)",
      "",
    ]
  }

  private func notes(_ summary: ModelSummary) -> [String] {
    summary.notes.isEmpty ? [] : [""] + summary.notes.map(\.text)
  }

  private func legend(_ summary: ModelSummary) -> String {
    summary.defaultLayer == nil
      ? "\nNo layer can be explained: none has a spatial extent."
      : "\n* the default layer   + other layers that can be explained"
  }

  private func grouped(_ number: Int) -> String {
    var digits = String(number)
    var result = ""
    while digits.count > 3 {
      result = "," + digits.suffix(3) + result
      digits.removeLast(3)
    }
    return digits + result
  }
}
