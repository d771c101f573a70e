import Testing

@testable import Terminal

private func color(_ value: Int) -> Color { Color(code: Int32(value)) }

@Test func theSameColorsHaveTheSamePair() {
  var cache = PairCache(capacity: 8)
  cache.beginFrame()
  #expect(cache.look(up: color(1), on: color(2)) == .define(1))
  #expect(cache.look(up: color(2), on: color(1)) == .define(2))
  #expect(cache.look(up: color(1), on: color(2)) == .known(1))
  #expect(cache.look(up: color(1), on: .standard) == .define(3))
}

@Test func aPairIsGivenAwayOnlyAfterTwoFramesWithoutUse() {
  var cache = PairCache(capacity: 1)
  cache.beginFrame()
  #expect(cache.look(up: color(1), on: color(1)) == .define(1))
  for _ in 0..<2 {
    cache.beginFrame()
    #expect(cache.look(up: color(2), on: color(2)) == .exhausted)
  }
  cache.beginFrame()
  #expect(cache.look(up: color(2), on: color(2)) == .define(1))
  #expect(cache.look(up: color(1), on: color(1)) == .exhausted)
}

@Test func useOnTheScreenKeepsAPair() {
  var cache = PairCache(capacity: 2)
  cache.beginFrame()
  _ = cache.look(up: color(1), on: color(1))
  _ = cache.look(up: color(2), on: color(2))
  for _ in 0..<5 {
    cache.beginFrame()
    cache.use(1)
  }
  #expect(cache.look(up: color(3), on: color(3)) == .define(2))
  #expect(cache.look(up: color(1), on: color(1)) == .known(1))
  #expect(cache.look(up: color(2), on: color(2)) == .exhausted)
}

@Test func growingGivesNewNumbers() {
  var cache = PairCache(capacity: 1)
  cache.beginFrame()
  _ = cache.look(up: color(1), on: color(1))
  #expect(cache.look(up: color(2), on: color(2)) == .exhausted)
  cache.grow(to: 2)
  #expect(cache.look(up: color(2), on: color(2)) == .define(2))
  cache.grow(to: 1)
  #expect(cache.capacity == 2)
}

/// The promise that drawing relies on: a number shown in this frame or the two before never
/// changes its meaning, over many frames of ever new colours.
@Test func shownPairsNeverChangeTheirColors() {
  var cache = PairCache(capacity: 40)
  var meanings: [Int32: Int] = [:]
  var lastFrames: [[Int32: Int]] = []
  for frame in 0..<300 {
    cache.beginFrame()
    var shown: [Int32: Int] = [:]
    for cell in 0..<10 {
      let value = frame * 10 + cell
      switch cache.look(up: color(value), on: color(0)) {
      case .define(let pair):
        meanings[pair] = value
        shown[pair] = value
      case .known, .exhausted:
        Issue.record("frame \(frame): four frames of ten colours fit in 40 pairs")
      }
    }
    for (pair, value) in lastFrames.joined() {
      #expect(meanings[pair] == value, "frame \(frame), pair \(pair)")
    }
    lastFrames = lastFrames.suffix(1) + [shown]
  }
}
