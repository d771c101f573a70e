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

/// A slow ramp becomes steps, each in the middle of its colours; it does not become flat.
@Test func errorsDoNotAddUp() {
  var screen = Screen(width: 100, height: 1)
  for x in 0..<100 {
    let color = Color(UInt8(x), UInt8(100 - x), UInt8(x))
    screen[x, 0] = Cell("▀", foreground: color, background: color)
  }
  let merged = screen.mergingRuns(tolerance: 4)
  for x in 0..<100 {
    let start = x / 9 * 9
    let middle = start + min(8, 99 - start) / 2
    #expect(merged[x, 0].foreground.rgb?.red == UInt8(middle))
    #expect(merged[x, 0].background.rgb?.green == UInt8(100 - start - (min(8, 99 - start) + 1) / 2))
  }
}

@Test func toleranceZeroChangesNothing() {
  let screen = noise(seed: 2, spread: 1)
  #expect(screen.mergingRuns(tolerance: 0) == screen)
}

/// The terminal's own colours and emphasis are kept, and end a run.
@Test func cellsThatAreNotAlikeEndARun() {
  let gray = Color(100, 100, 100)
  var screen = Screen(width: 4, height: 1)
  screen[0, 0] = Cell("▀", foreground: gray, background: gray)
  screen[1, 0] = Cell("▀", foreground: .standard, background: gray)
  screen[2, 0] = Cell("▀", foreground: Color(101, 100, 100), background: gray)
  screen[3, 0] = Cell("▀", foreground: gray, background: gray, emphasis: .bold)
  #expect(screen.mergingRuns(tolerance: 20) == screen)
}

@Test func textIsNeverMerged() {
  var screen = Screen(width: 3, height: 1)
  for (x, letter) in "abc".unicodeScalars.enumerated() {
    screen[x, 0] = Cell(letter, foreground: Color(10, 10, UInt8(x)))
  }
  #expect(screen.mergingRuns(tolerance: 50) == screen)
}
