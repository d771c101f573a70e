import CAMEngine
import Terminal

/// Photos, classes and maps from a ``Model``.
actor ModelExplanationSource: ExplanationSource {
  private let model: Model
  private let layer: Layer?
  private let method: Method
  private let classCount: Int
  private var inputs: [String: PreparedInput] = [:]

  /// As many as a tall terminal shows.
  private static let listedClasses = 20

  /// - Parameters:
  ///   - model: The network.
  ///   - layer: The layer to explain; nil for the default one.
  ///   - method: The method.
  ///   - classCount: How many classes are offered.
  init(model: Model, layer: Layer?, method: Method, classCount: Int) {
    self.model = model
    self.layer = layer
    self.method = method
    self.classCount = max(classCount, Self.listedClasses)
  }

  func open(_ path: String) async throws -> OpenedImage {
    let photo = try Image(contentsOfFile: path)
    let input = try model.prepare(photo)
    inputs[path] = input
    let classification = try await model.classify(input)
    let crop = input.geometry.cropInPhoto
    return OpenedImage(
      photo: Picture(width: photo.width, height: photo.height, pixels: photo.pixels),
      crop: PictureRegion(x: crop.x, y: crop.y, width: crop.width, height: crop.height),
      classes: classification.top(classCount).map {
        ClassScore(
          index: $0.index, label: $0.label, probability: Double($0.probability),
          score: Double($0.score))
      },
      modelName: model.path.split(separator: "/").last.map(String.init) ?? model.path,
      layerName: layer?.name ?? model.defaultLayer?.name ?? "", methodName: method.name)
  }

  func map(of path: String, classIndex: Int) async throws -> ActivationMap {
    let input = try inputs[path] ?? model.prepare(try Image(contentsOfFile: path))
    try Task.checkCancellation()
    let explanation = try await model.explain(
      input, classIndex: classIndex, layer: layer, method: method)
    return ActivationMap(
      values: explanation.map.values, width: explanation.map.width,
      height: explanation.map.height, seconds: explanation.seconds)
  }
}
