import Terminal
import Testing

@testable import camtui

@Test func theFirstImageIsOpenedAndThenExplained() {
  var state = Fake.state()
  #expect(state.schedule() == [.start(.open(image: 0))])
  #expect(state.schedule() == [])
  #expect(
    state.update(.finished(.open(image: 0), .opened(Fake.image())))
      == [.start(.map(image: 0, classIndex: 200))])
  #expect(state.isComputing)
  let map = Fake.map(ofClass: 200)
  #expect(state.update(.finished(.map(image: 0, classIndex: 200), .mapped(map))) == [])
  #expect(state.image.selectedMap == map)
  #expect(!state.isComputing)
}

@Test(arguments: [Key.down, .character("j")])
func movingDownExplainsTheNextClass(key: Key) {
  var state = Fake.openState()
  #expect(state.type(key) == [.start(.map(image: 0, classIndex: 201))])
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
  _ = state.update(
    .finished(.map(image: 0, classIndex: 201), .mapped(Fake.map(ofClass: 201))))
  #expect(state.type(.up, .down, .up) == [])
  #expect(state.image.selectedMap == Fake.map(ofClass: 200))
}

@Test func onlyTheLastOfManyClassesIsComputedNext() {
  var state = Fake.openState()
  #expect(state.type(.down) == [.start(.map(image: 0, classIndex: 201))])
  #expect(state.type(.down) == [.cancel])
  #expect(state.type(.down) == [])
  #expect(
    state.update(.finished(.map(image: 0, classIndex: 201), .cancelled))
      == [.start(.map(image: 0, classIndex: 203))])
}

@Test func aLateResultIsKeptButNotShown() {
  var state = Fake.openState()
  state.type(.down, .down)
  let late = Fake.map(ofClass: 201)
  let effects = state.update(.finished(.map(image: 0, classIndex: 201), .mapped(late)))
  #expect(effects == [.start(.map(image: 0, classIndex: 202))])
  #expect(state.image.selectedMap == nil)
  #expect(state.image.map(ofClass: 201) == late)
  #expect(ExplorerView(state: state, columns: 80, rows: 24).shownMap?.classIndex == 200)
}

@Test func comingBackToARunningClassStartsItAgainOnlyIfItWasCancelled() {
  var state = Fake.openState()
  #expect(state.type(.down, .up, .down) == [.start(.map(image: 0, classIndex: 201)), .cancel])
  #expect(
    state.update(.finished(.map(image: 0, classIndex: 201), .cancelled))
      == [.start(.map(image: 0, classIndex: 201))])
}

@Test func theLastMapIsShownOnlyForAMoment() {
  var state = Fake.openState()
  state.type(.down)
  func shown() -> Int? { ExplorerView(state: state, columns: 80, rows: 24).shownMap?.classIndex }
  #expect(shown() == 200)
  _ = state.update(.tick)
  #expect(shown() == 200)
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
  #expect(
    state.update(.finished(.map(image: 0, classIndex: 201), .failed("no gradient"))) == [])
  #expect(state.type(.up, .down) == [])
  let caption = ExplorerView(state: state, columns: 80, rows: 24).caption
  #expect(caption?.text == "Grad-CAM failed: no gradient")
}

@Test func imagesFollowEachOtherInACircle() {
  var state = Fake.openState(paths: ["a.png", "b.png", "c.png"])
  #expect(state.type(.character("N")) == [.start(.open(image: 2))])
  #expect(state.image.name == "c.png")
  #expect(state.type(.character("n")) == [.cancel])
  #expect(state.image.name == "a.png")
  #expect(state.update(.finished(.open(image: 2), .opened(Fake.image()))) == [])
  #expect(state.images[2].opened != nil)
}

@Test func anImageKeepsItsOwnClass() {
  var state = Fake.openState(paths: ["a.png", "b.png"])
  state.type(.down)
  _ = state.update(.finished(.map(image: 0, classIndex: 201), .cancelled))
  state.type(.character("n"))
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

@Test func contentsAreChosenByNumberArrowAndToggle() {
  var state = Fake.openState()
  #expect(state.content == .overlay)
  var seen: [PictureContent] = []
  for key: Key in [
    .character("1"), .left, .right, .right, .right, .character("o"), .character("o"),
    .character("3"), .character("2"),
  ] {
    state.type(key)
    seen.append(state.content)
  }
  #expect(
    seen == [
      .photo, .photo, .overlay, .heatmap, .heatmap, .photo, .overlay, .heatmap, .overlay,
    ])
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

@Test func helpOpensAndCloses() {
  var state = Fake.openState()
  state.type(.character("?"))
  #expect(state.isHelpShown)
  state.type(.escape)
  #expect(!state.isHelpShown)
  state.type(.function(1), .character("?"))
  #expect(!state.isHelpShown)
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
  #expect(state == before)
}

@Test func everyKeyHasOneMeaning() {
  let keys = KeyTable.bindings.flatMap { $0.commands.map(\.key) }
  #expect(Set(keys).count == keys.count)
}

@Test func theMouseSelectsClasses() {
  var state = Fake.openState()
  let view = ExplorerView(state: state, columns: 80, rows: 24)
  let area = view.layout.classes
  #expect(
    view.command(for: MouseEvent(.press(1), x: area.x + 3, y: area.y + 2)) == .selectClass(1))
  #expect(view.command(for: MouseEvent(.press(1), x: area.x - 3, y: area.y + 2)) == nil)
  #expect(view.command(for: MouseEvent(.press(1), x: area.x, y: area.y + 12)) == nil)
  #expect(view.command(for: MouseEvent(.wheelDown, x: 0, y: 0)) == .nextClass)
  #expect(
    state.update(.command(.selectClass(3))) == [.start(.map(image: 0, classIndex: 203))])
}
