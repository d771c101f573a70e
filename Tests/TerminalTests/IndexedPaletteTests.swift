import RandomTestSupport
import Terminal
import TerminalTestSupport
import Testing

private func nearest(_ palette: IndexedPalette, _ color: Color) throws -> Int {
  let rgb = try #require(color.rgb)
  return palette.nearestIndex(red: rgb.red, green: rgb.green, blue: rgb.blue)
}

@Test func everyColorOfThePaletteIsItsOwnNearest() throws {
  let palette = IndexedPalette(count: 256)
  for index in 16..<256 {
    let color = palette.color(at: index)
    #expect(palette.color(at: try nearest(palette, color)) == color, "index \(index)")
  }
  let small = IndexedPalette(count: 16)
  for index in 0..<16 {
    #expect(try nearest(small, small.color(at: index)) == index)
  }
}

@Test func theThemesOwnColorsAreAvoided() throws {
  let palette = IndexedPalette(count: 256)
  var generator = SeededNumbers(seed: 1)
  for _ in 0..<1000 {
    let bits = UInt32.random(in: 0..<0x100_0000, using: &generator)
    let color = Color(UInt8(bits >> 16), UInt8(bits >> 8 & 255), UInt8(bits & 255))
    #expect(try nearest(palette, color) >= 16, "seed 1, \(color)")
  }
}

@Test(arguments: [
  (Color(255, 0, 0), 196), (Color(0, 0, 0), 16), (Color(128, 128, 128), 244),
  (Color(30, 30, 30), 234), (Color(250, 250, 250), 231), (Color(95, 135, 175), 67),
])
func knownColors(color: Color, index: Int) throws {
  #expect(try nearest(IndexedPalette(count: 256), color) == index)
}

@Test func eightColorsAreNeverExceeded() throws {
  #expect(try nearest(IndexedPalette(count: 8), Color(255, 255, 255)) == 7)
  #expect(try nearest(IndexedPalette(count: 8), Color(250, 10, 10)) == 1)
}
