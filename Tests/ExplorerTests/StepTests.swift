import Terminal
import Testing

@testable import camtui

@Test func stepsAreChosenByNumberAndArrow() {
  var state = Fake.openState()
  var seen: [Step] = []
  for key: Key in [
    .character("1"), .left, .right, .right, .character("4"), .right, .character("h"),
    .character("2"), .character("l"),
  ] {
    state.type(key)
    seen.append(state.step)
  }
  #expect(
    seen == [
      .input, .input, .phaseOne, .phaseTwo, .phaseThree, .phaseThree, .phaseTwo, .phaseOne,
      .phaseTwo,
    ])
}

@Test func phaseTwoStartsWhenItIsLookedAt() {
  var state = Fake.openState()
  #expect(state.type(.character("1"), .character("2")) == [])
  #expect(state.type(.character("3")) == [.start(.explain(Fake.incrementCAM(0)))])
  #expect(state.isScoring)
}

@Test func theViewOfAllStepsNeedsPhaseTwo() {
  var state = Fake.openState()
  #expect(state.type(.character("v")) == [.start(.explain(Fake.incrementCAM(0)))])
  #expect(state.view == .phases)
}

@Test func partialMapsGrow() {
  var state = Fake.openState()
  state.type(.character("3"))
  let job = Job.explain(Fake.incrementCAM(0))
  for scored in [0, 4, 8] {
    let partial = Fake.result(of: Fake.incrementCAM(0), scored: scored)
    _ = state.update(.progressed(job, partial))
    #expect(state.map(at: .phaseTwo) == (scored == 0 ? nil : partial.scoring?.map))
    #expect(state.scoring?.scoredCount == scored)
  }
  state.settle()
  #expect(state.scoring?.isComplete == true)
  #expect(!state.isScoring && !state.isPartial)
}

@Test func scoringGoesOnWhileAnotherStepIsLookedAt() {
  var state = Fake.openState()
  state.type(.character("3"))
  #expect(state.type(.character("2"), .character("1")) == [])
  #expect(state.isScoring)
}

@Test func anotherClassStopsTheScoringAndItsPartialMapIsKept() {
  var state = Fake.openState()
  state.type(.character("3"))
  let partial = Fake.result(of: Fake.incrementCAM(0), scored: 4)
  _ = state.update(.progressed(.explain(Fake.incrementCAM(0)), partial))
  #expect(state.type(.down) == [.cancel])
  #expect(
    state.update(.finished(.explain(Fake.incrementCAM(0)), .cancelled))
      == [.start(.explain(Fake.gradCAM(1)))])
  state.settle()
  #expect(state.type(.up) == [.start(.explain(Fake.incrementCAM(0)))])
  #expect(state.map(at: .phaseTwo) == partial.scoring?.map)
  let again = Fake.result(of: Fake.incrementCAM(0), scored: 2)
  _ = state.update(.progressed(.explain(Fake.incrementCAM(0)), again))
  #expect(state.scoring?.scoredCount == 4, "less than what is known already")
}

@Test func escapeStopsAndEnterGoesOn() {
  var state = Fake.openState()
  state.type(.character("3"))
  let job = Job.explain(Fake.incrementCAM(0))
  _ = state.update(.progressed(job, Fake.result(of: Fake.incrementCAM(0), scored: 4)))
  #expect(state.type(.escape) == [.cancel])
  #expect(state.update(.finished(job, .cancelled)) == [])
  #expect(state.isPartial)
  let caption = ExplorerView(state: state, columns: 80, rows: 24).caption
  #expect(caption?.text == "Phase 2, partial: 4 of 10 channels; Enter goes on")
  #expect(state.type(.character("4"), .character("3"), .down, .up) != [.start(job)])
  state.settle()
  #expect(state.type(.enter) == [.start(job)])
}

@Test func escapeBeforeTheFirstChannelStopsToo() {
  var state = Fake.openState()
  let job = Job.explain(Fake.incrementCAM(0))
  state.type(.character("3"), .escape)
  #expect(state.update(.finished(job, .cancelled)) == [])
  #expect(!state.isComputing)
  #expect(state.type(.enter) == [.start(job)])
}

@Test func phaseOneIsGradCAM() {
  var state = Fake.openState()
  state.type(.character("m"), .down)
  #expect(state.type(.enter) == [], "Grad-CAM is there already")
  #expect(state.method == "grad-cam")
  #expect(state.steps == [.input, .map])
  #expect(state.step == .map)
  #expect(state.map(at: .map) == Fake.result(of: Fake.gradCAM(0)).map)
}

@Test func theStepIsRememberedAcrossMethods() {
  var state = Fake.openState()
  state.type(.character("4"))
  state.settle()
  state.type(.character("m"), .down, .enter)
  #expect(state.step == .map)
  state.type(.character("m"), .up, .enter)
  #expect(state.step == .phaseThree)
  state.type(.character("m"), .down, .enter, .character("1"), .character("2"))
  #expect(state.step == .map)
}

@Test func layersAreSwitchedAfterTab() {
  var state = Fake.openState()
  #expect(state.layer == 3)
  var request = Fake.gradCAM(0)
  request.layer = 4
  #expect(state.type(.tab, .down) == [.start(.explain(request))])
  #expect(state.image.selectedRow == 0)
  state.settle()
  state.type(.down, .character("g"))
  #expect(state.layer == 0)
  state.type(.backTab, .down)
  #expect(state.image.selectedRow == 1 && state.layer == 0)
}

@Test func theSignedMapHasZeroAtOneHalf() {
  var state = Fake.openState()
  state.type(.character("a"))
  let values = state.map(at: .phaseOne)?.values ?? []
  let signed = Fake.result(of: Fake.gradCAM(0)).signed.values
  #expect(values.count == signed.count)
  // The greatest magnitude of the fake map is 2.
  for (value, original) in zip(values, signed) { #expect(abs(value - (0.5 + original / 4)) < 1e-6) }
  state.type(.character("3"))
  #expect(!state.isSignedMap(at: .phaseTwo))
}
