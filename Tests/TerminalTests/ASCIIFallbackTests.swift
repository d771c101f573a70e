import Testing

@testable import Terminal

@Test func halfBlocksBecomeTheMeanOfTheirColors() {
  let cell = Cell("▀", foreground: Color(100, 0, 10), background: Color(200, 50, 20))
  #expect(cell.asciiFallback == Cell(" ", background: Color(150, 25, 15)))
  #expect(
    Cell("▄", foreground: Color(9, 9, 9)).asciiFallback == Cell(" ", background: Color(9, 9, 9)))
}

@Test func nothingButASCIIIsLeft() {
  for scalar in "a─│╭█▏…猫é▸".unicodeScalars {
    #expect(Cell(scalar).asciiFallback.scalar.isASCII, "\(scalar)")
  }
}
