import CAMEngine
import Testing

@Suite struct HeatMapTests {
  private func map(_ name: String) throws -> HeatMap {
    let array = try NPY(contentsOfFile: ImageFixture.path(name))
    return HeatMap(
      width: array.shape[1], height: array.shape[0], values: try #require(array.floats))
  }

  @Test func upsamplesByTheDefinition() throws {
    let expected = try map("upsample.npy")
    let enlarged = try map("small.npy").upsampled(width: expected.width, height: expected.height)
    let differences = zip(enlarged.values, expected.values).map { abs($0 - $1) }
    #expect(try #require(differences.max()) < 1e-5)
  }

  /// torch.nn.functional.interpolate(torch.tensor([[[[0., 1.]]]]), size=(1, 4), mode="bilinear").
  @Test func halfPixelCentres() {
    let map = HeatMap(width: 2, height: 1, values: [0, 1])
    #expect(map.upsampled(width: 4, height: 1).values == [0, 0.25, 0.75, 1])
  }

  @Test func normalizes() {
    let map = HeatMap(width: 3, height: 1, values: [-2, 0, 6]).normalized()
    #expect(map.values == [0, 0.25, 1])
  }

  @Test(
    arguments: [[3, 3, 3], [0, .nan, 1], [0, .infinity, 1], [-.infinity, 0, 1]] as [[Float]])
  func flatOrUnboundedBecomesZero(values: [Float]) {
    #expect(HeatMap(width: 3, height: 1, values: values).normalized().values == [0, 0, 0])
  }

  @Test func rangeBeyondFloatsBecomesZero() {
    let largest = Float.greatestFiniteMagnitude
    let map = HeatMap(width: 2, height: 1, values: [-largest, largest])
    #expect(map.normalized().values == [0, 0])
  }

  @Test func rendersItsColours() {
    let image = HeatMap(width: 2, height: 1, values: [0, 1])
      .rendered(colorMap: .grey, width: 4, height: 2)
    #expect((0..<4).map { image[$0, 1].red } == [0, 64, 192, 255])
  }
}
