import CAMEngine
import Evaluation
import Foundation
import Terminal

/// Photos, classes and maps from a ``Model``.
actor ModelExplanationSource: ExplanationSource {
  nonisolated let model: ModelFacts
  let network: Model
  /// In the order of ``ModelFacts/layers``.
  let layers: [Layer]
  /// How the numbers of a map are taken.
  let metricSettings: MetricSettings
  /// How many classes were asked for.
  let listedClasses: Int
  /// The path of the folder in which maps are saved.
  let savingFolder: String
  /// The time that loading the network took.
  let loadSeconds: Double
  private var inputs: [String: PreparedInput] = [:]
  private var classifications: [String: Classification] = [:]
  private var known = KnownScorings()

  /// As many as a tall terminal shows.
  private static let fewestListedClasses = 20

  /// - Parameters:
  ///   - network: The network.
  ///   - settings: The parameters of Increment-CAM at the start.
  ///   - metricSettings: How the numbers of a map are taken.
  ///   - listedClasses: How many classes are listed at least.
  ///   - savingFolder: The path of the folder in which maps are saved.
  ///   - loadSeconds: The time that loading the network took, for the manifest.
  /// - Throws: ``ModelError`` for a network without a layer that can be explained.
  init(
    _ network: Model, settings: IncrementCAMSettings = IncrementCAMSettings(),
    metricSettings: MetricSettings = MetricSettings(), listedClasses: Int = 5,
    savingFolder: String = FileManager.default.currentDirectoryPath,
    loadSeconds: Double = 0
  ) throws {
    self.network = network
    layers = network.layers.filter(\.isCandidate)
    guard !layers.isEmpty else {
      throw ModelError(
        .malformed,
        "\(network.path) has no layer that can be explained; a convolutional network, or one of"
          + " tokens, was expected.")
    }
    self.metricSettings = metricSettings
    self.listedClasses = listedClasses
    self.savingFolder = savingFolder
    self.loadSeconds = loadSeconds
    model = ModelFacts(network, layers: layers, settings: settings, metrics: metricSettings)
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
    scores(of: try await classification(of: path))
  }

  /// What the network says of the whole image, asked once.
  func classification(of path: String) async throws -> Classification {
    if let known = classifications[path] { return known }
    let classification = try await network.classify(try input(of: path))
    classifications[path] = classification
    return classification
  }

  func classify(_ path: String, hiding box: InputBox) async throws -> ClassScores {
    let hidden = try input(of: path).hiding(
      PixelRectangle(left: box.left, top: box.top, width: box.width, height: box.height))
    return scores(of: try await network.classify(hidden))
  }

  private func scores(of classification: Classification) -> ClassScores {
    ClassScores(
      scores: classification.scores, probabilities: classification.probabilities,
      top: classification.top(max(listedClasses, Self.fewestListedClasses)).map(\.index))
  }

  func channels(for request: MapRequest, of path: String) async throws -> [RankedChannel] {
    let input = try input(of: path)
    try Task.checkCancellation()
    // Phase 1 is all that is wanted: one channel is the least that Phase 2 can be told to score.
    var settings = MethodSettings()
    settings.incrementCAM.channels = .fraction(0)
    let stream = network.incrementCAM(
      input, target: request.target, layer: layers[request.layer], settings: settings)
    for try await progress in stream { return RankedChannel.ranked(progress.one) }
    throw CancellationError()
  }

  func explain(
    _ request: MapRequest, of path: String, report: @Sendable (MapResult) -> Void
  ) async throws -> MapResult {
    let input = try input(of: path)
    try Task.checkCancellation()
    if request.isIncrementCAM {
      let key = KnownScorings.Key(path: path, request)
      let beginning = known.take(key, settings(of: request).incrementCAM)
      return try await finish(
        scoring(request, input, from: beginning), key, from: beginning, report)
    }
    let explanation = try await network.explain(
      input, target: request.target, layer: layers[request.layer],
      method: try Method(named: request.method))
    return MapResult(explanation)
  }

  /// The settings of a request.
  func settings(of request: MapRequest) -> MethodSettings {
    var settings = MethodSettings()
    settings.incrementCAM = IncrementCAMSettings(scoring: request.parameters)
    // The network's own size, which need not be square.
    if settings.incrementCAM.scoringSize == model.inputWidth {
      settings.incrementCAM.scoringSize = nil
    }
    return settings
  }

  /// Increment-CAM, from where it was stopped, or from its beginning.
  private func scoring(
    _ request: MapRequest, _ input: PreparedInput, from known: IncrementCAMProgress?
  ) -> AsyncThrowingStream<IncrementCAMProgress, any Error> {
    if let known { return network.incrementCAM(continuing: known) }
    return network.incrementCAM(
      input, target: request.target, layer: layers[request.layer],
      settings: settings(of: request))
  }

  /// Runs Increment-CAM step by step; what there is when it ends or is stopped is kept, and what there
  /// was before where that comes first.
  func finish(
    _ run: AsyncThrowingStream<IncrementCAMProgress, any Error>, _ key: KnownScorings.Key,
    from beginning: IncrementCAMProgress?, _ report: @Sendable (MapResult) -> Void
  ) async throws -> MapResult {
    var last = beginning
    defer { if let last { known.keep(last, key) } }
    for try await progress in run {
      last = progress
      let result = MapResult(progress)
      if result.isComplete { return result }
      report(result)
    }
    throw CancellationError()
  }

  /// The boxes of the objects of a class, where they are known.
  func boxes(of path: String, classIndex: Int) -> [Box] {
    ObjectBoxes(ofPhoto: path)?.boxes(
      ofClass: classIndex,
      ClassMapping(labels: network.labels, classCount: network.classCount)) ?? []
  }

  nonisolated func classes(matching text: String) async -> [Int] {
    guard network.labels.count == network.classCount else {
      return (0..<network.classCount).filter { text.isEmpty || "class \($0)".contains(text) }
    }
    return network.labels.matches(text)
  }

  func input(of path: String) throws -> PreparedInput {
    if let input = inputs[path] { return input }
    let input = try network.prepare(try Image(contentsOfFile: path))
    inputs[path] = input
    return input
  }
}
