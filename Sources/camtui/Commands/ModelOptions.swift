import ArgumentParser
import CAMEngine

/// The options that say which network runs, and how.
struct ModelOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "The network, an ONNX file.")
  var model: String?

  @Option(help: "Class labels: a text file with one a line, or a config.json with id2label.")
  var labels: String?

  @Option(help: "A preprocessor_config.json; otherwise one beside the model is used.")
  var preprocessor: String?

  @Option(help: "How many threads compute; all processors by default.")
  var threads: Int?

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads \(threads): a number from 1 to 1024 was expected.")
    }
  }

  /// Loads the network.
  func load() throws -> Model {
    guard let model else {
      throw ModelError(.request, "No network was named; expected --model FILE.onnx.")
    }
    return try Model(
      contentsOfFile: model, labels: labels, preprocessor: preprocessor, threads: threads)
  }
}

/// The options that say what is explained.
struct TargetOptions: ParsableArguments {
  @Option(
    name: [.customLong("class"), .customShort("c")],
    help: "The class to explain, by number or label; the most probable one by default.")
  var target: String?

  @Option(
    name: .shortAndLong,
    help: "The layer, by the name of its ONNX value or a unique prefix; see camtui inspect.")
  var layer: String?

  @Option(help: "The method: \(Method.all.map(\.name).joined(separator: ", ")).")
  var method = Method.gradCAM.name

  @Option(help: "How many classes are listed.")
  var top = 5

  @Option(help: "The colours: \(ColorMap.allCases.map(\.rawValue).joined(separator: ", ")).")
  var colormap = ColorMap.viridis

  func validate() throws {
    guard (1...100_000).contains(top) else {
      throw ValidationError("--top \(top): a number from 1 to 100000 was expected.")
    }
  }
}
