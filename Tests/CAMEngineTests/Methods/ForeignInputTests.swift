import Foundation
import ModelTestSupport
import Testing

@testable import CAMEngine

/// What another model made is refused, whatever it is used for.
@Suite struct ForeignInputTests {
  private let model: Model
  private let other: Model

  init() throws {
    model = try TinyNetwork.model(threads: 1)
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).onnx")
    defer { try? FileManager.default.removeItem(at: path) }
    try Data(try TinyModel(seed: 1).encoded()).write(to: path)
    other = try Model(contentsOfFile: path.path, threads: 1)
  }

  private func expectRefusal(
    _ comment: Comment, _ body: () async throws -> Void,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    let error = await #expect(throws: ModelError.self, comment, sourceLocation: sourceLocation) {
      try await body()
    }
    #expect(error?.kind == .request, comment, sourceLocation: sourceLocation)
  }

  private func expectRefusals(of input: PreparedInput) async throws {
    let explanation = try await model.explain(TinyNetwork.input)
    await expectRefusal("classify") { _ = try await model.classify(input) }
    await expectRefusal("classify together") { _ = try await model.classify([input]) }
    await expectRefusal("explain") { _ = try await model.explain(input) }
    await expectRefusal("explain together") { _ = try await model.explain([input]) }
    await expectRefusal("compare") { _ = try await model.compare(input) }
    await expectRefusal("stream") { for try await _ in model.incrementCAM(input) {} }
    await expectRefusal("metrics") { _ = try await model.metrics(of: explanation, input: input) }
    await expectRefusal("metrics together") {
      _ = try await model.metrics(
        of: [ExplanationToMeasure(explanation, input: input, [.averageDrop])])
    }
    await expectRefusal("cache") { _ = try await ExplanationCache(of: model).explain(input) }
  }

  @Test func inputsOfOtherSizes() async throws {
    for size in [16, 31, 33, 64] {
      try await expectRefusals(of: TinyNetwork.input(size: size) { c, i, j in sin(c + i * j) })
    }
    let short = PreparedInput(values: [1, 2, 3], width: 32, height: 32)
    try await expectRefusals(of: short)
  }

  @Test func inputsThatAnotherModelPrepared() async throws {
    let photo = Image(width: 40, height: 40, color: RGB(200, 100, 50))
    let foreign = try other.prepare(photo)
    try #require(other.inputSize.width == model.inputSize.width, "only the model differs")
    try await expectRefusals(of: foreign)
    let own = try TinyNetwork.model(threads: 1).prepare(photo)
    _ = try await model.explain(own)
  }

  @Test func layersAndProgressOfAnotherModel() async throws {
    let layer = try #require(
      other.layers.last { layer in layer.isCandidate && !model.layers.contains(layer) })
    await expectRefusal("layer") { _ = try await model.explain(TinyNetwork.input, layer: layer) }
    await expectRefusal("layer together") {
      _ = try await model.classify([TinyNetwork.input], layer: layer)
    }
    for try await progress in other.incrementCAM(TinyNetwork.input) {
      await expectRefusal("progress") {
        for try await _ in model.incrementCAM(continuing: progress) {}
      }
      break
    }
  }
}
