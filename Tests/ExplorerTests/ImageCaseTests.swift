import CAMEngine
import Terminal
import TerminalTestSupport
import Testing

@testable import camtui

/// Images that are in the list for their place in an evaluation.
@Suite struct ImageCaseTests {
  private func open() -> ExplorerState {
    Fake.openState(paths: ["a.png", "b.png"]) { options in
      options.method = "layer-cam"
      options.step = .map
      options.cases = [8, 1].enumerated().map { place, classIndex in
        ImageCase(
          request: MapRequest(
            image: place, layer: 3, target: .ofClass(classIndex), method: "layer-cam"),
          step: .map, rank: "worst \(place + 1) of 48", figure: "pixel precision 1\(place).3 %")
      }
    }
  }

  /// An image of an evaluation of one of the phases.
  private func open(_ step: Step) -> ExplorerState {
    Fake.openState { options in
      options.step = step
      options.cases = [
        ImageCase(
          request: Fake.incrementCAM(0), step: step,
          merging: ParameterValues(Fake.model.parameters, of: .three), rank: "best 1 of 9",
          figure: "ADCC 0.712")
      ]
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
    #expect(state.shownCase(at: state.step)?.rank == "worst 1 of 48")
    state.type(.up)
    #expect(state.shownCase(at: state.step) == nil)
    state.type(.down)
    #expect(state.shownCase(at: state.step) != nil)
    state.type(.character("m"), .up, .enter)
    #expect(state.shownCase(at: state.step) == nil)
  }

  @Test func thePlaceIsThatOfTheMeasuredLayer() {
    var state = open()
    state.layer = 4
    #expect(state.shownCase(at: .map) == nil && state.shownCase(at: .input) == nil)
    state.layer = 3
    #expect(state.shownCase(at: .map) != nil && state.shownCase(at: .input) != nil)
  }

  @Test(arguments: [Step.phaseOne, .phaseTwo, .phaseThree])
  func thePlaceIsThatOfTheMeasuredStepAndTheInput(step: Step) {
    var state = open(step)
    for (place, shown) in state.steps.enumerated() {
      state.type(.character(Character("\(place + 1)")))
      let isMeasured = shown == step || shown == .input
      #expect((state.shownCase(at: state.step) != nil) == isMeasured, "\(shown)")
    }
    state.type(.character("v"))
    state.settle()
    #expect(state.view == .phases)
    let text = snapshotText(of: state.screen(160, 50))
    #expect(text.contains("best 1 of 9") == (step == .phaseThree))
  }

  @Test(arguments: [Step.phaseOne, .phaseTwo, .phaseThree])
  func thePlaceIsThatOfTheParametersThatChangeTheMap(step: Step) {
    var merged = open(step)
    merged.mergingParameters["merge"] = "product"
    var scored = open(step)
    scored.scoringParameters["score"] = "probability"
    for shown in [step, .input] {
      #expect((merged.shownCase(at: shown) != nil) == (step != .phaseThree))
      #expect((scored.shownCase(at: shown) != nil) == (step == .phaseOne))
    }
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
