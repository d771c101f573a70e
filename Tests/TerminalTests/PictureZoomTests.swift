import RandomTestSupport
import Terminal
import TerminalTestSupport
import Testing

private func region(
  _ zoom: PictureZoom, _ width: Double, _ height: Double, columns: Int = 80, rows: Int = 20
) -> PictureRegion {
  let layout = PictureLayout(
    pictureWidth: width, pictureHeight: height, columns: columns, rows: rows)
  return zoom.region(width: width, height: height, in: layout)
}

@Test func withoutZoomTheWholePictureIsVisible() {
  #expect(region(.whole, 300, 200) == PictureRegion(x: 0, y: 0, width: 300, height: 200))
  #expect(
    region(PictureZoom(factor: 0.2), 300, 200)
      == PictureRegion(x: 0, y: 0, width: 300, height: 200))
}

/// 80 x 40 pixels: a square picture takes 40 x 40 of them, so that at twice the size its whole width
/// has room, but only half of its height.
@Test func anEnlargedPictureUsesTheRoomBesideIt() {
  #expect(
    region(PictureZoom(factor: 2), 100, 100) == PictureRegion(x: 0, y: 25, width: 100, height: 50))
  #expect(
    region(PictureZoom(factor: 4, centerX: 0.5, centerY: 0.75), 100, 100)
      == PictureRegion(x: 25, y: 62.5, width: 50, height: 25))
}

@Test func theRegionStaysInThePicture() {
  #expect(
    region(PictureZoom(factor: 4, centerX: 0, centerY: 1), 100, 100)
      == PictureRegion(x: 0, y: 75, width: 50, height: 25))
}

/// What is visible fills the rectangle or is all there is, has the picture's proportions to a
/// pixel, and lies inside.
@Test func everyRegionIsVisibleAndUndistorted() {
  let seed: UInt64 = 21
  var generator = SeededNumbers(seed: seed)
  for _ in 0..<2000 {
    let width = Double.random(in: 40...4000, using: &generator)
    let height = Double.random(in: 40...4000, using: &generator)
    let columns = Int.random(in: 40...300, using: &generator)
    let rows = Int.random(in: 20...100, using: &generator)
    let zoom = PictureZoom(
      factor: .random(in: 1...32, using: &generator),
      centerX: .random(in: 0...1, using: &generator),
      centerY: .random(in: 0...1, using: &generator))
    let fit = PictureLayout(
      pictureWidth: width, pictureHeight: height, columns: columns, rows: rows)
    let region = zoom.region(width: width, height: height, in: fit)
    let message = Comment("seed \(seed): \(width) x \(height), \(fit), \(zoom): \(region)")
    #expect(region.x >= 0 && region.x + region.width <= width * (1 + 1e-12), message)
    #expect(region.y >= 0 && region.y + region.height <= height * (1 + 1e-12), message)
    let scale = Double(fit.width) * zoom.factor / width
    #expect(
      region.width == width || abs(region.width * scale - Double(columns)) < 1e-6, message)
    // Half blocks are two pixels a row.
    let down = Double(fit.height) * zoom.factor / height
    #expect(
      region.height == height || abs(region.height * down - Double(2 * rows)) < 1e-6, message)
  }
}

@Test func zoomingKeepsThePlaceUnderThePointer() {
  let start = PictureZoom(factor: 3, centerX: 0.4, centerY: 0.6)
  for place in [(0.3, 0.55), (0.5, 0.7)] {
    let next = start.scaled(by: 2, aroundX: place.0, y: place.1)
    #expect(next.factor == 6)
    // The distance from the middle, as shares of what is visible, is the same before and after.
    #expect(abs((place.0 - start.centerX) * 3 - (place.0 - next.centerX) * 6) < 1e-12)
    #expect(abs((place.1 - start.centerY) * 3 - (place.1 - next.centerY) * 6) < 1e-12)
  }
}

@Test func theFactorHasLimits() {
  var zoom = PictureZoom.whole
  for _ in 0..<40 { zoom = zoom.scaled(by: 1.5, aroundX: 0.5, y: 0.5) }
  #expect(zoom.factor == PictureZoom.greatestFactor)
  for _ in 0..<40 { zoom = zoom.scaled(by: 0.5, aroundX: 0.5, y: 0.5) }
  #expect(zoom.factor == 1)
}

@Test func movingStopsAtTheEdgeAndTurnsBackAtOnce() {
  var zoom = PictureZoom(factor: 4)
  for _ in 0..<20 { zoom = zoom.moved(x: 0.5, y: 0) }
  #expect(abs(zoom.centerX - 0.875) < 1e-12)
  zoom = zoom.moved(x: -0.5, y: 0)
  #expect(abs(zoom.centerX - 0.75) < 1e-12)
  #expect(PictureZoom.whole.moved(x: 3, y: -2) == .whole)
}
