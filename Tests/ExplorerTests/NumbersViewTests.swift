import Terminal
import TerminalTestSupport
import Testing

@testable import camtui

@Suite struct NumbersViewTests {
  private func openNumbers(
    _ change: (inout ExplorerOptions) -> Void = { _ in }
  ) -> ExplorerState {
    var state = Fake.openState(change)
    state.type(.character("e"))
    return state
  }

  /// What is measured, in its order, until nothing is missing.
  private func measured(_ state: inout ExplorerState) -> [String] {
    var found: [String] = []
    while let job = state.job {
      switch job {
      case .measure(let measurement):
        found.append("\(measurement.map.step) \(measurement.part)")
      default: found.append("map")
      }
      _ = state.update(.finished(job, Fake.outcome(of: job)))
    }
    return found
  }

  @Test func theShownMapComesFirstAndFewPassesBeforeMany() {
    var state = openNumbers()
    #expect(
      measured(&state) == [
        "map masked", "map again", "map insertion", "map deletion", "map", "phaseTwo masked",
        "phaseThree masked", "phaseTwo insertion", "phaseTwo deletion", "phaseTwo again",
        "phaseThree insertion", "phaseThree deletion", "phaseThree again",
      ])
    #expect(state.missingJob == nil)
  }

  @Test func whatWasMeasuredOnceIsInstant() {
    var state = openNumbers()
    state.settle()
    #expect(state.type(.character("3"), .character("4"), .left, .left, .left) == [])
    #expect(state.view == .numbers && state.step == .phaseOne)
    #expect(state.type(.character("e"), .character("e")) == [])
    state.type(.down)
    #expect(state.image.selectedRow == 0 && state.selectedNumber == .increaseInConfidence)
    state.type(.tab, .down)
    guard case .explain(Fake.gradCAM(1))? = state.job else {
      Issue.record("another class needs another map")
      return
    }
  }

  @Test func aParameterOfPhaseThreeIsMeasuredAnew() {
    var state = openNumbers()
    state.settle()
    state.type(.character("4"), .character("p"), .down, .down, .right)
    guard case .measure(let measurement)? = state.job else {
      Issue.record("the merged map differs")
      return
    }
    #expect(measurement.map.merging["merge"] == "product")
    #expect(measurement.values == state.map(at: .phaseThree))
  }

  @Test func theSignedMapIsNotMeasured() {
    var state = Fake.openState()
    state.type(.character("a"), .character("e"))
    guard case .measure(let measurement)? = state.job else {
      Issue.record("Phase 1 must be measured")
      return
    }
    #expect(measurement.values == Fake.result(of: Fake.gradCAM(0)).map)
  }

  @Test func escapeStopsAndEnterGoesOn() throws {
    var state = openNumbers()
    let job = try #require(state.job)
    #expect(state.type(.escape) == [.cancel])
    #expect(state.update(.finished(job, .cancelled)) == [.start(.explain(Fake.incrementCAM(0)))])
    state.settle()
    #expect(state.measurements.isEmpty)
    #expect(state.type(.enter) == [.start(job)])
    state.settle()
    #expect(state.measurements.count == 3)
  }

  @Test func leavingTheViewStopsIt() throws {
    var state = openNumbers()
    #expect(state.type(.character("e")) == [.cancel])
    #expect(state.update(.finished(try #require(state.job), .cancelled)) == [])
    #expect(state.view == .single)
  }

  @Test func aPartialPhaseIsNotMeasured() {
    var state = Fake.stoppedState()
    state.type(.character("e"))
    state.settle()
    #expect(state.measurements.map(\.key.step) == [.map])
    #expect(snapshotText(of: state.screen(80, 24)).contains("partial: Enter goes on"))
  }

  @Test func aFailureIsReportedAndNotTriedAgain() throws {
    var state = openNumbers()
    let job = try #require(state.job)
    _ = state.update(.finished(job, .failed("no memory")))
    #expect(state.job != job && state.missingJob != job)
    #expect(snapshotText(of: state.screen(160, 50)).contains("cannot be measured: no memory"))
  }

  @Test func boxesAddTheirNumbers() {
    var state = openNumbers()
    #expect(!state.shownNumbers.contains(.pointingGame))
    var numbers = MapNumbers()
    numbers.values = [.pointingGame: 1, .energyPointingGame: 0.5]
    if let job = state.job { _ = state.update(.finished(job, .measured(numbers))) }
    #expect(state.shownNumbers.suffix(2) == [.pointingGame, .energyPointingGame])
  }

  @Test func whereNoBoxesAreKnownALineSaysSo() {
    let line = "no boxes of this class are known for this photo"
    var state = openNumbers()
    #expect(!snapshotText(of: state.screen(80, 24)).contains(line), "it is not known yet")
    let first = state
    state.settle()
    for (columns, rows) in [(120, 36), (160, 50), (200, 60)] {
      #expect(snapshotText(of: state.screen(columns, rows)).contains(line))
    }
    #expect(!snapshotText(of: state.screen(80, 24)).contains(line), "the picture is small")
    var known = first
    var numbers = MapNumbers()
    numbers.values = [.sparseness: 0.5, .pointingGame: 1]
    if let job = known.job { _ = known.update(.finished(job, .measured(numbers))) }
    #expect(!snapshotText(of: known.screen(200, 60)).contains(line))
    var failed = first
    if let job = failed.job { _ = failed.update(.finished(job, .failed("no memory"))) }
    #expect(!snapshotText(of: failed.screen(200, 60)).contains(line))
  }

  @Test func theMarkOfTheBestIsExplained() {
    var state = openNumbers()
    state.settle()
    #expect(snapshotText(of: state.screen(80, 24)).contains("↑ or ↓ is better, * best "))
    #expect(snapshotText(of: state.screen(200, 60)).contains("* the best of the phases"))
    #expect(!snapshotText(of: state.screen(40, 12)).contains("*"))
  }

  @Test func theNoteNamesHowTheCurvesAreMeasured() {
    var facts = Fake.model
    facts.curves = CurveFacts(
      insertionStart: "the mean colour", deletionEnd: "the blurred image", step: 7)
    var state = ExplorerState(
      paths: ["dog.jpg"], model: facts, options: ExplorerOptions(colorTables: Fake.tables),
      terminal: Fake.state().terminal)
    _ = state.schedule()
    state.settle()
    state.type(.character("e"))
    let text = snapshotText(of: state.screen(200, 60))
    #expect(text.contains("Insertion starts from the mean colour"))
    #expect(text.contains("ends at the blurred image; 7 pixels change at a step"))
  }

  @Test func insertionMinusDeletionFollowsFromBoth() {
    var state = openNumbers()
    state.settle()
    let numbers = state.measured(at: .phaseTwo)?.numbers
    #expect(numbers?.values[.insertionMinusDeletion] == 0.58 - 0.24)
    #expect(numbers?.passes[.insertionMinusDeletion] == 97 + 97)
  }

  @Test func progressIsShown() throws {
    var state = openNumbers()
    for _ in 0..<2 {
      let job = try #require(state.job)
      _ = state.update(.finished(job, Fake.outcome(of: job)))
    }
    let job = try #require(state.job)
    _ = state.update(.counted(job, PassCount(done: 33, total: 97)))
    #expect(snapshotText(of: state.screen(160, 50)).contains("33 of 97 passes; Esc stops"))
    try expectSnapshots(state, named: "numbers-running")
  }

  @Test func thePhasesSideBySide() throws {
    var state = openNumbers()
    state.settle()
    state.type(.character("4"), .down, .down)
    try expectSnapshots(state, named: "numbers")
  }

  @Test func anotherMethod() throws {
    var state = openNumbers { $0.method = "layer-cam" }
    state.settle()
    try expectSnapshots(state, named: "numbers-method")
  }

  @Test func asciiAlone() throws {
    var state = Fake.openState(encoding: .ascii)
    state.type(.character("e"))
    state.settle()
    try expectSnapshot(state.screen(80, 24), named: "numbers-ascii-80x24")
  }
}
