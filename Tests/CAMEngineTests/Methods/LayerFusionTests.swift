import Testing

@testable import CAMEngine

/// Maps of several layers made one, against numbers computed by hand.
@Suite struct LayerFusionTests {
  /// Scaled: 0 1.
  private let wide = HeatMap(width: 2, height: 1, values: [0, 4])
  /// Scaled: 0 over 1.
  private let high = HeatMap(width: 1, height: 2, values: [2, 6])

  private static let scaledResults: [[Float]] = [[0, 1, 1, 1], [0, 0.5, 0.5, 1], [0, 0, 0, 1]]
  private static let enlargedResults: [[Float]] = [
    [1, 0, 2.0 / 3, 1], [1, 0, 2.0 / 3, 1], [0, 0, 0, 0],
  ]

  @Test(arguments: zip(LayerFusion.allCases, scaledResults))
  func joinsScaledMaps(fusion: LayerFusion, expected: [Float]) {
    let fused = fusion.fused([wide, high])
    #expect((fused.width, fused.height) == (2, 2))
    #expect(fused.values == expected)
  }

  /// 0 1 enlarged to four is 0 1/4 3/4 1; with 1 0 0 0 and scaled again:
  /// the maximum 1 1/4 3/4 1, the mean 1/2 1/8 3/8 1/2, the product 0.
  @Test(arguments: zip(LayerFusion.allCases, enlargedResults))
  func enlargesTheSmallerMap(fusion: LayerFusion, expected: [Float]) {
    let other = HeatMap(width: 4, height: 1, values: [9, 1, 1, 1])
    let fused = fusion.fused([wide, other])
    #expect(largestDifference(fused.values, expected) < 1e-6, "\(fused.values)")
  }

  @Test func flatMapsStayZero() {
    let flat = HeatMap(width: 2, height: 2, values: [3, 3, 3, 3])
    for fusion in LayerFusion.allCases {
      #expect(fusion.fused([flat, flat]).values == [0, 0, 0, 0])
    }
  }

  /// -4 2 becomes -1 1/2, 1 -0.5 stays: the mean is 0 0.
  @Test func signedMapsAreAveragedByTheirMagnitude() {
    let one = HeatMap(width: 2, height: 1, values: [-4, 2])
    let two = HeatMap(width: 2, height: 1, values: [1, -0.5])
    #expect(LayerFusion.signedMean([one, two]).values == [0, 0])
    #expect(LayerFusion.signedMean([one, one]).values == [-1, 0.5])
  }

  @Test(arguments: ["grad-cam", "increment-cam", "recipro-cam"], LayerFusion.allCases)
  func worksWithEveryMethod(name: String, fusion: LayerFusion) async throws {
    let model = try TinyNetwork.model()
    let method = try Method(named: name)
    let layers = try ["features", "early"].map { try model.layer(named: $0) }
    var alone: [Explanation] = []
    for layer in layers {
      alone.append(
        try await model.explain(
          TinyNetwork.input, target: .ofClass(1), layer: layer, method: method))
    }
    let joined = try await model.explain(
      TinyNetwork.input, target: .ofClass(1), layers: layers, fusion: fusion, method: method)
    #expect(joined.layers == layers && joined.fusion == fusion)
    #expect(joined.maps.map(\.name) == alone[0].maps.map(\.name))
    for index in joined.maps.indices {
      let map = joined.maps[index].map
      #expect((map.width, map.height) == (30, 30))
      let expected = fusion.fused(alone.map { $0.maps[index].map })
      #expect(largestDifference(map.values, expected.values) < 1e-4)
    }
    #expect(joined.passes == alone[0].passes + alone[1].passes)
  }

  @Test func oneLayerIsNoFusion() async throws {
    let model = try TinyNetwork.model()
    let layer = try model.layer(named: "features")
    let found = try await model.explain(TinyNetwork.input, layers: [layer], fusion: .product)
    #expect(found.fusion == nil && found.layers == [layer] && found.weights.count == 36)
  }
}
