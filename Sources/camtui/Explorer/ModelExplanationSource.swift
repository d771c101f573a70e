import CAMEngine
import Terminal

/// Photos, classes and maps from a ``Model``.
actor ModelExplanationSource: ExplanationSource {
  nonisolated let model: ModelFacts
  private let network: Model
  /// In the order of ``ModelFacts/layers``.
  private let layers: [Layer]
  private let listedClasses: Int
  private var inputs: [String: PreparedInput] = [:]

  /// As many as a tall terminal shows.
  private static let fewestListedClasses = 20

  /// - Parameters:
  ///   - network: The network.
  ///   - settings: The parameters of Increment-CAM at the start.
  ///   - listedClasses: How many classes are listed at least.
  /// - Throws: ``ModelError`` for a network without a layer that can be explained.
  init(
    _ network: Model, settings: IncrementCAMSettings = IncrementCAMSettings(),
    listedClasses: Int = 5
  ) throws {
    self.network = network
    layers = network.layers.filter(\.isCandidate)
    guard !layers.isEmpty else {
      throw ModelError(
        .malformed,
        "\(network.path) has no layer that can be explained; a convolutional network was expected.")
    }
    self.listedClasses = max(listedClasses, Self.fewestListedClasses)
    model = ModelFacts(network, layers: layers, settings: settings)
  }

  func open(_ path: String) async throws -> OpenedImage {
    let photo = try Image(contentsOfFile: path)
    let input = try network.prepare(photo)
    inputs[path] = input
    let crop = input.geometry.cropInPhoto
    let isWhole =
      crop.x <= 0 && crop.y <= 0 && crop.x + crop.width >= Double(photo.width)
      && crop.y + crop.height >= Double(photo.height)
    return OpenedImage(
      photo: Picture(width: photo.width, height: photo.height, pixels: photo.pixels),
      crop: isWhole
        ? nil : PictureRegion(x: crop.x, y: crop.y, width: crop.width, height: crop.height))
  }

  func classify(_ path: String) async throws -> ClassScores {
    scores(of: try await network.classify(try input(of: path)))
  }

  func classify(_ path: String, hiding box: InputBox) async throws -> ClassScores {
    let hidden = try input(of: path).hiding(
      PixelRectangle(left: box.left, top: box.top, width: box.width, height: box.height))
    return scores(of: try await network.classify(hidden))
  }

  private func scores(of classification: Classification) -> ClassScores {
    ClassScores(
      scores: classification.scores, probabilities: classification.probabilities,
      top: classification.top(listedClasses).map(\.index))
  }

  func channels(for request: MapRequest, of path: String) async throws -> [RankedChannel] {
    let input = try input(of: path)
    try Task.checkCancellation()
    // Phase 1 is all that is wanted: one channel is the least that Phase 2 can be told to score.
    var settings = MethodSettings()
    settings.incrementCAM.channels = .fraction(0)
    let stream = network.incrementCAM(
      input, classIndex: request.classIndex, layer: layers[request.layer], settings: settings)
    for try await progress in stream { return RankedChannel.ranked(progress.one) }
    throw CancellationError()
  }

  func explain(
    _ request: MapRequest, of path: String, report: @Sendable (MapResult) -> Void
  ) async throws -> MapResult {
    let input = try input(of: path)
    try Task.checkCancellation()
    if request.isIncrementCAM { return try await score(request, input, report) }
    let explanation = try await network.explain(
      input, classIndex: request.classIndex, layer: layers[request.layer],
      method: try Method(named: request.method))
    return MapResult(explanation)
  }

  /// Increment-CAM, step by step.
  private func score(
    _ request: MapRequest, _ input: PreparedInput, _ report: @Sendable (MapResult) -> Void
  ) async throws -> MapResult {
    var settings = MethodSettings()
    settings.incrementCAM = IncrementCAMSettings(scoring: request.parameters)
    // The network's own size, which need not be square.
    if settings.incrementCAM.scoringSize == model.inputWidth {
      settings.incrementCAM.scoringSize = nil
    }
    let stream = network.incrementCAM(
      input, classIndex: request.classIndex, layer: layers[request.layer], settings: settings)
    var last: MapResult?
    for try await progress in stream {
      let result = MapResult(progress)
      last = result
      if !result.isComplete { report(result) }
    }
    guard let last, last.isComplete else { throw CancellationError() }
    return last
  }

  nonisolated func classes(matching text: String) async -> [Int] {
    guard network.labels.count == network.classCount else {
      return (0..<network.classCount).filter { text.isEmpty || "class \($0)".contains(text) }
    }
    return network.labels.matches(text)
  }

  private func input(of path: String) throws -> PreparedInput {
    if let input = inputs[path] { return input }
    let input = try network.prepare(try Image(contentsOfFile: path))
    inputs[path] = input
    return input
  }
}
