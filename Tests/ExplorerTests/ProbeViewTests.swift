import Terminal
import TerminalTestSupport
import Testing

@testable import camtui

@Suite struct ProbeViewTests {
  private func openProbe(_ change: (inout ExplorerOptions) -> Void = { _ in }) -> ExplorerState {
    var state = Fake.openState(change)
    state.view = .probe
    _ = state.schedule()
    return state
  }

  /// The job for a box of a quarter of the input of 96 x 96.
  private func job(left: Int, top: Int = 36) -> Job {
    .classifyHidden(
      Occlusion(image: 0, box: InputBox(left: left, top: top, width: 24, height: 24)))
  }

  @Test func itBeginsInTheMiddle() {
    var state = openProbe()
    #expect(state.job == job(left: 36))
    state.settle()
    #expect(state.probedScores == Fake.hiddenScores())
    #expect(state.missingJob == nil)
  }

  @Test func everyMoveAsksTheModelAgain() {
    var state = openProbe()
    state.settle()
    #expect(state.type(.right) == [.start(job(left: 42))])
    state.settle()
    #expect(state.type(.character("k")) == [.start(job(left: 42, top: 30))])
    state.settle()
    #expect(state.step == .phaseOne && state.image.selectedRow == 0)
  }

  @Test func onlyTheLastOfManyPlacesIsAskedForNext() {
    var state = openProbe()
    state.settle()
    #expect(state.type(.right, .right, .right) == [.start(job(left: 42))])
    #expect(
      state.update(.finished(job(left: 42), .classified(Fake.hiddenScores())))
        == [.start(job(left: 54))])
    #expect(state.probedScores != nil && state.isProbing)
  }

  @Test func theBoxStaysInside() {
    var state = openProbe()
    for _ in 0..<40 { state.type(.left, .up) }
    #expect(state.probe.box == InputBox(left: 0, top: 0, width: 24, height: 24))
    for _ in 0..<9 { state.type(.character(">")) }
    #expect(state.probe.box == InputBox(left: 0, top: 0, width: 72, height: 72))
    for _ in 0..<40 { state.type(.right, .down) }
    #expect(state.probe.box == InputBox(left: 24, top: 24, width: 72, height: 72))
    for _ in 0..<9 { state.type(.character("<")) }
    #expect(state.probe.box == InputBox(left: 57, top: 57, width: 6, height: 6))
  }

  @Test func afterTabTheArrowsMoveInTheClasses() {
    var state = openProbe()
    state.settle()
    state.type(.tab, .down)
    #expect(state.image.selectedRow == 1)
    #expect(state.probe.box.top == 36)
  }

  @Test func theAnswerForAnotherImageIsNotShown() {
    var state = Fake.openState(paths: ["a.png", "b.png"])
    state.view = .probe
    _ = state.schedule()
    state.settle()
    state.type(.character("n"))
    #expect(state.probedScores == nil)
    state.settle()
    #expect(state.probe.answer?.occlusion.image == 1)
  }

  @Test func aFailureIsReportedAndNotTriedAgain() {
    var state = openProbe()
    #expect(state.update(.finished(job(left: 36), .failed("no memory"))) == [])
    #expect(snapshotText(of: state.screen(160, 50)).contains("has no answer: no memory"))
  }

  @Test func theBoxCoversItsPartOfThePhoto() {
    var composition = PictureComposition(image: Fake.image, layer: .photo)
    composition.hidden = PictureRegion(x: 40, y: 30, width: 40, height: 20)
    let layout = PictureLayout(pictureWidth: 160, pictureHeight: 120, columns: 160, rows: 60)
    let (covered, open) = (
      composition.pixels(for: layout),
      PictureComposition(image: Fake.image, layer: .photo).pixels(for: layout)
    )
    for y in 0..<120 {
      for x in 0..<160 {
        let isInside = (40..<80).contains(x) && (30..<50).contains(y)
        let isEdge = isInside && (x == 40 || x == 79 || y == 30 || y == 49)
        let expected =
          isEdge
          ? Color(255, 255, 255) : isInside ? Color(128, 128, 128) : open.color(x: x, y: y)
        if covered.color(x: x, y: y) != expected { Issue.record("pixel \(x), \(y)") }
      }
    }
  }

  @Test func theBars() throws {
    var state = openProbe()
    state.settle()
    try expectSnapshots(state, named: "probe")
  }

  @Test func theBarsOfTheInputWhileTheModelIsAsked() throws {
    var state = openProbe()
    state.type(.character("1"))
    state.view = .probe
    state.type(.right, .character(">"))
    try expectSnapshot(state.screen(80, 24), named: "probe-asking-80x24")
  }
}

/// Every size from nothing to large.
@Test func noSizeIsTooOddForTheViews() {
  for view: ViewMode in [.compare, .channels, .probe] {
    var open = Fake.openState()
    open.view = view
    _ = open.schedule()
    let waiting = open
    open.settle()
    for state in [waiting, open] {
      for columns in Array(stride(from: 0, through: 90, by: 3)) + [39, 40, 63, 64, 200, 500] {
        for rows in Array(stride(from: 0, through: 30, by: 2)) + [11, 15, 17, 100] {
          let screen = state.screen(columns, rows)
          #expect(screen.width == columns && screen.height == rows)
        }
      }
    }
  }
}
