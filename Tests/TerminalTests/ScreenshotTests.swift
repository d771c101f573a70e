import RandomTestSupport
import Foundation
import TerminalTestSupport
import Testing

@testable import Terminal

private func pixels(_ screen: Screen) -> (Int, Int) -> Color {
  let picture = screen.screenshot()
  return { picture.color(x: $0, y: $1) }
}

@Test func aHalfBlockIsTwoSquares() {
  var screen = Screen(width: 2, height: 1)
  screen[1, 0] = Cell("▀", foreground: Color(1, 2, 3), background: Color(200, 100, 50))
  let picture = screen.screenshot()
  #expect(picture.width == 20 && picture.height == 20)
  for y in 0..<20 {
    for x in 0..<20 {
      let expected =
        x < 10 ? Color(16, 16, 20) : y < 10 ? Color(1, 2, 3) : Color(200, 100, 50)
      #expect(picture.color(x: x, y: y) == expected, "\(x), \(y)")
    }
  }
}

/// Every picture of cells becomes itself, ten times enlarged.
@Test func picturesAreExact() {
  let seed: UInt64 = 4
  var generator = SeededNumbers(seed: seed)
  let values = (0..<3 * 12 * 10).map { _ in UInt8.random(in: 0...255, using: &generator) }
  let picture = Picture(width: 12, height: 10, pixels: values)
  let shot = Screen(fitting: picture, columns: 12, rows: 5).screenshot()
  for y in 0..<100 {
    for x in 0..<120 {
      #expect(
        shot.color(x: x, y: y) == picture.color(x: x / 10, y: y / 10), "seed \(seed), \(x), \(y)")
    }
  }
}

/// The area that Unicode's name of the character gives it, in pixels of 200.
@Test(arguments: [
  ("█", 200), ("▄", 100), ("▌", 100), ("▐", 100), ("▁", 25), ("▔", 25), ("▏", 25), ("▊", 150),
  ("▒", 100), ("▖", 50), ("▙", 150), ("▚", 100), ("▟", 150),
])
func blockElementsCoverTheirArea(text: String, area: Int) throws {
  let scalar = try #require(text.unicodeScalars.first)
  let mask = try #require(GlyphMask(blockElement: scalar))
  let sum = mask.coverage.reduce(0) { $0 + Int($1) }
  #expect(abs(Double(sum) / 255 - Double(area)) < 0.5)
}

@Test func quadrantsAreWhereTheirNamesSay() throws {
  // Lower left, upper right, and all but the lower right.
  let corners = [(0, 0), (9, 0), (0, 19), (9, 19)]
  for (scalar, expected) in [
    ("▖", [false, false, true, false]), ("▝", [false, true, false, false]),
    ("▛", [true, true, true, false]),
  ] as [(Unicode.Scalar, [Bool])] {
    let mask = try #require(GlyphMask(blockElement: scalar))
    #expect(corners.map { mask.coverage[$0.1 * 10 + $0.0] == 255 } == expected, "\(scalar)")
  }
}

/// Lines of neighbouring cells meet: each box character reaches exactly the edges of its name.
@Test func boxLinesReachTheEdges() throws {
  for value in UInt32(0x2500)...0x257F {
    let scalar = try #require(Unicode.Scalar(value))
    let name = try #require(scalar.properties.name)
    guard !name.contains("DASH"), !name.contains("DIAGONAL") else { continue }
    let mask = try #require(GlyphMask(boxDrawing: scalar))
    let words = Set(name.split(separator: " ").map(String.init))
    func isDrawn(_ x: Int, _ y: Int) -> Bool { mask.coverage[y * 10 + x] > 100 }
    func reaches(_ direction: String, _ axis: String) -> Bool {
      words.contains(direction) || words.contains(axis)
    }
    #expect((0..<20).contains { isDrawn(0, $0) } == reaches("LEFT", "HORIZONTAL"), "\(name)")
    #expect((0..<20).contains { isDrawn(9, $0) } == reaches("RIGHT", "HORIZONTAL"), "\(name)")
    #expect((0..<10).contains { isDrawn($0, 0) } == reaches("UP", "VERTICAL"), "\(name)")
    #expect((0..<10).contains { isDrawn($0, 19) } == reaches("DOWN", "VERTICAL"), "\(name)")
  }
}

