import Terminal
import TerminalTestSupport
import Testing

@testable import camtui

private let sizes = [(80, 24), (200, 60), (40, 12)]

/// A screen of each size for a state.
func expectSnapshots(_ state: ExplorerState, named name: String) throws {
  for (columns, rows) in sizes {
    try expectSnapshot(state.screen(columns, rows), named: "\(name)-\(columns)x\(rows)")
  }
}

@Test func theInput() throws {
  var state = Fake.openState(paths: ["a/first.jpg", "second.jpg"])
  state.type(.character("1"))
  try expectSnapshots(state, named: "input")
}

@Test func phaseOne() throws {
  try expectSnapshots(Fake.openState(), named: "phase1")
}

@Test func phaseTwoUnderWay() throws {
  var state = Fake.openState()
  state.type(.character("3"))
  let job = Job.explain(Fake.incrementCAM(0))
  _ = state.update(.progressed(job, Fake.result(of: Fake.incrementCAM(0), scored: 4)))
  try expectSnapshots(state, named: "phase2-running")
}

@Test func phaseTwoStopped() throws {
  try expectSnapshots(Fake.stoppedState(), named: "phase2-partial")
}

@Test func phaseThree() throws {
  var state = Fake.openState()
  state.type(.character("4"))
  state.settle()
  try expectSnapshots(state, named: "phase3")
}

@Test func allSteps() throws {
  var state = Fake.openState()
  state.type(.character("v"))
  state.settle()
  try expectSnapshots(state, named: "phases")
}

@Test func anotherMethod() throws {
  let state = Fake.openState { $0.method = "layer-cam" }
  try expectSnapshots(state, named: "method")
}

@Test func theHeatmapInAnotherColorMap() throws {
  var state = Fake.openState()
  state.type(.character("o"), .character("c"))
  try expectSnapshot(state.screen(80, 24), named: "heatmap-80x24")
}

@Test func theSignedMap() throws {
  var state = Fake.openState()
  state.type(.character("a"))
  try expectSnapshots(state, named: "signed")
}

@Test func anEmptyMap() throws {
  var state = Fake.openState()
  state.type(.down)
  var result = Fake.result(of: Fake.gradCAM(1))
  result.map.values = result.map.values.map { _ in 0 }
  _ = state.update(.finished(.explain(Fake.gradCAM(1)), .explained(result)))
  try expectSnapshots(state, named: "empty")
}

@Test func theLayers() throws {
  var state = Fake.openState()
  state.type(.tab)
  try expectSnapshots(state, named: "layers")
}

@Test func theHelp() throws {
  var state = Fake.openState()
  state.type(.character("?"))
  try expectSnapshots(state, named: "help")
}

@Test func theMethodMenu() throws {
  var state = Fake.openState()
  state.type(.character("m"), .down)
  try expectSnapshots(state, named: "methods")
}

@Test func theParameterMenu() throws {
  var state = Fake.openState()
  state.type(.character("p"), .down)
  try expectSnapshots(state, named: "parameters")
}

@Test func theSearch() throws {
  var state = Fake.openState()
  state.type(.character("/"))
  state.type(text: "re")
  _ = state.update(.found(text: "re", classes: [0, 1, 8]))
  state.type(.down)
  try expectSnapshots(state, named: "search")
}

@Test func theLesson() throws {
  var state = Fake.openState()
  state.type(.character("t"))
  try expectSnapshots(state, named: "lesson")
}

@Test func theLessonOfPhaseTwo() throws {
  var state = Fake.openState()
  state.type(.character("t"), .character("3"))
  state.settle()
  try expectSnapshots(state, named: "lesson-phase2")
}

@Test func reading() throws {
  var state = Fake.state()
  _ = state.schedule()
  try expectSnapshot(state.screen(80, 24), named: "reading-80x24")
}

@Test func classifying() throws {
  var state = Fake.state()
  _ = state.schedule()
  _ = state.update(.finished(.open(image: 0), .opened(Fake.image)))
  try expectSnapshots(state, named: "classifying")
}

@Test func computing() throws {
  var state = Fake.openState()
  state.type(.down)
  for _ in 0..<3 { _ = state.update(.tick) }
  try expectSnapshot(state.screen(80, 24), named: "computing-80x24")
  try expectSnapshot(state.screen(40, 12), named: "computing-40x12")
}

