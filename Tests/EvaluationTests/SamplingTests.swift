import Testing

@testable import Evaluation

@Suite struct SamplingTests {
  @Test func aSeedRepeatsTheSample() {
    let all = Array(0..<1000)
    let sample = Sampling.sample(all, count: 50, seed: 3)
    #expect(sample.count == 50 && Set(sample).count == 50 && sample == sample.sorted())
    #expect(sample == Sampling.sample(all, count: 50, seed: 3))
    #expect(sample != Sampling.sample(all, count: 50, seed: 4))
    #expect(Sampling.sample(all, count: 2000, seed: 3) == all)
  }

  /// The published generator's first numbers for the seed 1234567.
  @Test func theNumbersAreSplitMix64s() {
    var numbers = SplitMix64(seed: 1_234_567)
    #expect(numbers.next() == 6_457_827_717_110_365_317)
    #expect(numbers.next() == 3_203_168_211_198_807_973)
  }

  @Test func shardsArePartsOfTheWhole() throws {
    let all = Array(0..<17)
    let parts = try (1...5).map { try #require(Shard("\($0)/5")).part(of: all) }
    #expect(parts.joined().sorted() == all)
    #expect(parts.allSatisfy { (3...4).contains($0.count) })
    for text in ["0/5", "6/5", "1", "1/0", "a/b", "1/2/3", ""] { #expect(Shard(text) == nil) }
  }
}
