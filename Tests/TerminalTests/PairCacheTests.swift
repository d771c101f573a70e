import Testing

@testable import Terminal

private func colors(_ foreground: Int, on background: Int = 0) -> PairColors {
  PairColors(Color(code: Int32(foreground)), on: Color(code: Int32(background)))
}

extension PairCache {
  /// A frame of these colours; returns what had to be defined, as "number: colour".
  fileprivate mutating func show(_ wanted: [PairColors]) -> [Definition] {
    beginFrame()
    wanted.forEach { want($0) }
    return assign()
  }
}

@Test func colorsOfAPairAreKept() {
  let pair = PairColors(Color(255, 254, 253), on: .standard)
  #expect(pair.foreground == 0xFFFEFD && pair.background == -1)
  #expect(PairColors(.standard, on: Color(0, 0, 1)).background == 1)
  #expect(PairColors(.standard, on: .standard) == .standard)
  #expect(PairColors(.standard, on: Color(0, 0, 0)) != .standard)
}

@Test func theSameColorsHaveTheSamePair() {
  var cache = PairCache(capacity: 8)
  let first = cache.show([colors(2, on: 1), colors(1, on: 2), colors(2, on: 1)])
  #expect(
    first == [
      PairCache.Definition(number: 1, colors: colors(1, on: 2)),
      PairCache.Definition(number: 2, colors: colors(2, on: 1)),
    ])
  #expect(cache.show([colors(1, on: 2), colors(1, on: -1)]).map(\.number) == [3])
  #expect(cache.number(of: colors(1, on: 2)) == 1)
  #expect(cache.number(of: colors(1, on: -1)) == 3)
  #expect(cache.number(of: colors(7)) == nil)
  #expect(cache.number(of: .standard) == 0)
}

@Test func aPairIsGivenAwayOnlyAfterAFrameWithoutUse() {
  var cache = PairCache(capacity: 1)
  #expect(cache.show([colors(1)]).map(\.number) == [1])
  #expect(cache.show([colors(2)]).isEmpty)
  #expect(cache.number(of: colors(2)) == nil)
  #expect(cache.show([colors(2)]).map(\.number) == [1])
  #expect(cache.number(of: colors(1)) == nil)
  #expect(cache.show([colors(1)]).isEmpty)
}

@Test func useOnTheScreenKeepsAPair() {
  var cache = PairCache(capacity: 2)
  _ = cache.show([colors(1), colors(2)])
  for _ in 0..<5 {
    cache.beginFrame()
    cache.use(1)
    #expect(cache.assign().isEmpty)
  }
  cache.beginFrame()
  cache.use(1)
  cache.want(colors(3))
  #expect(cache.assign().map(\.number) == [2])
  #expect(cache.number(of: colors(1)) == 1)
  #expect(cache.number(of: colors(2)) == nil)
}

@Test func growingGivesNewNumbersAndKeepsTheOld() {
  var cache = PairCache(capacity: 1)
  #expect(cache.show([colors(1), colors(2)]).map(\.number) == [1])
  cache.grow(to: 2)
  #expect(cache.show([colors(1), colors(2)]).map(\.number) == [2])
  #expect(cache.number(of: colors(1)) == 1)
  cache.grow(to: 1)
  #expect(cache.capacity == 2)
}

/// The promise that drawing relies on: a number shown in this frame or the one before never changes
/// its meaning, over many frames of ever new colours; two pairs a cell are enough for all of them.
@Test func shownPairsNeverChangeTheirColors() {
  var cache = PairCache(capacity: 20)
  var meanings: [Int32: PairColors] = [:]
  var lastFrame: [Int32: PairColors] = [:]
  for frame in 0..<300 {
    let wanted = (0..<10).map { colors(frame * 7 + $0) }
    for definition in cache.show(wanted) { meanings[definition.number] = definition.colors }
    var shown: [Int32: PairColors] = [:]
    for colors in wanted {
      guard let number = cache.number(of: colors) else {
        Issue.record("frame \(frame): two frames of ten colours fit in 20 pairs")
        continue
      }
      #expect(meanings[number] == colors, "frame \(frame)")
      shown[number] = colors
    }
    for (number, colors) in lastFrame {
      #expect(meanings[number] == colors, "frame \(frame), pair \(number)")
    }
    lastFrame = shown
  }
}
