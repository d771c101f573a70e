import Terminal
import Testing

private let red = Color(255, 0, 0)
private let green = Color(0, 255, 0)
private let blue = Color(0, 0, 255)
private let white = Color(255, 255, 255)
private let fourColors = Picture(
  width: 2, height: 2, pixels: [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255])

private func layout(_ columns: Int, _ rows: Int, _ glyphs: PictureGlyphs = .halfBlocks)
  -> PictureLayout
{
  PictureLayout(pictureWidth: 2, pictureHeight: 2, columns: columns, rows: rows, glyphs: glyphs)
}

@Test func twoPixelsShareACell() {
  let screen = Screen(fourColors, layout: layout(2, 1))
  #expect(screen[0, 0] == Cell("▀", foreground: red, background: blue))
  #expect(screen[1, 0] == Cell("▀", foreground: green, background: white))
}

@Test func besideThePictureIsBlank() {
  let screen = Screen(fourColors, layout: layout(4, 1))
  #expect(screen[0, 0] == .blank)
  #expect(screen[1, 0] == Cell("▀", foreground: red, background: blue))
  #expect(screen[3, 0] == .blank)
}

@Test func aPictureCanBeginInTheMiddleOfACell() {
  let picture = Picture(width: 2, height: 2, pixels: fourColors.pixels)
  let shifted = PictureLayout(pictureWidth: 2, pictureHeight: 2, columns: 2, rows: 2)
  #expect(shifted.top == 1)
  let screen = Screen(picture, layout: shifted)
  #expect(screen[0, 0] == Cell("▄", foreground: red))
  #expect(screen[0, 1] == Cell("▀", foreground: blue))
}

@Test func spacesShowOnePixelACell() {
  let screen = Screen(fitting: fourColors, columns: 4, rows: 2, glyphs: .spaces)
  #expect(screen[0, 0] == Cell(" ", background: red))
  #expect(screen[3, 1] == Cell(" ", background: white))
}

@Test func brightPixelsAreDense() {
  let ramp = Picture(width: 2, height: 1, pixels: [0, 0, 0, 255, 255, 255])
  let screen = Screen(fitting: ramp, columns: 2, rows: 1, glyphs: .density, cellAspect: 1)
  #expect(screen[0, 0] == .blank)
  #expect(screen[1, 0] == Cell("@"))
}
