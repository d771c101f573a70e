import CAMEngine
import Testing

@Suite struct ColorMapTests {
  /// matplotlib's colours 0, 128 and 255 times 255, rounded; jet by its formula.
  @Test(arguments: [
    (ColorMap.viridis, RGB(68, 1, 84), RGB(33, 145, 140), RGB(253, 231, 37)),
    (.inferno, RGB(0, 0, 4), RGB(188, 55, 84), RGB(252, 255, 164)),
    (.turbo, RGB(48, 18, 59), RGB(164, 252, 60), RGB(122, 4, 3)),
    (.jet, RGB(0, 0, 128), RGB(130, 255, 126), RGB(128, 0, 0)),
    (.grey, RGB(0, 0, 0), RGB(128, 128, 128), RGB(255, 255, 255)),
  ])
  func endsAndMiddle(map: ColorMap, first: RGB, middle: RGB, last: RGB) {
    #expect(map.colors.count == 256)
    #expect(map.color(0) == first)
    #expect(map.color(0.5) == middle)
    #expect(map.color(1) == last)
  }

  @Test(arguments: ColorMap.allCases)
  func valuesOutsideCountAsTheEnds(map: ColorMap) {
    #expect(map.color(-3) == map.colors[0] && map.color(.nan) == map.colors[0])
    #expect(map.color(-.infinity) == map.colors[0])
    #expect(map.color(7) == map.colors[255] && map.color(.infinity) == map.colors[255])
  }

  @Test(arguments: ColorMap.allCases)
  func manyValuesAreAsOne(map: ColorMap) {
    let values = (0...1000).map { Float($0) / 1000 }
    let single = values.map { map.color($0) }.flatMap { [$0.red, $0.green, $0.blue] }
    #expect(map.pixels(values) == single)
  }

  @Test func namesAreThoseOfTheCommandLine() {
    #expect(ColorMap.allCases.map(\.rawValue) == ["viridis", "inferno", "turbo", "jet", "grey"])
  }
}