@Test func anUnreadableImage() throws {
  var state = Fake.state(paths: ["photos/broken.jpg", "photos/dog.jpg"])
  _ = state.schedule()
  _ = state.update(
    .finished(
      .open(image: 0),
      .failed("photos/broken.jpg is not a JPEG, PNG or WebP file: it begins with 'hello'")))
  try expectSnapshot(state.screen(80, 24), named: "unreadable-80x24")
}

@Test func moreClassesThanRoom() throws {
  var state = Fake.openState(classes: 8)
  state.type(.end)
  try expectSnapshot(state.screen(80, 20), named: "classes-80x20")
  try expectSnapshot(state.screen(120, 20), named: "classes-120x20")
}

@Test func withoutColors() throws {
  var state = Fake.openState(colorMode: .mono)
  state.type(.character("o"))
  try expectSnapshot(state.screen(80, 24), named: "mono-80x24")
}

@Test func withoutUnicode() throws {
  var state = Fake.openState(colorMode: .indexed16, encoding: .ascii)
  state.type(.character("t"))
  try expectSnapshot(state.screen(80, 24), named: "ascii-80x24")
}

@Test func theHintForMoreColors() throws {
  let state = Fake.openState(
    colorMode: .indexed256, hint: "more colours: try --color=truecolor")
  try expectSnapshot(state.screen(120, 30), named: "hint-120x30")
}

@Test(arguments: [(39, 12), (40, 11), (12, 4)])
func tooSmallScreensSaySo(columns: Int, rows: Int) throws {
  let state = Fake.openState()
  try expectSnapshot(state.screen(columns, rows), named: "small-\(columns)x\(rows)")
}

/// Every size from nothing to large, in every state that has a look of its own.
@Test func noSizeIsTooOdd() {
  var helped = Fake.openState(classes: 8)
  helped.type(.character("?"), .down)
  var scoring = Fake.openState()
  scoring.type(.character("t"), .character("3"))
  let partial = Fake.result(of: Fake.incrementCAM(0), scored: 4)
  _ = scoring.update(.progressed(.explain(Fake.incrementCAM(0)), partial))
  var states = [Fake.state(), helped, scoring]
  for key: Key in [.character("v"), .tab, .character("m"), .character("p"), .character("/")] {
    var state = scoring
    state.type(key)
    states.append(state)
  }
  for state in states {
    for columns in Array(stride(from: 0, through: 90, by: 9)) + [39, 40, 64, 300] {
      for rows in Array(stride(from: 0, through: 30, by: 5)) + [11, 12, 16, 24, 100] {
        let screen = state.screen(columns, rows)
        #expect(screen.width == columns && screen.height == rows)
      }
    }
  }
}

@Test func theSameStateGivesTheSameScreen() {
  let state = Fake.openState()
  #expect(state.screen(80, 24) == state.screen(80, 24))
}

@Test func everyKeyIsExplained() {
  var state = Fake.openState()
  state.type(.character("?"))
  let text = snapshotText(of: state.screen(80, 24))
  for binding in KeyTable.bindings {
    #expect(text.contains(binding.keys) && text.contains(binding.meaning), "\(binding.keys)")
  }
}

@Test(arguments: [
  (0.9416, "94.2 %"), (1, "100.0 %"), (0, "0.0 %"), (0.0004, "<0.1 %"), (0.0006, "0.1 %"),
])
func percentages(share: Double, expected: String) {
  #expect(Formatting.percent(share) == expected)
}

@Test(arguments: [
  (0.0012, "1.2 ms"), (0.0234, "23 ms"), (0.9994, "999 ms"), (1.25, "1.3 s"), (12.0, "12.0 s"),
])
func durations(seconds: Double, expected: String) {
  #expect(Formatting.duration(seconds) == expected)
}

@Test(arguments: [(0, ""), (0.0001, "╸"), (0.5, "━━━━━"), (0.55, "━━━━━╸"), (1, "━━━━━━━━━━")])
func gauges(share: Double, expected: String) {
  #expect(ExplorerView.gauge(share, columns: 10) == expected)
}
