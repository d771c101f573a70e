import Terminal
import TerminalTestSupport
import Testing

@testable import camtui

@Test(arguments: [(80, 24), (200, 60), (40, 12)])
func theOverlay(columns: Int, rows: Int) throws {
  let state = Fake.openState()
  try expectSnapshot(state.screen(columns, rows), named: "overlay-\(columns)x\(rows)")
}

@Test func thePhoto() throws {
  var state = Fake.openState(paths: ["a/first.jpg", "second.jpg"])
  state.type(.character("1"))
  try expectSnapshot(state.screen(80, 24), named: "photo-80x24")
}

@Test func theHeatmapInAnotherColorMap() throws {
  var state = Fake.openState()
  state.type(.character("3"), .character("c"))
  try expectSnapshot(state.screen(80, 24), named: "heatmap-80x24")
}

@Test func theHelp() throws {
  var state = Fake.openState()
  state.type(.character("?"))
  try expectSnapshot(state.screen(80, 24), named: "help-80x24")
  try expectSnapshot(state.screen(40, 12), named: "help-40x12")
}

@Test func reading() throws {
  var state = Fake.state()
  _ = state.schedule()
  try expectSnapshot(state.screen(80, 24), named: "reading-80x24")
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
  state.type(.character("3"))
  try expectSnapshot(state.screen(80, 24), named: "mono-80x24")
}

@Test func withoutUnicode() throws {
  let state = Fake.openState(colorMode: .indexed16, encoding: .ascii)
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
  for state in [Fake.state(), helped] {
    for columns in Array(0...90) + [200, 500] {
      for rows in Array(0...30) + [100] {
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
