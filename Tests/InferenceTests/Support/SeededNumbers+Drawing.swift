import RandomTestSupport
import Foundation
import ModelTestSupport

/// The seed of this run's random tests: drawn anew every time, and printed so that a failure can be
/// repeated with the environment variable `CAMTUI_TEST_SEED`.
enum TestSeed {
  static let value: UInt64 = {
    let given = ProcessInfo.processInfo.environment["CAMTUI_TEST_SEED"].flatMap { UInt64($0) }
    let seed = given ?? UInt64.random(in: 0..<1_000_000)
    print("Random tests of the inference module: CAMTUI_TEST_SEED=\(seed)")
    return seed
  }()
}

extension SeededNumbers {
  /// Numbers that depend on this run's seed and on the name of the test alone.
  init(test name: String) {
    self.init(seed: name.utf8.reduce(TestSeed.value) { ($0 &* 1_099_511_628_211) ^ UInt64($1) })
  }

  mutating func integer(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  mutating func flag() -> Bool { Bool.random(using: &self) }

  mutating func floats(_ count: Int, in range: ClosedRange<Float> = -1...1) -> [Float] {
    (0..<count).map { _ in Float.random(in: range, using: &self) }
  }

  /// Different numbers around zero, 0.13 apart and never nearer to zero than 0.05, in random order:
  /// no maximum is shared, and rectifiers have a derivative everywhere.
  mutating func spacedFloats(_ count: Int) -> [Float] {
    (0..<count).map { 0.13 * Float($0 - count / 2) + 0.05 }.shuffled(using: &self)
  }
}
