import CAMEngine
import Terminal
import Testing

@testable import camtui

@Test func theFirstImageIsOpenedThenClassifiedThenExplained() {
  var state = Fake.state()
  #expect(state.schedule() == [.start(.open(image: 0))])
  #expect(state.schedule() == [])
  #expect(
    state.update(.finished(.open(image: 0), .opened(Fake.image)))
      == [.start(.classify(image: 0))])
  #expect(
    state.update(.finished(.classify(image: 0), .classified(Fake.scores())))
      == [.start(.explain(Fake.gradCAM(0)))])
  #expect(state.isComputing)
  let result = Fake.result(of: Fake.gradCAM(0))
  #expect(state.update(.finished(.explain(Fake.gradCAM(0)), .explained(result))) == [])
  #expect(state.step == .phaseOne)
  #expect(state.map(at: .phaseOne) == result.map)
  #expect(!state.isComputing)
}

@Test func aClassOfTheCommandLineIsChosenFirst() {
  let state = Fake.openState { $0.firstTarget = .ofClass(8) }
  #expect(state.image.listedTargets.map(\.classIndex) == [0, 1, 2, 3, 4, 8])
  #expect(state.selectedClass?.label == "radio, wireless")
  #expect(state.results[Fake.gradCAM(8)] != nil)
}

@Test(arguments: [Key.down, .character("j")])
func movingDownExplainsTheNextClass(key: Key) {
  var state = Fake.openState()
  #expect(state.type(key) == [.start(.explain(Fake.gradCAM(1)))])
  #expect(state.image.selectedRow == 1)
}

@Test func theSelectionStopsAtBothEnds() {
  var state = Fake.openState()
  #expect(state.type(.up) == [])
  #expect(state.image.selectedRow == 0)
  state.type(.character("G"))
  #expect(state.image.selectedRow == 4)
  state.type(.down)
  #expect(state.image.selectedRow == 4)
  state.type(.character("g"))
  #expect(state.image.selectedRow == 0)
}

@Test func aMapIsComputedOnce() {
  var state = Fake.openState()
  state.type(.down)
  state.settle()
  #expect(state.type(.up, .down, .up) == [])
  #expect(state.map(at: .phaseOne) == Fake.result(of: Fake.gradCAM(0)).map)
}

@Test func onlyTheLastOfManyClassesIsComputedNext() {
  var state = Fake.openState()
  #expect(state.type(.down) == [.start(.explain(Fake.gradCAM(1)))])
  #expect(state.type(.down) == [.cancel])
  #expect(state.type(.down) == [])
  #expect(
    state.update(.finished(.explain(Fake.gradCAM(1)), .cancelled))
      == [.start(.explain(Fake.gradCAM(3)))])
}

@Test func aLateResultIsKeptButNotShown() {
  var state = Fake.openState()
  state.type(.down, .down)
  let late = Fake.result(of: Fake.gradCAM(1))
  let effects = state.update(.finished(.explain(Fake.gradCAM(1)), .explained(late)))
  #expect(effects == [.start(.explain(Fake.gradCAM(2)))])
  #expect(state.map(at: .phaseOne) == nil)
  #expect(state.results.result(of: Fake.gradCAM(1)) == late)
  let shown = ExplorerView(state: state, columns: 80, rows: 24).shownMap
  #expect(shown?.request == Fake.gradCAM(0))
}

@Test func comingBackToARunningClassStartsItAgainOnlyIfItWasCancelled() {
  var state = Fake.openState()
  #expect(state.type(.down, .up, .down) == [.start(.explain(Fake.gradCAM(1))), .cancel])
  #expect(
    state.update(.finished(.explain(Fake.gradCAM(1)), .cancelled))
      == [.start(.explain(Fake.gradCAM(1)))])
}

@Test func theLastMapIsShownOnlyForAMoment() {
  var state = Fake.openState()
  state.type(.down)
  func shown() -> MapRequest? {
    ExplorerView(state: state, columns: 80, rows: 24).shownMap?.request
  }
  #expect(shown() == Fake.gradCAM(0))
  _ = state.update(.tick)
  #expect(shown() == Fake.gradCAM(0))
  _ = state.update(.tick)
  #expect(shown() == nil)
}

@Test func ticksWithoutAJobChangeNothing() {
  var state = Fake.openState()
  let before = state
  #expect(state.update(.tick) == [])
  #expect(state == before)
}

@Test func aFailedMapIsReportedAndNotTriedAgain() {
  var state = Fake.openState()
  state.type(.down)
  #expect(state.update(.finished(.explain(Fake.gradCAM(1)), .failed("no gradient"))) == [])
  #expect(state.type(.up, .down) == [])
  let caption = ExplorerView(state: state, columns: 80, rows: 24).caption
  #expect(caption?.text == "Phase 1, Grad-CAM, failed: no gradient")
}

@Test func imagesFollowEachOtherInACircle() {
  var state = Fake.openState(paths: ["a.png", "b.png", "c.png"])
  #expect(state.type(.character("N")) == [.start(.open(image: 2))])
  #expect(state.image.name == "c.png")
  #expect(state.type(.character("n")) == [.cancel])
  #expect(state.image.name == "a.png")
  #expect(state.update(.finished(.open(image: 2), .opened(Fake.image))) == [])
  #expect(state.images[2].opened != nil)
}

@Test func anImageKeepsItsOwnClass() {
  var state = Fake.openState(paths: ["a.png", "b.png"])
  state.type(.down)
  state.settle()
  state.type(.character("n"))
  state.settle()
  #expect(state.image.selectedRow == 0)
  state.type(.character("n"))
  #expect(state.image.selectedRow == 1)
}

@Test func aFailedImageDoesNotStopTheOthers() {
  var state = Fake.state(paths: ["bad.png", "good.png"])
  _ = state.schedule()
  #expect(state.update(.finished(.open(image: 0), .failed("not an image"))) == [])
  #expect(state.type(.down) == [])
  #expect(state.type(.character("n")) == [.start(.open(image: 1))])
}

@Test func contentsFollowEachOtherInACircle() {
  var state = Fake.openState()
  #expect(state.content == .overlay)
  var seen: [PictureContent] = []
  for _ in 0..<3 {
    state.type(.character("o"))
    seen.append(state.content)
  }
  #expect(seen == [.heatmap, .photo, .overlay])
}

@Test func opacityStaysWithinItsEnds() {
  var state = Fake.openState()
  for _ in 0..<9 { state.type(.character("]")) }
  #expect(state.opacity == 100)
  for _ in 0..<12 { state.type(.character("[")) }
  #expect(state.opacity == 0)
}

@Test func colorMapsFollowEachOtherInACircle() {
  var state = Fake.openState()
  state.type(.character("c"))
  #expect(state.colorTable.name == "grey")
  state.type(.character("c"))
  #expect(state.colorTable.name == "ember")
}

@Test(arguments: [Key.character("q"), .control("c")])
func quitting(key: Key) {
  var state = Fake.openState()
  #expect(state.type(key).contains(.quit))
}

@Test func unknownKeysChangeNothing() {
  var state = Fake.openState()
  let before = state
  #expect(state.type(.character("~"), .function(9), .insert) == [])
  #expect(state.update(.pasted("rm -rf q")) == [])
  #expect(state == before)
}

@Test func everyKeyHasOneMeaning() {
  let keys = KeyTable.bindings.flatMap { $0.commands.map(\.key) }
  #expect(Set(keys).count == keys.count)
}
