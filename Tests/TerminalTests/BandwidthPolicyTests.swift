import RandomTestSupport
import TerminalTestSupport
import Testing

@testable import Terminal

private func policy(after delays: [Duration]) -> BandwidthPolicy {
  var policy = BandwidthPolicy()
  for delay in delays { policy.note(delay: delay) }
  return policy
}

private func times(_ count: Int, _ milliseconds: Int) -> [Duration] {
  Array(repeating: .milliseconds(milliseconds), count: count)
}

@Test(arguments: [
  ([], 0), (times(100, 0), 0), (times(1, 100), 4), (times(2, 100), 8), (times(1, 400), 8),
  (times(4, 100), 16), (times(50, 5000), 16), (times(20, 50), 0),
])
func lateFramesRaiseTheToleranceByStepsUpToTheGreatest(delays: [Duration], tolerance: Int) {
  #expect(policy(after: delays).tolerance == tolerance)
}

@Test func earlyFramesLowerItOneStepAtATime() {
  #expect(policy(after: times(4, 100) + times(7, 1)).tolerance == 16)
  #expect(policy(after: times(4, 100) + times(8, 1)).tolerance == 12)
  #expect(policy(after: times(4, 100) + times(32, 1)).tolerance == 0)
}

/// A frame neither late nor early shows that the step is right.
@Test func framesInBetweenKeepIt() {
  #expect(policy(after: times(4, 100) + times(7, 1) + times(1, 50) + times(7, 1)).tolerance == 16)
}

/// Every other step of the connection is too small for the exact picture: the policy tries again
/// ever more rarely.
@Test func itDoesNotPulsate() {
  var policy = BandwidthPolicy()
  var changes: [Int] = []
  for frame in 0..<2000 {
    let former = policy.tolerance
    policy.note(delay: .milliseconds(former < 8 ? 100 : 1))
    if policy.tolerance != former { changes.append(frame) }
  }
  #expect(policy.tolerance <= 8)
  #expect(changes.count < 40, "\(changes)")
  let gaps = zip(changes, changes.dropFirst()).map { $1 - $0 }
  #expect((gaps.last ?? 0) >= 200 || gaps.contains { $0 >= 200 }, "\(gaps)")
}

@Test(arguments: [(BandwidthChoice.high, 0), (.medium, 8), (.low, 16)])
func aForcedLevelStays(choice: BandwidthChoice, tolerance: Int) {
  var policy = BandwidthPolicy(choice)
  let seed: UInt64 = 3
  var generator = SeededNumbers(seed: seed)
  for _ in 0..<100 {
    policy.note(delay: .milliseconds(Int.random(in: 0...500, using: &generator)))
    #expect(policy.tolerance == tolerance, "seed \(seed)")
  }
}

@Test func theGreatestToleranceIsTheLastStep() {
  #expect(BandwidthPolicy.tolerances == BandwidthPolicy.tolerances.sorted())
  #expect(BandwidthPolicy.tolerances.first == 0)
  #expect(BandwidthPolicy.tolerances.last == 16)
}
