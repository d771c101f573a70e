import Terminal
import TerminalTestSupport
import Testing

@testable import camtui

/// Random keys with jobs that end, fail or are cancelled in between.
@Test(arguments: 0..<20) func noSequenceBreaksTheExplorer(seed: Int) {
  var generator = SeededGenerator(seed: UInt64(seed))
  var state = Fake.state(paths: ["a.png", "b.png", "c.png"])
  var running: Job?
  func note(_ effects: [ExplorerEffect]) {
    for case .start(let job) in effects {
      #expect(running == nil, "seed \(seed): two jobs at once")
      running = job
    }
  }
  note(state.schedule())
  let keys = KeyTable.bindings.flatMap { $0.commands.map(\.key) }
  for _ in 0..<200 {
    if let job = running, Int.random(in: 0..<3, using: &generator) == 0 {
      running = nil
      note(state.update(.finished(job, outcome(of: job, &generator))))
    } else {
      note(state.update(.key(keys.randomElement(using: &generator) ?? .down)))
      note(state.update(.tick))
    }
    #expect(state.job == running, "seed \(seed)")
    #expect(state.screen(80, 24).width == 80)
  }
  settle(&state, running)
  #expect(state.missingJob == nil, "seed \(seed)")
}

private func outcome(of job: Job, _ generator: inout SeededGenerator) -> JobOutcome {
  switch (Int.random(in: 0..<4, using: &generator), job) {
  case (0, _): .failed("no luck")
  case (1, _): .cancelled
  case (_, .open): .opened(Fake.image(classes: 8))
  case (_, .map(_, let index)): .mapped(Fake.map(ofClass: index))
  }
}

/// Ends all jobs well until there are no more.
private func settle(_ state: inout ExplorerState, _ first: Job?) {
  var next = first
  while let job = next {
    let result: JobOutcome =
      switch job {
      case .open: .opened(Fake.image(classes: 8))
      case .map(_, let index): .mapped(Fake.map(ofClass: index))
      }
    next = nil
    for case .start(let job) in state.update(.finished(job, result)) { next = job }
  }
}
