import Terminal
import Testing

/// The characters of a row, a wide character once.
private func text(_ screen: Screen, row: Int = 0) -> String {
  var scalars = String.UnicodeScalarView()
  for x in 0..<screen.width where screen[x, row].scalar != Cell.continuation {
    scalars.append(screen[x, row].scalar)
  }
  return String(scalars)
}

@Test func textIsClippedAtTheEdges() {
  var screen = Screen(width: 5, height: 2)
  #expect(screen.write("abcdef", x: 2, y: 0) == 5)
  screen.write("xyz", x: -2, y: 1)
  screen.write("nowhere", x: 0, y: 2)
  #expect(text(screen) == "  abc")
  #expect(text(screen, row: 1) == "z    ")
}

@Test func textIsClippedAtItsLimit() {
  var screen = Screen(width: 8, height: 1)
  #expect(screen.write("abcdef", x: 1, y: 0, limit: 3) == 4)
  #expect(text(screen) == " abc    ")
}

@Test func wideCharactersTakeTwoColumns() {
  var screen = Screen(width: 6, height: 1)
  screen.write("a猫b", x: 0, y: 0)
  #expect(screen[1, 0].scalar == "猫")
  #expect(screen[2, 0].scalar == Cell.continuation)
  #expect(screen[3, 0].scalar == "b")
}

@Test func aWideCharacterThatDoesNotFitIsASpace() {
  var screen = Screen(width: 4, height: 1, filledWith: Cell("."))
  screen.write("猫猫猫", x: 1, y: 0)
  #expect(text(screen) == ".猫 ")
}

@Test func halfOfAWideCharacterIsNeverLeft() {
  var screen = Screen(width: 4, height: 1)
  screen.write("猫猫", x: 0, y: 0)
  screen.write("x", x: 1, y: 0)
  #expect(text(screen) == " x猫")
  screen.write("y", x: 2, y: 0)
  #expect(text(screen) == " xy ")
}

@Test func controlCharactersAndMarksAreReplaced() {
  var screen = Screen(width: 6, height: 1)
  screen.write("a\u{1B}\n\u{200B}e\u{301}", x: 0, y: 0)
  #expect(text(screen) == "a???e ")
}

@Test func textKeepsTheBackgroundUnlessItHasOne() {
  let red = Color(200, 0, 0)
  var screen = Screen(width: 2, height: 1, filledWith: Cell(" ", background: red))
  screen.write("a", x: 0, y: 0)
  screen.write("b", x: 1, y: 0, style: TextStyle(.standard, on: .standard))
  #expect(screen[0, 0].background == red)
  #expect(screen[1, 0].background == .standard)
}

@Test(arguments: [
  ("golden retriever", 16, "golden retriever"), ("golden retriever", 8, "golden …"),
  ("猫猫猫", 5, "猫猫…"), ("猫猫猫", 4, "猫…"), ("abc", 1, "…"), ("abc", 0, ""),
])
func truncationCountsColumns(text: String, limit: Int, expected: String) {
  let result = DisplayWidth.truncated(text, to: limit)
  #expect(result == expected)
  #expect(DisplayWidth.columns(of: result) <= limit)
}

@Test func drawingClipsOnAllSides() {
  let stamp = Screen(width: 3, height: 3, filledWith: Cell("#"))
  var screen = Screen(width: 4, height: 4)
  screen.draw(stamp, x: -2, y: -2)
  screen.draw(stamp, x: 3, y: 3)
  screen.draw(stamp, x: 9, y: 0)
  #expect((0..<4).map { text(screen, row: $0) } == ["#   ", "    ", "    ", "   #"])
}

@Test func fillingClipsOnAllSides() {
  var screen = Screen(width: 3, height: 2)
  screen.fill(Rectangle(x: 1, y: -1, width: 9, height: 2), with: Cell("#"))
  #expect((0..<2).map { text(screen, row: $0) } == [" ##", "   "])
}

@Test func boxesFollowTheInsideEdge() {
  var screen = Screen(width: 4, height: 3)
  screen.box(screen.bounds)
  #expect((0..<3).map { text(screen, row: $0) } == ["╭──╮", "│  │", "╰──╯"])
}
