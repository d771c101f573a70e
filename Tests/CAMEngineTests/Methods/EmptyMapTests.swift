import Testing

@testable import CAMEngine

/// Maps of which nothing speaks for the class: zero, never NaN, and the signed map says more.
@Suite struct EmptyMapTests {
  /// Every activation is flat: no place differs from another.
  @Test(arguments: Method.all.map(\.name))
  func aFlatInputGivesAMapOfZeros(name: String) async throws {
    let model = try TinyNetwork.model()
    let found = try await model.explain(
      TinyNetwork.flatInput, target: .ofClass(1), layer: try model.layer(named: "early"),
      method: try Method(named: name))
    expectNumbers(found)
    // The places of this layer differ in what the padding behind it makes of them; not their values.
    let dependsOnThePlace = ["hires-cam", "layer-cam", "recipro-cam"]
    if !dependsOnThePlace.contains(name) { #expect(found.isEmpty) }
  }

  /// The head's weights are zero: the score depends on nothing.
  @Test(arguments: Method.all.map(\.name))
  func aClassWithoutWeightsIsNeverNaN(name: String) async throws {
    let model = try TinyNetwork.model()
    let found = try await model.explain(
      TinyNetwork.input, target: .ofClass(5), layer: try model.layer(named: "features"),
      method: try Method(named: name))
    expectNumbers(found)
    let regardsTheClass =
      !["eigen-cam", "score-cam", "score-cam-probability", "group-cam"].contains(name)
    if regardsTheClass { #expect(found.isEmpty, "\(name)") }
  }

  /// The head's weights are negative and the layer is not: everything speaks against the class.
  @Test func whatSpeaksAgainstTheClassIsInTheSignedMap() async throws {
    let model = try TinyNetwork.model()
    let layer = try model.layer(named: "last")
    for name in ["grad-cam", "hires-cam", "increment-cam"] {
      let found = try await model.explain(
        TinyNetwork.input, target: .ofClass(4), layer: layer, method: try Method(named: name))
      #expect(found.isEmpty)
      #expect(found.map.values.allSatisfy { $0 == 0 })
      #expect((found.maps[0].signed.values.min() ?? 0) < 0)
      #expect((found.maps[0].signed.values.max() ?? 1) <= 0)
    }
  }

  @Test func signedColoursAreBlueWhiteAndRed() {
    let map = HeatMap(width: 4, height: 1, values: [-2, -1, 0, 1])
    let picture = map.renderedSigned(width: 4, height: 1)
    let pixels = (0..<4).map { Array(picture.pixels[3 * $0..<3 * $0 + 3]) }
    #expect(pixels[0] == [5, 48, 97])
    #expect(pixels[2] == [247, 247, 247])
    #expect(pixels[1][2] > pixels[1][0] && pixels[3][0] > pixels[3][2])
    // Half of the way to red, at the scale of the largest magnitude.
    #expect(zip(pixels[3], [229, 131, 104]).allSatisfy { abs(Int($0) - $1) <= 1 })
    let empty = HeatMap(width: 1, height: 1, values: [0]).renderedSigned(width: 2, height: 2)
    #expect(empty.pixels.allSatisfy { $0 == 247 })
  }
}

/// Every map is within 0 to 1, and no number of it is NaN or infinite.
private func expectNumbers(
  _ explanation: Explanation, sourceLocation: SourceLocation = #_sourceLocation
) {
  for map in explanation.maps {
    #expect(
      map.map.values.allSatisfy { $0.isFinite && (0...1).contains($0) }, "\(map.name)",
      sourceLocation: sourceLocation)
    #expect(
      map.signed.values.allSatisfy { $0.isFinite }, "\(map.name)", sourceLocation: sourceLocation)
  }
}
