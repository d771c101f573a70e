import ArgumentParser
import CAMEngine

/// The options that say which network runs, and how.
struct ModelOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: "The network, an ONNX file; the one that comes with camtui by default.")
  var model: String?

  @Option(help: "Class labels: a text, JSON, CSV or Python file; the README lists the formats.")
  var labels: String?

  @Option(help: "A preprocessor_config.json; otherwise one beside the model is used.")
  var preprocessor: String?

  @Option(
    help: """
      WIDTHxHEIGHT at which a network runs that leaves it free; that of its preprocessing by default.
      """)
  var size: InputSizeOption?

  @OptionGroup var gridOptions: GridOptions

  @OptionGroup var scoreOptions: ScoreOptions

  @Option(help: "How many threads compute; all processors by default.")
  var threads: Int?

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads \(threads): a number from 1 to 1024 was expected.")
    }
  }

  /// Loads the network: the one that is named, else the user's default, else the one that comes with
  /// camtui.
  ///
  /// - Parameters:
  ///   - configuration: The user's defaults, where they are known.
  ///   - size: The size at which a network runs that leaves it free; nil for that of the options, or of its
  ///     preprocessing.
  /// - Returns: The network.
  /// - Throws: What loading it throws.
  func load(_ configuration: Configuration? = nil, size: Preprocessor.Size? = nil) throws -> Model {
    let defaults = try configuration ?? Configuration.ofUser()
    // The labels of the default model are not those of another one.
    let isDefault = model == nil
    return try Model(
      contentsOfFile: try model ?? defaults.model ?? ShippedModel.path(),
      labels: labels ?? (isDefault ? defaults.labels : nil),
      preprocessor: preprocessor ?? (isDefault ? defaults.preprocessor : nil),
      size: size ?? self.size?.size, grid: gridOptions.grid, overrides: scoreOptions.overrides,
      threads: threads)
  }

  /// The network at the size of a photo, where it leaves its size to photos.
  func fitted(_ model: Model, to photo: Image, _ configuration: Configuration) throws -> Model {
    guard model.hasSizeOfPhoto else { return model }
    let input = try model.preprocessor.prepare(photo)
    guard (input.width, input.height) != model.inputSize else { return model }
    return try load(
      configuration, size: Preprocessor.Size(width: input.width, height: input.height))
  }
}

/// The options that say what a network's outputs mean, where its files do not.
struct ScoreOptions: ParsableArguments {
  @Option(help: "The output that holds the scores, where a network has several.")
  var scores: String?

  @Option(
    help: """
      What the scores are: logits (the output as it stands, a softmax gives probabilities), softmax or \
      sigmoid (before or behind it), or value (no probabilities); found in the files by default.
      """)
  var head: HeadChoice?

  var overrides: ModelOverrides { ModelOverrides(scores: scores, head: head) }
}

/// The options that say what is explained.
struct TargetOptions: ParsableArguments {
  @Option(
    name: [.customLong("class"), .customShort("c")],
    help: "The class to explain, by number or label; the most probable one by default.")
  var target: String?

  @Option(
    name: [.customLong("layer"), .customShort("l")],
    help: """
      The layer, by the name of its ONNX value or a unique prefix; see camtui inspect. explain takes \
      several.
      """)
  var layers: [String] = []

  /// The layer where only one can be shown: the last one named.
  var layer: String? { layers.last }

  @Option(
    help: """
      The method: \(Method.every.map(\.name).joined(separator: ", ")); by default \
      \(Method.incrementCAM.name) in the explorer, else \(Method.gradCAM.name).
      """)
  var method: String?

  @Option(help: "How many classes are listed.")
  var top = 5

  @Option(
    help: """
      The colours: \(ColorMap.allCases.map(\.rawValue).joined(separator: ", ")); viridis by default.
      """)
  var colormap: ColorMap?

  /// The colour map that is named, else the user's default, else viridis.
  func colorMap(_ configuration: Configuration) -> ColorMap {
    colormap ?? configuration.colormap ?? .viridis
  }

  func validate() throws {
    guard (1...100_000).contains(top) else {
      throw ValidationError("--top \(top): a number from 1 to 100000 was expected.")
    }
  }
}
