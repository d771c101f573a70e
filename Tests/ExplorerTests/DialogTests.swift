import CAMEngine
import Terminal
import TerminalTestSupport
import Testing

@testable import camtui

@Test func helpOpensScrollsAndCloses() {
  var state = Fake.openState()
  state.type(.character("?"), .down)
  #expect(state.dialog == .help(firstLine: 1))
  state.type(.escape)
  #expect(state.dialog == nil)
  state.type(.function(1), .character("?"))
  #expect(state.dialog == nil)
}

/// The smallest terminal has room for so much behind the keys.
@Test func theSmallestHelpIsWhole() {
  for binding in KeyTable.bindings {
    #expect(DisplayWidth.columns(of: binding.meaning) <= 24, "\(binding.meaning)")
  }
}

@Test func aKeyForTheExplorerClosesTheHelp() {
  var state = Fake.openState()
  state.type(.character("?"), .character("1"))
  #expect(state.dialog == nil)
  #expect(state.step == .input)
}

@Test func searchingFindsAnyClassAndListsIt() {
  var state = Fake.openState()
  #expect(state.type(.character("/")) == [.search("")])
  _ = state.update(.found(text: "", classes: Array(0..<9)))
  #expect(state.type(text: "rq") == [.search("r"), .search("rq")])
  #expect(state.type(.backspace) == [.search("r")])
  _ = state.update(.found(text: "rq", classes: [1]))
  guard case .search(let late)? = state.dialog else {
    Issue.record("the search must be open")
    return
  }
  #expect(late.matches.count == 9, "an answer to what is not asked any more is left out")
  _ = state.update(.found(text: "r", classes: [7, 8, 0]))
  #expect(state.type(.down, .enter) == [.start(.explain(Fake.gradCAM(8)))])
  #expect(state.dialog == nil)
  #expect(state.image.listedTargets.map(\.classIndex) == [0, 1, 2, 3, 4, 8])
  #expect(state.selectedClass?.index == 8)
}

@Test func aListedClassIsNotListedTwice() {
  var state = Fake.openState()
  state.type(.character("/"))
  _ = state.update(.found(text: "", classes: [3]))
  state.type(.enter)
  #expect(state.image.listedTargets.map(\.classIndex) == [0, 1, 2, 3, 4])
  #expect(state.image.selectedRow == 3)
}

@Test func leavingTheSearchChangesNothing() {
  var state = Fake.openState()
  let before = state
  state.type(.character("/"))
  state.type(text: "q?")
  state.type(.escape)
  #expect(state == before)
}

@Test func anEmptyAnswerCannotBeChosen() {
  var state = Fake.openState()
  state.type(.character("/"), .character("z"))
  _ = state.update(.found(text: "z", classes: []))
  #expect(state.type(.enter, .down, .enter) == [])
  #expect(state.image.selectedRow == 0)
}

@Test func aModelWithoutLabelsAsksForNumbers() throws {
  var facts = Fake.model
  facts.hasLabels = false
  var state = Fake.openState()
  state = ExplorerState(
    paths: ["dog.jpg"], model: facts, options: ExplorerOptions(colorTables: Fake.tables),
    terminal: state.terminal)
  _ = state.schedule()
  state.settle()
  func note(_ text: String, _ classes: [Int]) -> String {
    state.type(.character("/"))
    state.type(text: text)
    _ = state.update(.found(text: text, classes: classes))
    let screen = snapshotText(of: state.screen(80, 24))
    state.type(.escape)
    return screen
  }
  #expect(note("", Array(0..<9)).contains("no labels: type a number"))
  #expect(note("frog", []).contains("no labels: type a number"))
  #expect(note("8", [8]).contains("1 class"))
}

@Test func pastedTextIsSearchedFor() {
  var state = Fake.openState()
  state.type(.character("/"))
  #expect(state.update(.pasted("cat\u{1B}[A\n")) == [.search("cat[A")])
}

@Test func aParameterOfPhaseThreeIsInstant() {
  var state = Fake.openState()
  state.type(.character("4"))
  state.settle()
  let before = state.map(at: .phaseThree)
  #expect(state.type(.character("p"), .down, .down, .right) == [])
  #expect(state.mergingParameters["merge"] == "product")
  #expect(state.map(at: .phaseThree) != before)
  #expect(state.map(at: .phaseThree) != nil)
}

@Test func aParameterOfPhaseTwoScoresAgainAndBothAreKept() {
  var state = Fake.openState()
  state.type(.character("3"))
  state.settle()
  var request = Fake.incrementCAM(0)
  request.parameters["score"] = "probability"
  #expect(state.type(.character("p"), .right) == [.start(.explain(request))])
  state.settle()
  #expect(state.type(.left, .right, .left) == [])
  #expect(state.scoringParameters["score"] == "increase")
  state.type(.left)
  #expect(state.scoringParameters["score"] == "channel-softmax", "the values form a circle")
}

@Test func theCacheForgetsWhatWasNotUsedForTheLongestTime() {
  var cache = ResultCache(capacity: 2)
  func request(_ number: Int) -> MapRequest { Fake.gradCAM(number) }
  cache.store(.failed("first"), for: request(0))
  cache.store(.failed("second"), for: request(1))
  cache.use(request(0))
  cache.store(.failed("third"), for: request(2))
  #expect(cache.count == 2)
  #expect(cache[request(0)] == .failed("first"))
  #expect(cache[request(1)] == nil)
  #expect(cache[request(2)] == .failed("third"))
}
