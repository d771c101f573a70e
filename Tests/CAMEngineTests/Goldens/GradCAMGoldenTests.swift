import Testing

@testable import CAMEngine

/// Grad-CAM of real networks against an independent PyTorch implementation.
@Suite(.enabled(if: !Golden.names.isEmpty, "needs ../shared/reference beside the repository"))
struct GradCAMGoldenTests {
  @Test(arguments: Golden.names)
  func equalsTheReferenceFromItsInput(name: String) async throws {
    let golden = try Golden(named: name)
    let input = try golden.input()
    try await expectMatch(golden, input, tolerance: 1e-3)
  }

  @Test(arguments: Golden.names)
  func isNearTheReferenceFromThePhoto(name: String) async throws {
    let golden = try Golden(named: name)
    let input = try golden.loadedModel().prepare(try golden.photo())
    try await expectMatch(golden, input, tolerance: 2e-2)
  }

  /// Among other images; neither they nor the place in the batch change a bit.
  @Test(arguments: Golden.names)
  func equalsTheReferenceTogetherWithOthers(name: String) async throws {
    let golden = try Golden(named: name)
    let input = try golden.input()
    let other = PreparedInput(
      values: input.values.reversed(), width: input.width, height: input.height)
    let model = try golden.loadedModel()
    let layer = try model.layer(named: golden.layer)
    let found = try await model.explain(
      [input, other, other, input],
      candidates: Array(repeating: [.ofClass(golden.classIndex)], count: 4),
      layer: layer
    ).map { try $0.get() }
    let (alpha, map) = (try golden.array("alpha"), try golden.array("grad-cam"))
    expectNear(found[3].weights, try #require(alpha.floats), 1e-3, "alpha")
    expectNear(found[3].map.values, try #require(map.floats), 1e-3, "map")
    let alone = try await model.explain(
      [input], candidates: [[.ofClass(golden.classIndex)]], layer: layer)
    for explanation in [found[0], try alone[0].get()] {
      #expect(explanation.map == found[3].map && explanation.weights == found[3].weights)
      #expect(explanation.classification == found[3].classification)
    }
  }

  /// Compares the weights, the map and the scores; tolerances are relative to the largest magnitude.
  private func expectMatch(
    _ golden: Golden, _ input: PreparedInput, tolerance: Float
  ) async throws {
    let model = try golden.loadedModel()
    let layer = try model.layer(named: golden.layer)
    #expect(layer.name == golden.layer)
    let found = try await model.explain(input, target: .ofClass(golden.classIndex), layer: layer)
    let (alpha, map) = (try golden.array("alpha"), try golden.array("grad-cam"))
    #expect(map.shape == [found.map.height, found.map.width])
    expectNear(found.weights, try #require(alpha.floats), tolerance, "alpha")
    expectNear(found.map.values, try #require(map.floats), tolerance, "map")
    expectNear(
      found.classification.scores, try #require(try golden.array("scores").floats), tolerance,
      "scores")
  }

  private func expectNear(
    _ found: [Float], _ expected: [Float], _ tolerance: Float, _ what: String
  ) {
    #expect(found.count == expected.count, "\(what)")
    let scale = expected.map(abs).max() ?? 0
    let error = zip(found, expected).map { abs($0 - $1) }.max() ?? .infinity
    #expect(scale > 0, "\(what)")
    #expect(error <= tolerance * scale, "\(what): error \(error / scale) of the maximum")
  }
}