@Test func braillePatternsHaveTheirDots() throws {
  for value in UInt32(0x2800)...0x28FF {
    let mask = try #require(Unicode.Scalar(value).flatMap { GlyphMask(braille: $0) })
    let middles = [(2, 2), (2, 7), (2, 12), (7, 2), (7, 7), (7, 12), (2, 17), (7, 17)]
    for (bit, middle) in middles.enumerated() {
      let isSet = value >> UInt32(bit) & 1 == 1
      #expect((mask.coverage[middle.1 * 10 + middle.0] == 255) == isSet, "\(value), bit \(bit)")
    }
  }
}

/// All of ASCII is drawn, no two characters alike, and nothing is cut off at the cell's edges.
@Test func lettersAreComplete() throws {
  var masks: [GlyphMask: Unicode.Scalar] = [:]
  var table = GlyphTable()
  for value in UInt8(33)...126 {
    let scalar = Unicode.Scalar(value)
    #expect(GlyphTable.paths[scalar] != nil, "\(scalar)")
    let mask = table.mask(of: scalar, isBold: false, columns: 1)
    #expect(masks.updateValue(scalar, forKey: mask) == nil, "\(scalar)")
    // The last row may show the fading edge of a pen whose middle is in the row before.
    let top = mask.coverage.prefix(10)
    let bottom = mask.coverage.suffix(10)
    #expect(!top.contains { $0 > 0 } && !bottom.contains { $0 > 80 }, "\(scalar)")
  }
}

@Test func pathsAreWellFormed() {
  for (scalar, path) in GlyphTable.paths {
    #expect(!path.strokes.isEmpty, "\(scalar)")
    for point in path.strokes.flatMap(\.points) {
      #expect((-1...10).contains(point.x) && (-0.5...19).contains(point.y), "\(scalar) \(point)")
    }
  }
}

@Test func accentsAreDrawnOverTheirLetters() throws {
  for pair in ["éeE", "öoO", "ñnN"] {
    let scalars = Array(pair.unicodeScalars)
    let accented = try #require(GlyphTable.paths[scalars[0]])
    let plain = try #require(GlyphTable.paths[scalars[1]])
    #expect(accented.strokes.starts(with: plain.strokes), "\(pair)")
    #expect(accented.strokes.count > plain.strokes.count, "\(pair)")
  }
}

@Test func emphasisIsSeen() {
  func ink(_ emphasis: Emphasis) -> Int {
    var screen = Screen(width: 1, height: 1)
    screen[0, 0] = Cell(
      "H", foreground: Color(255, 255, 255), background: Color(0, 0, 0), emphasis: emphasis)
    return screen.screenshot().pixels.reduce(0) { $0 + Int($1) }
  }
  #expect(ink(.bold) > ink([]))
  #expect(ink(.dim) < ink([]) && ink(.dim) > 0)
  #expect(ink(.underline) > ink([]))
  #expect(ink(.reverse) == 3 * 255 * 200 - ink([]))
}

@Test func unknownCharactersAreFrames() {
  var screen = Screen(width: 4, height: 1)
  screen.write("猫", x: 0, y: 0)
  let color = pixels(screen)
  #expect(color(5, 4) != color(5, 9))
  #expect(color(17, 9) != color(15, 9))
  #expect(screen.screenshot().width == 40)
}

@Test func aScreenOfNothingIsAPicture() {
  #expect(
    Screen(width: 0, height: 0).screenshot() == Picture(width: 1, height: 1, pixels: [0, 0, 0]))
}
