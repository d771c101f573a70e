import Inference

/// An image classifier, loaded from an ONNX file and ready to be explained.
///
/// ```swift
/// let model = try Model(contentsOfFile: "squeezenet.onnx")
/// let photo = try Image(contentsOfFile: "dog.jpg")
/// let input = try model.prepare(photo)
/// let explanation = try await model.explain(input, method: .gradCAM)
/// let overlay = explanation.map.overlaid(on: photo, geometry: input.geometry)
/// ```
///
/// A model is safe to use from many tasks; its computations run one after another on a thread of
/// their own.
public struct Model: Sendable {
  /// The path of the ONNX file.
  public let path: String
  /// The labels of the classes; ``Labels/none`` when there are none.
  public let labels: Labels
  /// How photos become inputs.
  public let preprocessor: Preprocessor
  /// The layers, in the order of the computation.
  public let layers: [Layer]
  /// The layer that is explained when nothing else is asked for: the last spatial activation that
  /// carries features, not one map a class and not pooled; nil where the model has no candidate.
  public let defaultLayer: Layer?

  /// What the network's values mean.
  public let head: Head
  /// What had to be assumed of the model, or was passed over.
  public let notes: [Note]

  /// Whether the network leaves its size free and the preprocessing leaves it to the photo, so that another
  /// photo wants the model to be loaded for another size.
  public let hasSizeOfPhoto: Bool

  let structure: NetworkStructure
  let session: InferenceSession

  /// Loads a model. Weights are read from the file when they are first needed.
  ///
  /// - Parameters:
  ///   - path: An ONNX file, of an opset of ``supportedOpsets``.
  ///   - labels: The path of labels; nil looks where ``Labels/forModel(_:file:metadata:)`` says.
  ///   - preprocessor: The path of a preprocessing configuration; nil looks where
  ///     ``Preprocessor/forModel(_:file:metadata:input:)`` says.
  ///   - size: The size at which a network runs that leaves it free; nil for that of its preprocessing.
  ///   - grid: The grid of the network's tokens; nil for the one that follows from the graph.
  ///   - overrides: What is said of the scores against, or beyond, what the files say.
  ///   - threads: How many threads a computation uses; nil for all processors.
  /// - Throws: ``ModelError``, ``LabelsError`` or ``PreprocessorError``.
  public init(
    contentsOfFile path: String, labels: String? = nil, preprocessor: String? = nil,
    size: Preprocessor.Size? = nil, grid: TokenGrid? = nil,
    overrides: ModelOverrides = ModelOverrides(), threads: Int? = nil
  ) throws {
    let graph = try ModelError.translating { try GraphReader.graph(path: path) }
    let layout = try ModelError.translating { try graph.inputLayout() }
    let input = try NetworkInput(layout).sized(size, path: path)
    var configuration = try Preprocessor.forModel(
      path, file: preprocessor, metadata: graph.metadata, input: input)
    if size != nil { configuration = configuration.scaled(to: input.size) }
    let prepared = configuration.preparedSize
    let names = try Self.labels(of: graph, path, file: labels)
    let problemType = overrides.head == nil ? try ProblemType.ofModel(path) : nil
    let choice = Self.choice(overrides, problemType, names)
    structure = try ModelError.translating {
      try NetworkStructure(
        graph, height: input.height ?? prepared?.height, width: input.width ?? prepared?.width,
        grid: grid?.given, choice: choice)
    }
    if let grid, !structure.layers.contains(where: { $0.view.hasGrid(grid.given) }) {
      throw ModelError(
        .request,
        "\(path) has no activation of \(grid.prefix) + \(grid.height) x \(grid.width) tokens; the number"
          + " of its tokens was expected from --grid and --prefix.")
    }
    try configuration.check(width: structure.width, height: structure.height)
    let clues = HeadClues(
      ending: structure.ending, valueCount: structure.scoreCount, labelCount: names.count,
      problemType: problemType, wanted: overrides.head)
    head = HeadTable.head(for: clues)
    if names != .none { try names.check(classes: head.classCount) }
    hasSizeOfPhoto = prepared == nil && (input.width == nil || input.height == nil)
    self.path = path
    self.labels = names
    self.preprocessor = configuration
    notes =
      (structure.notes + HeadTable.notes(head, clues)).map { Note(.scores, $0) }
      + configuration.notes.map { Note(.preprocessing, $0) }
      + Note.ofNumbers(graph)
    layers = structure.layers.map(Layer.init)
    defaultLayer = structure.defaultLayer.map(Layer.init)
    session = InferenceSession(structure, threadCount: threads)
  }

  /// The files beside the ONNX file that hold weights.
  package var weightFiles: [String] { structure.graph.externalFiles }

  /// The labels, of a file or of the graph itself.
  private static func labels(of graph: Graph, _ path: String, file: String?) throws -> Labels {
    let found = try Labels.forModel(path, file: file, metadata: graph.metadata)
    guard found == .none, let names = graph.classLabels, !names.isEmpty else { return found }
    return Labels(names.map { Labels.Label(text: $0) }, name: "the ZipMap of \(path)")
  }

