import RandomTestSupport
import Terminal
import TerminalTestSupport
import Testing

@Test(arguments: [
  // A square fills the height: 20 rows are 40 pixels, a pixel is as wide as high.
  (100.0, 100.0, 80, 20, [20, 0, 40, 40]),
  // Twice as wide as high: the width decides.
  (200.0, 100.0, 40, 20, [0, 10, 40, 20]),
  // An odd number of pixels begins in the middle of a cell.
  (40.0, 33.0, 40, 20, [0, 3, 40, 33]),
  // A very wide picture keeps one row of pixels.
  (1000.0, 1.0, 40, 12, [0, 11, 40, 1]),
])
func halfBlockLayouts(width: Double, height: Double, columns: Int, rows: Int, expected: [Int]) {
  let layout = PictureLayout(
    pictureWidth: width, pictureHeight: height, columns: columns, rows: rows)
  #expect([layout.left, layout.top, layout.width, layout.height] == expected)
}

@Test func otherGlyphsHaveOnePixelACell() {
  let layout = PictureLayout(
    pictureWidth: 100, pictureHeight: 100, columns: 80, rows: 20, glyphs: .spaces)
  #expect([layout.left, layout.top, layout.width, layout.height] == [20, 0, 40, 20])
}

@Test func theAspectOfACellIsRespected() {
  let layout = PictureLayout(
    pictureWidth: 100, pictureHeight: 100, columns: 80, rows: 20, cellAspect: 1)
  #expect([layout.width, layout.height] == [20, 40])
}

@Test func aPictureFitsAndTouchesTwoEdges() {
  let seed: UInt64 = 5
  var generator = SeededNumbers(seed: seed)
  for _ in 0..<2000 {
    let width = Double.random(in: 1...4000, using: &generator)
    let height = Double.random(in: 1...4000, using: &generator)
    let columns = Int.random(in: 1...300, using: &generator)
    let rows = Int.random(in: 1...100, using: &generator)
    let layout = PictureLayout(
      pictureWidth: width, pictureHeight: height, columns: columns, rows: rows)
    let message = Comment("seed \(seed): \(width) x \(height) in \(columns) x \(rows): \(layout)")
    #expect(layout.width == columns || layout.height == 2 * rows, message)
    #expect(layout.left >= 0 && layout.left + layout.width <= columns, message)
    #expect(layout.top >= 0 && layout.top + layout.height <= 2 * rows, message)
    #expect(abs(2 * layout.left + layout.width - columns) <= 1, message)
    // The side that does not fill its edge is right to half a pixel (or is a single one).
    let exact =
      layout.width == columns
      ? Double(columns) * height / width : Double(2 * rows) * width / height
    let side = layout.width == columns ? layout.height : layout.width
    #expect(side == 1 || abs(Double(side) - exact) <= 0.5 || side == 2 * rows, message)
  }
}

@Test func cellsMapBackToThePicture() throws {
  let layout = PictureLayout(pictureWidth: 100, pictureHeight: 50, columns: 40, rows: 20)
  let middle = try #require(layout.position(x: 20, y: 10))
  #expect(abs(middle.x - 0.5125) < 1e-9)
  #expect(abs(middle.y - 0.55) < 1e-9)
  #expect(layout.position(x: 20, y: 4) == nil)
  #expect(layout.position(x: 20, y: 15) == nil)
  #expect(layout.cells == Rectangle(x: 0, y: 5, width: 40, height: 10))
}
