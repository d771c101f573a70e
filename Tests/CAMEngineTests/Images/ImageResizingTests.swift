import RandomTestSupport
import CAMEngine
import Testing

@Suite struct ImageResizingTests {
  static let expected = ImageFixture.names(in: "resize").filter { !$0.hasSuffix("source.png") }

  @Test func expectationsAreThere() {
    #expect(Self.expected.filter { $0.contains("bilinear") }.count >= 12)
  }

  @Test(arguments: expected)
  func resizesAsPillowDoes(name: String) throws {
    let source = try ImageFixture.image("resize/source.png")
    let expected = try ImageFixture.image(name)
    let filters: [String: Resampling] = [
      "nearest": .nearest, "lanczos": .lanczos, "bilinear": .bilinear, "bicubic": .bicubic,
      "box": .box,
    ]
    let filter = try #require(filters.first { name.contains("/\($0.key)-") }?.value)
    let resized = source.resized(
      width: expected.width, height: expected.height, resampling: filter)
    #expect(resized.width == expected.width && resized.height == expected.height)
    #expect(resized.largestDifference(from: expected) <= 1)
  }

  @Test func sameSizeIsTheSameImage() throws {
    let source = try ImageFixture.image("resize/source.png")
    #expect(source.resized(width: source.width, height: source.height) == source)
  }

  @Test(arguments: Resampling.allCases)
  func flatStaysFlat(filter: Resampling) {
    let flat = Image(width: 50, height: 31, color: RGB(3, 128, 255))
    for (width, height) in [(1, 1), (7, 90), (121, 4)] {
      let resized = flat.resized(width: width, height: height, resampling: filter)
      #expect(resized == Image(width: width, height: height, color: RGB(3, 128, 255)))
    }
  }

  /// Against the definition, computed in double precision without vectors, for random sizes.
  @Test func bilinearEqualsItsDefinition() {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededNumbers(seed: seed)
    for _ in 0..<20 {
      let source = Image.noise(
        width: .random(in: 1...40, using: &random), height: .random(in: 1...40, using: &random),
        using: &random)
      let (width, height) = (
        Int.random(in: 1...50, using: &random), Int.random(in: 1...50, using: &random)
      )
      let resized = source.resized(width: width, height: height)
      let naive = source.naiveBilinear(width: width, height: height)
      #expect(resized.largestDifference(from: naive) <= 1, "seed \(seed), to \(width) x \(height)")
    }
  }

  @Test func cropPadsWithBlack() {
    let image = Image(width: 2, height: 2, color: .white)
    let crop = image.cropped(to: PixelRectangle(left: -1, top: 1, width: 4, height: 2))
    #expect(crop[0, 0] == .black && crop[1, 0] == .white && crop[2, 0] == .white)
    #expect(crop[3, 0] == .black && crop[1, 1] == .black)
  }

  @Test func cropOutsideIsTheFill() {
    let image = Image(width: 2, height: 2, color: .white)
    for (left, top) in [(5, 0), (-9, 0), (0, 7), (0, -7)] {
      let crop = image.cropped(
        to: PixelRectangle(left: left, top: top, width: 3, height: 2), fill: RGB(1, 2, 3))
      #expect(crop == Image(width: 3, height: 2, color: RGB(1, 2, 3)))
    }
  }
}

extension Image {
  /// One triangle filter a side, its weights normalised, rounding between rows and columns.
  fileprivate func naiveBilinear(width: Int, height: Int) -> Image {
    let rows = width == self.width ? self : resampled(width)
    let turned = rows.transposed
    return (height == self.height ? turned : turned.resampled(height))
      .transposed
  }

  private func resampled(_ target: Int) -> Image {
    let scale = Double(width) / Double(target)
    let stretch = max(1, scale)
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<target {
        let center = (Double(x) + 0.5) * scale
        let weights = (0..<width).map { max(0, 1 - abs(Double($0) + 0.5 - center) / stretch) }
        for channel in 0..<3 {
          let sum = (0..<width).map { weights[$0] * value($0, y, channel) }.reduce(0, +)
          pixels.append(UInt8((sum / weights.reduce(0, +)).rounded()))
        }
      }
    }
    return Image(width: target, height: height, pixels: pixels)
  }

  private func value(_ x: Int, _ y: Int, _ channel: Int) -> Double {
    Double(pixels[3 * (y * width + x) + channel])
  }

  private var transposed: Image {
    var pixels: [UInt8] = []
    for x in 0..<width {
      for y in 0..<height {
        let color = self[x, y]
        pixels += [color.red, color.green, color.blue]
      }
    }
    return Image(width: height, height: width, pixels: pixels)
  }
}
