import RandomTestSupport
import Terminal
import TerminalTestSupport
import Testing

private func noise(seed: UInt64, spread: Int) -> Screen {
  var generator = SeededNumbers(seed: seed)
  var screen = Screen(width: 60, height: 4)
  func value() -> UInt8 { UInt8(120 + Int.random(in: -spread...spread, using: &generator)) }
  for y in 0..<4 {
    for x in 0..<60 {
      screen[x, y] = Cell(
        "▀", foreground: Color(value(), value(), value()),
        background: Color(value(), value(), value()))
    }
  }
  return screen
}

private func error(_ first: Color, _ second: Color) throws -> Int {
  let (a, b) = (try #require(first.rgb), try #require(second.rgb))
  return max(
    abs(Int(a.red) - Int(b.red)), abs(Int(a.green) - Int(b.green)), abs(Int(a.blue) - Int(b.blue)))
}

@Test(arguments: [4, 8, 16])
func mergedColorsStayWithinTheTolerance(tolerance: Int) throws {
  let screen = noise(seed: 9, spread: tolerance)
  let merged = screen.mergingRuns(tolerance: tolerance)
  #expect(merged != screen, "seed 9: something must have been merged")
  for (first, second) in zip(screen.cells, merged.cells) {
    #expect(try error(first.foreground, second.foreground) <= tolerance)
    #expect(try error(first.background, second.background) <= tolerance)
  }
}

/// A slow ramp: were each cell compared with its neighbour's true colour, it would become flat.
@Test func errorsDoNotAddUp() {
  var screen = Screen(width: 100, height: 1)
  for x in 0..<100 {
    let color = Color(UInt8(x), UInt8(x), UInt8(x))
    screen[x, 0] = Cell("▀", foreground: color, background: color)
  }
  let merged = screen.mergingRuns(tolerance: 4)
  #expect(
    (0..<100).map {
      merged[$0, 0].foreground == Color(UInt8($0 / 5 * 5), UInt8($0 / 5 * 5), UInt8($0 / 5 * 5))
    }.allSatisfy { $0 })
}

@Test func toleranceZeroChangesNothing() {
  let screen = noise(seed: 2, spread: 1)
  #expect(screen.mergingRuns(tolerance: 0) == screen)
}

@Test func textIsNeverMerged() {
  var screen = Screen(width: 3, height: 1)
  for (x, letter) in "abc".unicodeScalars.enumerated() {
    screen[x, 0] = Cell(letter, foreground: Color(10, 10, UInt8(x)))
  }
  #expect(screen.mergingRuns(tolerance: 50) == screen)
}
