import Terminal
import TerminalTestSupport
import Testing

@testable import camtui

@Suite struct SaveTests {
  private func order(_ effects: [ExplorerEffect]) -> SaveOrder? {
    for case .save(let order) in effects { return order }
    return nil
  }

  @Test func theScreenAndTheMapAreOrdered() throws {
    var state = Fake.openState { $0.method = "grad-cam" }
    state.type(.character("a"), .character("c"), .character("]"))
    let screen = state.screen(80, 24)
    let saved = try #require(order(state.type(.character("s"))))
    #expect(saved.image == 0 && saved.screen == screen)
    let map = try #require(saved.map)
    #expect(map.request == Fake.gradCAM(0) && map.result == Fake.result(of: Fake.gradCAM(0)))
    #expect(map.colorMap == "grey" && map.opacity == 0.6 && map.hasSigned)
    #expect(saved.note.isEmpty)
  }

  @Test func oneLineSaysWhere() {
    var state = Fake.openState { $0.method = "grad-cam" }
    state.type(.character("s"))
    #expect(state.savingNote == "saving")
    #expect(snapshotText(of: state.screen(80, 24)).contains("| saving  "))
    state.type(.down, .up)
    #expect(state.savingNote == "saving", "other keys do not end it")
    #expect(state.update(.saved(.saved(folder: "~/talk/dog-camtui"))) == [])
    #expect(snapshotText(of: state.screen(40, 12)).contains("| Saved in ~/talk/dog-camtui  "))
    state.type(.character("o"))
    #expect(state.savingNote == nil)
  }

  @Test func oneLineSaysWhyNot() {
    var state = Fake.openState()
    state.type(.character("s"))
    _ = state.update(.saved(.failed("read-only file system, at /cdrom/dog-camtui")))
    #expect(
      snapshotText(of: state.screen(80, 24))
        .contains("| Not saved: read-only file system, at /cdrom/dog-camtui  "))
  }

  @Test func oneSaveAtATime() {
    var state = Fake.openState()
    #expect(order(state.type(.character("s"))) != nil)
    #expect(state.type(.character("s")) == [])
    _ = state.update(.saved(.saved(folder: "a")))
    #expect(order(state.type(.character("s"))) != nil)
  }

  @Test func whatIsMissingIsSaid() throws {
    var state = Fake.openState()
    let first = try #require(order(state.type(.character("s"))))
    #expect(first.map?.request == Fake.incrementCAM(0) && first.map?.hasScoring == false)
    #expect(first.note == "Phase 1 alone: Phase 2 has not run")
    _ = state.update(.saved(.saved(folder: "a")))
    #expect(state.savingNote == "Saved in a (Phase 1 alone: Phase 2 has not run)")
    state.type(.character("3"))
    let job = Job.explain(Fake.incrementCAM(0))
    _ = state.update(.progressed(job, Fake.result(of: Fake.incrementCAM(0), scored: 4)))
    let partial = try #require(order(state.type(.character("s"))))
    #expect(partial.note == "Phase 2 partial: 4 of 10 channels")
    #expect(partial.map?.hasScoring == true && partial.map?.scoredCount == 4)
    _ = state.update(.saved(.saved(folder: "b")))
    state.settle()
    let complete = try #require(order(state.type(.character("s"))))
    #expect(complete.note.isEmpty && complete.map?.merging == state.mergingParameters)
  }

  @Test func withoutAMapTheScreenIsSaved() throws {
    var state = Fake.openState()
    state.type(.down)
    let saved = try #require(order(state.type(.character("s"))))
    #expect(saved.map == nil && saved.note == "the screen alone: no map is computed yet")
  }

  @Test func withoutAnImageNothingIsSaved() {
    var state = Fake.state()
    _ = state.schedule()
    #expect(state.type(.character("s")) == [])
    #expect(state.savingNote == "Nothing is saved: there is no image on the screen yet")
  }

  @Test(arguments: [ViewMode.phases, .compare, .channels, .probe])
  func otherViewsSaveWhatIsChosen(view: ViewMode) throws {
    var state = Fake.openState { $0.method = "grad-cam" }
    state.view = view
    _ = state.schedule()
    state.settle()
    let screen = state.screen(80, 24)
    let saved = try #require(order(state.type(.character("s"))))
    #expect(saved.screen == screen && saved.map?.request == Fake.gradCAM(0))
  }

  @Test func quittingWaitsForTheFilesOnce() {
    var state = Fake.openState()
    state.type(.character("s"))
    #expect(state.type(.character("q")) == [])
    #expect(state.savingNote == "saving, then quitting (q quits at once)")
    var hurried = state
    #expect(state.update(.saved(.saved(folder: "a"))) == [.quit])
    #expect(hurried.type(.character("q")) == [.quit])
  }

  @Test func inTheSearchItIsALetter() {
    var state = Fake.openState()
    state.type(.character("/"))
    #expect(state.type(.character("s")) == [.search("s")])
  }
}
