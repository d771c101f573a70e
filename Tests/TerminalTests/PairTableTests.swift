import RandomTestSupport
import Testing

@testable import Terminal

/// The table answers as a dictionary does, however its entries push each other aside.
@Test func aPairTableIsADictionary() {
  let seed = UInt64.random(in: 0..<1_000_000)
  print("pairs of seed \(seed)")
  var generator = SeededNumbers(seed: seed)
  var table = PairTable(capacity: 500)
  var expected: [PairColors: Int32] = [:]
  // Few different colours, so that many of them are asked for again.
  let all = (0..<800).map { _ in
    PairColors(
      Color(code: Int32.random(in: 0..<0x100_0000, using: &generator)),
      on: Color(code: Int32.random(in: -1..<3, using: &generator)))
  }
  for turn in 0..<20_000 {
    let colors = all[Int.random(in: 0..<all.count, using: &generator)]
    if expected.count < 500, Bool.random(using: &generator) {
      table.set(Int32(turn), for: colors)
      expected[colors] = Int32(turn)
    } else {
      table.remove(colors)
      expected[colors] = nil
    }
    let asked = all[Int.random(in: 0..<all.count, using: &generator)]
    #expect(table[asked] == expected[asked], "seed \(seed), turn \(turn)")
  }
  for colors in all {
    #expect(table[colors] == expected[colors], "seed \(seed), in the end")
  }
}
