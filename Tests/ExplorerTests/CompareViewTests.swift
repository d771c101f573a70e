import CAMEngine
import Terminal
import TerminalTestSupport
import Testing

@testable import camtui

/// The request for LayerCAM of the first class.
private let layerCAM = MapRequest(image: 0, layer: 3, target: .ofClass(0), method: "layer-cam")

@Suite struct CompareViewTests {
  private func compared(_ state: ExplorerState) -> [String] { state.comparedMaps.map(\.name) }

  @Test func onlyFastMethodsAreComputedUnasked() {
    var state = Fake.openState()
    #expect(state.type(.character("d")) == [.start(.explain(layerCAM))])
    #expect(state.view == .compare)
    #expect(
      state.update(.finished(.explain(layerCAM), .explained(Fake.result(of: layerCAM)))) == [])
    #expect(compared(state) == ["Grad-CAM", "LayerCAM"])
  }

  @Test func enterAddsTheSlowMethodAndEscapeTakesItAway() {
    var state = Fake.openState()
    state.type(.character("d"))
    state.settle()
    #expect(state.type(.enter) == [.start(.explain(Fake.incrementCAM(0)))])
    #expect(compared(state) == ["Grad-CAM", "LayerCAM", "Increment-CAM"])
    #expect(state.type(.escape) == [.cancel])
    #expect(compared(state) == ["Grad-CAM", "LayerCAM"])
  }

  @Test func aSlowMethodThatIsThereTakesPart() {
    var state = Fake.openState()
    state.type(.character("4"))
    state.settle()
    state.type(.character("d"))
    #expect(compared(state) == ["Grad-CAM", "LayerCAM", "Increment-CAM"])
    #expect(state.comparedMaps.map(\.isChosen) == [false, false, true])
    #expect(state.comparedMaps.map(\.step) == [.map, .map, .phaseThree])
  }

  @Test func layersAreNotComparedByTheSlowMethodUnasked() {
    var state = Fake.openState()
    state.type(.character("d"), .enter, .character("d"))
    #expect(state.comparedMethod == "grad-cam")
    state.type(.enter)
    #expect(state.comparedMethod == "increment-cam")
  }

  @Test func aStoppedScoringGoesOnWhenItIsAskedFor() {
    var state = Fake.openState()
    state.type(.character("3"), .escape)
    _ = state.update(.finished(.explain(Fake.incrementCAM(0)), .cancelled))
    state.type(.character("d"))
    state.settle()
    #expect(state.type(.enter) == [.start(.explain(Fake.incrementCAM(0)))])
  }

  @Test func layersAreTheLastOnesOfTheirSizeAndTheChosenOne() {
    var state = Fake.openState()
    state.type(.character("d"), .character("d"))
    #expect(state.comparison.axis == .layers)
    #expect(compared(state) == ["stem", "block1/relu", "features.12", "features.13"])
    #expect(state.comparedMaps.map(\.request.layer) == [0, 2, 3, 4])
    #expect(state.comparedMaps.allSatisfy { $0.request.method == "grad-cam" })
    state.type(.tab, .character("g"), .down)
    #expect(compared(state) == ["stem", "block1/conv", "block1/relu", "features.13"])
  }

  @Test func classesAreComputedOneAfterTheOther() {
    var state = Fake.openState()
    state.type(.character("d"))
    state.settle()
    state.type(.character("d"), .character("d"))
    #expect(state.comparison.axis == .classes)
    var computed: [Int] = []
    while let job = state.job {
      if case .explain(let request) = job { computed.append(request.target.classIndex) }
      _ = state.update(.finished(job, Fake.outcome(of: job)))
    }
    // The job for a layer was under way.
    #expect(computed.suffix(4) == [1, 2, 3, 4])
  }

  @Test func aClassFarDownTheListTakesTheLastPlace() {
    var state = Fake.openState(classes: 8)
    state.comparison.axis = .classes
    state.view = .compare
    state.type(.end)
    #expect(state.comparedMaps.map(\.request.target.classIndex) == [0, 1, 2, 3, 4, 7])
    #expect(state.comparedMaps.last?.isChosen == true)
  }

  @Test func aFailedMapLeavesTheOthers() {
    var state = Fake.openState()
    state.type(.character("d"))
    #expect(state.update(.finished(.explain(layerCAM), .failed("no gradient"))) == [])
    #expect(snapshotText(of: state.screen(80, 24)).contains("failed"))
  }

  @Test func methods() throws {
    var state = Fake.openState()
    state.type(.character("4"))
    state.settle()
    state.type(.character("d"))
    state.settle()
    try expectSnapshots(state, named: "compare-methods")
  }

  @Test func layersUnderWay() throws {
    var state = Fake.openState()
    state.type(.character("d"))
    state.settle()
    state.type(.character("d"))
    try expectSnapshots(state, named: "compare-layers")
  }

  @Test func classes() throws {
    var state = Fake.openState(classes: 8)
    (state.view, state.comparison.axis) = (.compare, .classes)
    state.type(.down)
    state.settle(classes: 8)
    try expectSnapshots(state, named: "compare-classes")
  }
}
