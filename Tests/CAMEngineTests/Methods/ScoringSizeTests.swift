import Testing

@testable import CAMEngine

/// Sizes at which Phase 2 cannot run are refused with the reason.
@Suite struct ScoringSizeTests {
  /// 8 x 8 leaves one place of the layer before the last.
  @Test func theLowerLimitIsFoundFromTheGraph() async throws {
    let model = try TinyNetwork.model()
    #expect(try ScoringSize.smallest(model.structure) == 8)
    for size in [8, 20, 48] {
      let found = try await explain(model, TinyNetwork.input, size)
      #expect(found.parameters["scoringSize"] == "\(size)")
    }
    let error = await #expect(throws: ModelError.self) {
      try await explain(model, TinyNetwork.input, 7)
    }
    let sentence = "tiny.onnx cannot be scored at 7 x 7 pixels; expected 8 or more."
    #expect(error?.description.hasSuffix(sentence) == true, "\(error?.description ?? "")")
    #expect(error?.kind == .request)
  }

  @Test(arguments: [8, 15, 17, 32])
  func aHeadOfFixedSizeSaysSo(size: Int) async throws {
    let model = try TinyNetwork.model("fixed-head")
    let input = TinyNetwork.input(size: 16) { c, i, j in c + i * 0.1 - j * 0.05 }
    _ = try await explain(model, input, 16)
    let error = await #expect(throws: ModelError.self) { try await explain(model, input, size) }
    let sentence = error?.description ?? ""
    #expect(
      sentence.contains("fixed-head.onnx has a head of fixed size and cannot be scored at \(size)"))
    #expect(sentence.hasSuffix("expected its own size, 16 x 16."), "\(sentence)")
  }

  @Test func theStreamRefusesLikewise() async throws {
    let model = try TinyNetwork.model()
    var settings = MethodSettings()
    settings.incrementCAM.scoringSize = 7
    await #expect(throws: ModelError.self) {
      for try await _ in model.incrementCAM(TinyNetwork.input, settings: settings) {}
    }
  }

  @discardableResult
  private func explain(
    _ model: Model, _ input: PreparedInput, _ size: Int
  ) async throws -> Explanation {
    var settings = MethodSettings()
    settings.incrementCAM.scoringSize = size
    return try await model.explain(
      input, target: .ofClass(1), method: .incrementCAM, settings: settings)
  }
}
