import Terminal
import TerminalTestSupport
import Testing

@testable import camtui

/// Images that are in the list for their place in an evaluation.
@Suite struct ImageCaseTests {
  private func open() -> ExplorerState {
    Fake.openState(paths: ["a.png", "b.png"]) { options in
      options.method = "layer-cam"
      options.step = .phaseThree
      options.cases = [8, 1].enumerated().map { place, classIndex in
        ImageCase(
          classIndex: classIndex, rank: "worst \(place + 1) of 48",
          figure: "pixel precision 1\(place).3 %", method: "layer-cam")
      }
    }
  }

  @Test func everyImageBeginsWithItsOwnClass() {
    var state = open()
    #expect(state.selectedClass?.index == 8 && state.step == .map)
    state.type(.character("n"))
    state.settle()
    #expect(state.selectedClass?.index == 1)
  }

  @Test func thePlaceIsThatOfTheMeasuredClassAndMethod() {
    var state = open()
    #expect(state.shownCase?.rank == "worst 1 of 48")
    state.type(.up)
    #expect(state.shownCase == nil)
    state.type(.down)
    #expect(state.shownCase != nil)
    state.type(.character("m"), .up, .enter)
    #expect(state.shownCase == nil)
  }

  @Test func theCaptionSaysIt() throws {
    let state = open()
    let wide = snapshotText(of: state.screen(160, 50))
    #expect(wide.contains("worst 1 of 48, pixel precision 10.3 %: LayerCAM for radio"))
    let narrow = snapshotText(of: state.screen(80, 24))
    #expect(narrow.contains("worst 1 of 48, pixel precision 10.3 % for radio"))
    #expect(snapshotText(of: state.screen(40, 12)).contains("worst 1 of 48"))
    try expectSnapshots(state, named: "case")
  }
}
