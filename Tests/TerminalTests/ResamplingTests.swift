import RandomTestSupport
import Terminal
import TerminalTestSupport
import Testing

private func random(_ width: Int, _ height: Int, seed: UInt64) -> Picture {
  var generator = SeededNumbers(seed: seed)
  let pixels = (0..<3 * width * height).map { _ in UInt8.random(in: 0...255, using: &generator) }
  return Picture(width: width, height: height, pixels: pixels)
}

/// One channel of one row.
private func row(_ picture: Picture) -> [UInt8] {
  (0..<picture.width).map { picture.pixels[3 * $0] }
}

private func grey(_ values: [UInt8]) -> Picture {
  Picture(width: values.count, height: 1, pixels: values.flatMap { [$0, $0, $0] })
}

@Test(arguments: [(7, 5, 3, 2), (40, 30, 13, 11), (9, 9, 9, 4), (200, 3, 1, 1)])
func reductionIsTheMeanOfTheCoveredArea(from: (Int, Int, Int, Int)) {
  let (width, height, columns, rows) = from
  let picture = random(width, height, seed: 11)
  let reduced = picture.resampled(width: columns, height: rows)
  for y in 0..<rows {
    for x in 0..<columns {
      for channel in 0..<3 {
        let expected = mean(
          picture, channel, Double(x * width) / Double(columns),
          Double((x + 1) * width) / Double(columns), Double(y * height) / Double(rows),
          Double((y + 1) * height) / Double(rows))
        let actual = Double(reduced.pixels[3 * (y * columns + x) + channel])
        #expect(abs(actual - expected) < 0.51, "seed 11, pixel \(x),\(y), channel \(channel)")
      }
    }
  }
}

/// The mean over `[left, right) x [top, bottom)`, pixel by pixel.
private func mean(
  _ picture: Picture, _ channel: Int, _ left: Double, _ right: Double, _ top: Double,
  _ bottom: Double
) -> Double {
  var sum = 0.0
  for y in 0..<picture.height {
    for x in 0..<picture.width {
      let width = min(right, Double(x + 1)) - max(left, Double(x))
      let height = min(bottom, Double(y + 1)) - max(top, Double(y))
      guard width > 0, height > 0 else { continue }
      sum += width * height * Double(picture.pixels[3 * (y * picture.width + x) + channel])
    }
  }
  return sum / ((right - left) * (bottom - top))
}

/// The numbers are those of `torch.nn.functional.interpolate(mode="bilinear")` in PyTorch 2.
@Test func enlargementIsBilinearWithHalfPixelCentres() {
  #expect(row(grey([0, 100]).resampled(width: 4, height: 1)) == [0, 25, 75, 100])
  #expect(
    row(grey([0, 90, 30]).resampled(width: 9, height: 1)) == [0, 0, 30, 60, 90, 70, 50, 30, 30])
}

@Test func theSameSizeIsTheSamePicture() {
  let picture = random(6, 4, seed: 3)
  #expect(picture.resampled(width: 6, height: 4) == picture)
}

@Test func aFlatPictureStaysFlat() {
  let flat = Picture(width: 17, height: 9, pixels: Array(repeating: 201, count: 17 * 9 * 3))
  for (width, height) in [(5, 4), (40, 31), (17, 2)] {
    #expect(flat.resampled(width: width, height: height).pixels.allSatisfy { $0 == 201 })
  }
}

@Test func aRegionIsCutOut() {
  let picture = grey([10, 20, 30, 40, 50, 60])
  let region = PictureRegion(x: 2, y: 0, width: 4, height: 1)
  #expect(row(picture.resampled(width: 2, height: 1, region: region)) == [35, 55])
  let beyond = PictureRegion(x: -2, y: 0, width: 4, height: 1)
  #expect(row(picture.resampled(width: 2, height: 1, region: beyond)) == [10, 15])
}
