import RandomTestSupport
import CAMEngine
import Testing

@Suite struct PNGEncodingTests {
  @Test func decodesToTheSamePixels() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededNumbers(seed: seed)
    for (width, height) in [(1, 1), (3, 200), (257, 5), (64, 64)] {
      let image = Image.noise(width: width, height: height, using: &random)
      let decoded = try Image(data: image.pngEncoded(), name: "png")
      #expect(decoded == image, "seed \(seed), \(width) x \(height)")
    }
  }
}
