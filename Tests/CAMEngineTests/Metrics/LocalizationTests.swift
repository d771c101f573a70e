import Testing

@testable import CAMEngine

/// Figures that compare a map with boxes.
@Suite struct LocalizationTests {
  private let map = HeatMap(width: 2, height: 2, values: [1, 0.5, 0.25, 0])
  private let leftColumn = Box(left: 0, top: 0, right: 1, bottom: 2)

  @Test func energyIsTheShareInside() {
    let mask = BoxMask([leftColumn], width: 2, height: 2)
    #expect(EnergyPointingGame.value(map.values, inside: mask) == 1.25 / 1.75)
    #expect(EnergyPointingGame.value([0, 0, 0, 0], inside: mask) == 0)
    #expect(mask.share == 0.5)
  }

  @Test func aPixelIsInsideWhereItsCenterIs() {
    let box = Box(left: 0.6, top: -3, right: 2.5, bottom: 0.6)
    let mask = BoxMask([box], width: 4, height: 2)
    #expect(mask.isInside == [false, true, false, false, false, false, false, false])
    let overlapping = BoxMask([leftColumn, leftColumn], width: 2, height: 2)
    #expect(overlapping.isInside == [true, false, true, false])
  }

  @Test func pointingHitsOrMisses() {
    #expect(PointingGame.value(map, in: [leftColumn]) == 1)
    let right = Box(left: 1, top: 0, right: 2, bottom: 2)
    #expect(PointingGame.value(map, in: [right]) == 0)
    #expect(PointingGame.value(map, in: [right], tolerance: 0.5) == 1)
    let empty = HeatMap(width: 2, height: 1, values: [0, 0])
    #expect(PointingGame.value(empty, in: [leftColumn]) == 0)
  }

  /// At 0.9 one of one pixel is inside, half of all that are; at 0.8 two of three, the other half.
  @Test func equalValuesPassTheThresholdTogether() {
    let values: [Float] = [0.9, 0.8, 0.8, 0.1]
    let mask = BoxMask([Box(left: 0, top: 0, right: 1, bottom: 2)], width: 2, height: 2)
    let precision = PixelAveragePrecision.value(values, PixelRanking(values), inside: mask)
    #expect(abs(precision - (0.5 + 0.5 * 2 / 3)) < 1e-15)
  }

  @Test func overlapIsIntersectionOverUnion() {
    let a = Box(left: 0, top: 0, right: 2, bottom: 2)
    #expect(a.overlap(Box(left: 1, top: 1, right: 3, bottom: 3)) == 1.0 / 7)
    #expect(a.overlap(a) == 1)
    #expect(a.overlap(Box(left: 2, top: 0, right: 3, bottom: 2)) == 0)
  }

  /// A photo of 100 x 50 at half its size, the middle 25 x 25 of it from column 12.
  @Test func boxesFollowTheCrop() {
    let geometry = Preprocessor(
      resize: .shortestEdge(25), crop: Preprocessor.Size(width: 25, height: 25)
    ).geometry(width: 100, height: 50)
    #expect(geometry.crop.left == 12)
    let box = Box(left: 20, top: 10, right: 60, bottom: 40).onInput(geometry)
    #expect(box == Box(left: 0, top: 5, right: 18, bottom: 20))
    #expect(Box(left: 0, top: 0, right: 24, bottom: 50).onInput(geometry) == nil)
  }

  /// Two pixels of 1 that touch at a corner, and three pixels of 0.5 elsewhere.
  @Test func regionsJoinAtCorners() {
    let map = HeatMap(
      width: 5, height: 3,
      values: [
        1, 0, 0, 0, 0,
        0, 1, 0, 0, 0.5,
        0, 0, 0, 0.5, 0.5,
      ])
    let overlap = BoxOverlap(map, boxes: [Box(left: 0, top: 0, right: 2, bottom: 2)])
    #expect(overlap.overlap(atThreshold: 0.9) == 1)
    #expect(overlap.overlap(atThreshold: 0.15) == 0, "the other region is larger")
    #expect(overlap.ofBest[20] == 1)
    #expect(overlap.highest == 1)
  }

  @Test func emptyMapsHaveNoBox() {
    let empty = HeatMap(width: 3, height: 3, values: Array(repeating: 0, count: 9))
    #expect(BoxOverlap(empty, boxes: [leftColumn]).highest == 0)
  }

  /// Both images are found by 0.3 at threshold 10; by 0.5 and 0.7 only the second, at threshold 3.
  @Test func maxBoxAccTakesTheSetsThreshold() throws {
    let first = try #require(Self.hits([[10], [10], []]))
    let second = try #require(Self.hits([[3, 10], [3], [3]]))
    #expect(MaxBoxAccuracy.values([first, second]) == [1.0 / 3, 1])
    #expect(MaxBoxAccuracy.Hits(bytes: [1, 2]) == nil)
  }

  private static func hits(_ levels: [[Int]]) -> MaxBoxAccuracy.Hits? {
    let bytes = levels.flatMap { levels in
      (0..<32).map { byte in
        levels.reduce(UInt8(0)) { $1 / 8 == byte ? $0 | 1 << ($1 % 8) : $0 }
      }
    }
    return MaxBoxAccuracy.Hits(bytes: bytes)
  }
}
