import Terminal
import Testing

@testable import camtui

private func map(_ values: [Float], _ width: Int) -> ActivationMap {
  ActivationMap(values: values, width: width, height: values.count / width, seconds: 0)
}

private func region(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> PictureRegion {
  PictureRegion(x: x, y: y, width: width, height: height)
}

/// The numbers are those of `torch.nn.functional.interpolate(mode="bilinear")` in PyTorch 2.
@Test func enlargingIsBilinearWithHalfPixelCentresOfTheMap() {
  let grid = HeatGrid(map([0, 1, 1, 0], 2), over: region(0, 0, 4, 4), width: 4, height: 4)
  let expected: [Float] = [
    0, 0.25, 0.75, 1, 0.25, 0.375, 0.625, 0.75, 0.75, 0.625, 0.375, 0.25, 1, 0.75, 0.25, 0,
  ]
  #expect(zip(grid.values, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(grid.values)")
}

@Test func theMapLiesOverItsRegionOnly() {
  let grid = HeatGrid(map([0, 1], 2), over: region(2, 1, 4, 2), width: 8, height: 5)
  #expect(grid.columns == 2..<6)
  #expect(grid.rows == 1..<3)
  #expect(zip(grid.values, [0, 0.25, 0.75, 1, 0, 0.25, 0.75, 1]).allSatisfy { $0 == $1 })
}

@Test func aPixelBelongsToTheRegionThatHoldsItsCentre() {
  #expect(HeatGrid.covered(from: 1.4, length: 2, limit: 9) == 1..<3)
  #expect(HeatGrid.covered(from: 1.6, length: 2, limit: 9) == 2..<4)
  #expect(HeatGrid.covered(from: -3, length: 20, limit: 9) == 0..<9)
  #expect(HeatGrid.covered(from: 8.9, length: 5, limit: 9) == 9..<9)
}

@Test func outsideTheCropIsDimAndInsideIsBlended() {
  let flat = Picture(width: 8, height: 4, pixels: Array(repeating: 100, count: 96))
  let image = OpenedImage(photo: flat, crop: region(2, 0, 4, 4))
  let red = ColorTable(name: "red") { _ in (255, 0, 0) }
  let composition = PictureComposition(
    image: image, layer: .map(map([1], 1), opacity: 0.5, red))
  let layout = PictureLayout(pictureWidth: 8, pictureHeight: 4, columns: 8, rows: 2)
  let picture = composition.pixels(for: layout)
  #expect(picture.color(x: 0, y: 0) == Color(35, 35, 35))
  #expect(picture.color(x: 1, y: 0) == Color(170, 170, 170))
  #expect(picture.color(x: 2, y: 0) == Color(177, 50, 50))
  #expect(picture.color(x: 5, y: 3) == Color(177, 50, 50))
  #expect(picture.color(x: 6, y: 3) == Color(170, 170, 170))
  #expect(picture.color(x: 7, y: 3) == Color(35, 35, 35))
}
