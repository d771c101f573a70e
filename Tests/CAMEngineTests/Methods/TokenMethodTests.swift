import Testing

@testable import CAMEngine

/// Methods at the tokens of a small transformer against PyTorch, where the formulas are written down once
/// more: a grid of 3 x 4 behind a class token.
@Suite struct TokenMethodTests {
  @Test(
    arguments: [0, 1, 2],
    [
      "grad-cam", "hires-cam", "xgrad-cam", "layer-cam", "ablation-cam", "recipro-cam", "score-cam",
      "attention-rollout", "generic-attention",
    ])
  func equalsTheReference(target: Int, name: String) async throws {
    let golden = try TinyNetwork.golden("tokens")
    let model = try TinyNetwork.model("tokens")
    let found = try await model.explain(
      TinyNetwork.wideInput, target: .ofClass(target), method: try Method(named: name))
    #expect(found.layer.name == "norm2_1" && found.layer.isTokens && found.layer.prefixTokens == 1)
    #expect(largestDifference(found.classification.scores, golden.scores) < 1e-4)
    let expected = try #require(golden.maps["\(target)"]?[name])
    let error = largestDifference(found.map.values, expected)
    #expect(error < 5e-4, "\(name) is off by \(error)")
  }

  @Test func allMethodsExplainATransformer() async throws {
    let model = try TinyNetwork.model("tokens")
    #expect(model.methods == Method.every)
    let found = try await model.compare(
      TinyNetwork.wideInput, target: .ofClass(1), methods: model.methods)
    #expect(found.explanations.count == Method.every.count && found.leftOut.isEmpty)
    for explanation in found.explanations {
      #expect((explanation.map.width, explanation.map.height) == (4, 3))
    }
  }

  @Test func behindTheLastAttentionTheMessageNamesALayerThatWorks() async throws {
    let model = try TinyNetwork.model("tokens")
    let error = await #expect(throws: ModelError.self) {
      try await model.explain(TinyNetwork.wideInput, layer: try model.layer(named: "final"))
    }
    #expect(error?.kind == .request)
    #expect(error?.description.contains("class token") == true)
    #expect(error?.description.contains("norm2_1") == true)
  }

  @Test func attentionMethodsAreRefusedWhereThereIsNone() async throws {
    let model = try TinyNetwork.model()
    #expect(model.methods == Method.all)
    for name in ["attention-rollout", "generic-attention"] {
      let error = await #expect(throws: ModelError.self) {
        try await model.explain(TinyNetwork.input, method: try Method(named: name))
      }
      #expect(error?.kind == .request && error?.description.contains(name) == true)
    }
  }

  /// Where a network's own grid is found, another of as many tokens may still be given.
  @Test func aGivenGridIsTaken() throws {
    let path = TinyNetwork.path("tokens.onnx")
    let model = try Model(contentsOfFile: path, grid: TokenGrid(height: 2, width: 6, prefix: 1))
    let layer = try #require(model.defaultLayer)
    #expect((layer.height, layer.width, layer.prefixTokens) == (2, 6, 1))
    #expect(throws: ModelError.self) {
      try Model(contentsOfFile: path, grid: TokenGrid(height: 5, width: 7, prefix: 1))
    }
    #expect(TokenGrid("14x7", prefix: 5) == TokenGrid(height: 14, width: 7, prefix: 5))
    for text in ["14", "0x3", "3x", "x", "3x3x3", "9999x1"] {
      #expect(TokenGrid(text, prefix: 0) == nil, "\(text)")
    }
  }
}
