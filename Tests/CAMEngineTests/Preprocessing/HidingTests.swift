import CAMEngine
import Testing

@Suite struct HidingTests {
  /// Rectangles inside, at the edges, beyond them, and of nothing.
  @Test(arguments: [
    PixelRectangle(left: 1, top: 2, width: 3, height: 1),
    PixelRectangle(left: 0, top: 0, width: 6, height: 4),
    PixelRectangle(left: -2, top: 3, width: 4, height: 9),
    PixelRectangle(left: 6, top: 0, width: 2, height: 2),
    PixelRectangle(left: 2, top: 1, width: 0, height: 2),
  ])
  func onlyTheRectangleBecomesZero(rectangle: PixelRectangle) throws {
    let settings = Preprocessor(resize: nil, crop: nil)
    let input = try settings.prepare(Image(width: 6, height: 4, color: RGB(250, 130, 10)))
    let hidden = input.hiding(rectangle)
    #expect(hidden.image == input.image && hidden.geometry == input.geometry)
    for index in input.values.indices {
      let (x, y) = (index % 6, index / 6 % 4)
      let isInside =
        (rectangle.left..<rectangle.left + rectangle.width).contains(x)
        && (rectangle.top..<rectangle.top + rectangle.height).contains(y)
      #expect(hidden.values[index] == (isInside ? 0 : input.values[index]))
      #expect(input.values[index] != 0)
    }
  }
}