  /// What is known of the scores before the graph is looked at.
  private static func choice(
    _ overrides: ModelOverrides, _ problemType: ProblemType?, _ labels: Labels
  ) -> ScoreChoice {
    let takesOutput =
      overrides.head.map { $0 == .logits || $0 == .value } ?? (problemType == .regression)
    return ScoreChoice(
      name: overrides.scores, labelCount: labels.count, takesOutput: takesOutput)
  }

  /// The input's columns and rows.
  public var inputSize: (width: Int, height: Int) { (structure.width, structure.height) }

  /// The opsets of the default domain that are read.
  public static let supportedOpsets = GraphReader.opsets

  /// The name of the output that is read.
  public var outputName: String { structure.graph.name(of: structure.output) }

  /// The number of classes.
  public var classCount: Int { head.classCount }

  /// The layer with a name.
  ///
  /// - Parameter name: The name of an ONNX value, or a prefix that only one layer has.
  /// - Returns: The layer.
  /// - Throws: ``ModelError`` that names similar layers.
  public func layer(named name: String) throws -> Layer {
    Layer(try ModelError.translating { try structure.layer(named: name) })
  }

  /// What is explained, by a number or a label; of a value also by `more` or `less`, alone where there is
  /// one value, else before its label.
  ///
  /// - Parameter text: A class number, a label, or an unambiguous part of one.
  /// - Returns: The target.
  /// - Throws: ``LabelsError/noSuchClass(text:classes:nearest:)``.
  public func target(_ text: String) throws -> Target {
    guard !head.hasProbabilities else {
      return .ofClass(try labels.index(of: text, classes: classCount))
    }
    let words = text.split(separator: " ", maxSplits: 1)
    let isDirection = words.first == "more" || words.first == "less"
    let name = isDirection ? words.dropFirst().first.map(String.init) : text
    let index =
      name == nil && classCount == 1
      ? 0 : try labels.index(of: name ?? text, classes: classCount)
    return isDirection && words.first == "less" ? .less(of: index) : .ofClass(index)
  }

  /// Turns a photo into an input of this model.
  ///
  /// - Parameter photo: The photo.
  /// - Returns: The input.
  /// - Throws: ``PreprocessorError`` where the configuration gives another size than the model takes.
  public func prepare(_ photo: Image) throws -> PreparedInput {
    var input = try preprocessor.prepare(photo)
    try input.check(width: structure.width, height: structure.height, name: preprocessor.name)
    input.model = identity
    return input
  }

  /// Runs the network on one image.
  ///
  /// - Parameter input: What ``prepare(_:)`` made.
  /// - Returns: The scores of all classes, and their probabilities where there are any.
  /// - Throws: ``ModelError``; also where the scores are no numbers, or another model prepared the input.
  public func classify(_ input: PreparedInput) async throws -> Classification {
    let values = try networkInput(input)
    let layer = defaultLayer?.structure
    let row = try await perform { executor in
      // On the way past the default layer, so that explaining it next costs no second forward pass.
      if let layer { return try executor.pass(to: layer, input: values).scoreValues }
      return try executor.scores(batch: 1) { _ = $0.update(fromContentsOf: values) }
    }
    try checkFinite([row])
    return Classification(row, head: head, labels: labels)
  }

  /// Runs work on the network's thread, its errors translated.
  func perform<Result: Sendable>(
    _ body: @Sendable (Executor) throws -> Result
  ) async throws -> Result {
    do {
      return try await session.perform(body)
    } catch let error as InferenceError {
      throw ModelError(error)
    }
  }

  /// Refuses what damaged weights make of an image: nothing can be said of it.
  func checkFinite(_ values: [[Float]]) throws {
    guard values.joined().allSatisfy(\.isFinite) else {
      throw ModelError(
        .malformed,
        "\(path): the results for this image are no numbers; finite weights were expected.")
    }
  }

  /// The input's values in the order of the network's axes.
  ///
  /// - Throws: ``ModelError`` where it is an input of another model.
  func networkInput(_ input: PreparedInput) throws -> [Float] {
    try check(input)
    guard structure.isChannelsLast, structure.channels > 1 else { return input.values }
    let (area, channels) = (input.width * input.height, structure.channels)
    return (0..<area * channels).map { input.values[$0 % channels * area + $0 / channels] }
  }
}

extension NetworkInput {
  /// What a graph says of its input.
  init(_ layout: InputLayout) {
    let values: Values =
      switch layout.values {
      case .unknown: .unknown
      case .integers: .bytes
      case .byteRange: .byteRange
      case .unitRange: .unitRange
      }
    self.init(
      width: layout.width, height: layout.height, channels: layout.channels, values: values)
  }

  /// The input at a size that was asked for.
  ///
  /// - Throws: ``ModelError`` of the kind ``ModelError/Kind/request`` where the network fixes another size.
  fileprivate func sized(_ size: Preprocessor.Size?, path: String) throws -> NetworkInput {
    guard let size else { return self }
    guard width ?? size.width == size.width, height ?? size.height == size.height else {
      let fixed = [width, height].map { $0.map { "\($0)" } ?? "any" }.joined(separator: " x ")
      throw ModelError(
        .request,
        "\(path) takes inputs of \(fixed); \(size.width) x \(size.height) was asked for, a size that the "
          + "model takes was expected.")
    }
    var input = self
    (input.width, input.height) = (size.width, size.height)
    return input
  }
}
