import RandomTestSupport
import Terminal
import TerminalTestSupport
import Testing

@testable import camtui

/// Random keys with jobs that end, fail, report progress or are cancelled in between.
@Test(arguments: 0..<30) func noSequenceBreaksTheExplorer(seed: Int) {
  var generator = SeededNumbers(seed: UInt64(seed))
  var state = Fake.state(paths: ["a.png", "b.png", "c.png"])
  var running: Job?
  func note(_ effects: [ExplorerEffect]) {
    for effect in effects {
      switch effect {
      case .start(let job):
        #expect(running == nil, "seed \(seed): two jobs at once")
        running = job
      case .search(let text):
        _ = state.update(.found(text: text, classes: [text.count % 9, 8]))
      case .save: note(state.update(.saved(.saved(folder: "folder"))))
      case .cancel, .quit: break
      }
    }
  }
  note(state.schedule())
  let keys = KeyTable.bindings.flatMap { $0.commands.map(\.key) }
  for _ in 0..<300 {
    if let job = running, Int.random(in: 0..<3, using: &generator) == 0 {
      running = nil
      note(state.update(.finished(job, outcome(of: job, &generator))))
    } else {
      if case .explain(let request)? = running {
        let scored = Int.random(in: 0...9, using: &generator)
        note(state.update(.progressed(.explain(request), Fake.result(of: request, scored: scored))))
      }
      note(state.update(.key(keys.randomElement(using: &generator) ?? .down)))
      note(state.update(.tick))
    }
    #expect(state.job == running, "seed \(seed)")
    #expect(state.screen(80, 24).width == 80)
    if Int.random(in: 0..<20, using: &generator) == 0 { _ = state.screen(40, 12) }
  }
  state.settle(classes: 8)
  #expect(state.missingJob == nil, "seed \(seed)")
}

private func outcome(of job: Job, _ generator: inout SeededNumbers) -> JobOutcome {
  switch Int.random(in: 0..<4, using: &generator) {
  case 0: .failed("no luck")
  case 1: .cancelled
  default: Fake.outcome(of: job, classes: 8)
  }
}
