import CAMEngine
import Testing

@Suite struct ImageDecodingTests {
  @Test func fixturesAreThere() {
    #expect(ImageFixture.encoded.count >= 20)
  }

  /// Lossless formats are equal but for rounding of blends; JPEG and lossy WebP for decoder versions.
  @Test(arguments: ImageFixture.encoded)
  func decodesWhatPillowDecodes(name: String) throws {
    let expected = try ImageFixture.image(name + ".rgb.png")
    let decoded = try ImageFixture.image(name)
    #expect(decoded.width == expected.width && decoded.height == expected.height)
    let isExact = name.contains("rgb.png") || name.contains("gamma") || name.contains("interlaced")
    #expect(decoded.largestDifference(from: expected) <= (isExact ? 0 : 1))
  }

  @Test func gammaChangesNoPixel() throws {
    #expect(try ImageFixture.image("decode/gamma.png") == ImageFixture.image("decode/rgb.png"))
  }

  @Test func backgroundShowsThroughTransparentPixels() throws {
    let path = ImageFixture.path("decode/rgba.png")
    let image = try Image(contentsOfFile: path, background: RGB(10, 20, 30))
    #expect(image[0, 0] == RGB(10, 20, 30))
    #expect(try Image(contentsOfFile: path)[0, 0] == .white)
  }

  @Test func formatIsToldByContent() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/photo.jpg"
      try AtomicFile.write(ImageFixture.bytes("decode/rgb.png"), to: path)
      #expect(try Image(contentsOfFile: path) == ImageFixture.image("decode/rgb.png"))
    }
  }

  @Test(arguments: ["jpeg", "png", "webp"], 1...8)
  func orientationIsApplied(format: String, orientation: Int) throws {
    let expected = try ImageFixture.image("orientation/upright.png")
    let suffix = format == "jpeg" ? "jpg" : format
    let image = try ImageFixture.image("orientation/\(format)\(orientation).\(suffix)")
    #expect(image.width == 16 && image.height == 8)
    #expect(image.largestDifference(from: expected) <= (format == "jpeg" ? 40 : 0))
    #expect(image.meanDifference(from: expected) <= (format == "jpeg" ? 4 : 0))
  }

  @Test func littleEndianOrientationIsApplied() throws {
    let image = try ImageFixture.image("orientation/little-endian6.jpg")
    #expect(try image == ImageFixture.image("orientation/jpeg6.jpg"))
    #expect(image.width == 16)
  }
}

extension Image {
  fileprivate func meanDifference(from other: Image) -> Double {
    let sum = zip(pixels, other.pixels).map { abs(Int($0) - Int($1)) }.reduce(0, +)
    return Double(sum) / Double(pixels.count)
  }
}
