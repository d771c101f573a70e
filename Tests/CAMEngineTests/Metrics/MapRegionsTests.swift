import Testing

@testable import CAMEngine

/// Regions at every threshold against a flood fill at each.
@Suite struct MapRegionsTests {
  @Test(arguments: 0..<8)
  func regionsAreThoseOfAFloodFill(seed: Int) {
    var numbers = SystemRandomNumberGenerator()
    let (width, height) = (Int.random(in: 1...9, using: &numbers), 1 + seed)
    let levels = (0..<width * height).map { _ in
      max(0, Int.random(in: -4...12, using: &numbers))
    }
    let values = levels.map { Float($0) / 12 }
    let map = HeatMap(width: width, height: height, values: values)
    let highest = values.max() ?? 0
    let boxes = [Box(left: 0, top: 0, right: Double(width) / 2, bottom: Double(height))]
    let overlap = BoxOverlap(map, boxes: boxes)
    for level in 0..<BoxOverlap.levelCount where highest > 0 {
      let isAbove = values.map { Int($0 / highest * 255) > level }
      let found = Self.boxes(isAbove, width: width)
      let best = found.map { boxes[0].overlap($0) }.max() ?? 0
      #expect(overlap.ofBest[level] == best, "\(width) x \(height), \(levels)")
    }
  }

  private static func boxes(_ isAbove: [Bool], width: Int) -> [Box] {
    var rest = Set(isAbove.indices.filter { isAbove[$0] })
    var boxes: [Box] = []
    while let first = rest.first {
      var region: [Int] = []
      var waiting = [first]
      rest.remove(first)
      while let place = waiting.popLast() {
        region.append(place)
        let near = rest.filter {
          abs($0 % width - place % width) <= 1 && abs($0 / width - place / width) <= 1
        }
        rest.subtract(near)
        waiting += near
      }
      let (columns, rows) = (region.map { $0 % width }, region.map { $0 / width })
      boxes.append(
        Box(
          left: Double(columns.min() ?? 0), top: Double(rows.min() ?? 0),
          right: Double((columns.max() ?? 0) + 1), bottom: Double((rows.max() ?? 0) + 1)))
    }
    return boxes
  }
}
