import Terminal
import TerminalTestSupport
import Testing

@testable import camtui

@Suite struct ChannelsViewTests {
  private func openChannels(
    _ change: (inout ExplorerOptions) -> Void = { _ in }
  ) -> ExplorerState {
    var state = Fake.openState(change)
    state.view = .channels
    _ = state.schedule()
    return state
  }

  @Test func theChannelsOfPhaseOneAreRanked() {
    var state = openChannels()
    #expect(state.job == .rankChannels(Fake.gradCAM(0)))
    state.settle()
    #expect(state.rankedChannels == Fake.channels)
    #expect(state.missingJob == nil)
  }

  @Test func theArrowsMoveInTheChannels() {
    var state = openChannels()
    state.settle()
    state.type(.down, .down, .up, .down)
    #expect(state.channelRow == 2 && state.image.selectedRow == 0)
    state.type(.end, .down)
    #expect(state.channelRow == 11)
    state.type(.character("g"))
    #expect(state.channelRow == 0)
  }

  @Test func afterTabTheArrowsMoveInTheClasses() {
    var state = openChannels()
    state.settle()
    state.type(.down, .down, .tab)
    #expect(!state.viewHasArrows && state.focus == .classes)
    state.type(.down)
    #expect(state.image.selectedRow == 1 && state.channelRow == 0)
    state.settle()
    state.type(.tab)
    #expect(state.focus == .layers && !state.viewHasArrows)
    state.type(.tab)
    #expect(state.viewHasArrows)
    state.type(.down)
    #expect(state.channelRow == 1 && state.image.selectedRow == 1)
  }

  @Test func enterShowsTheMaskAndEscapeTheList() {
    var state = openChannels()
    state.settle()
    state.type(.enter, .down)
    #expect(state.channelChoice.isMaskShown && state.channelRow == 1)
    state.type(.escape)
    #expect(!state.channelChoice.isMaskShown)
    state.type(.enter, .enter)
    #expect(!state.channelChoice.isMaskShown)
  }

  @Test func scoresAreThoseOfPhaseTwo() {
    var state = openChannels()
    state.settle()
    #expect(state.score(ofChannel: 5) == nil)
    state.type(.character("3"))
    let partial = Fake.result(of: Fake.incrementCAM(0), scored: 2)
    _ = state.update(.progressed(.explain(Fake.incrementCAM(0)), partial))
    #expect(state.score(ofChannel: 5) == 4.5)
    #expect(state.score(ofChannel: 12) == 4.25)
    #expect(state.score(ofChannel: 19) == nil)
  }

  @Test func phaseTwoGoesOnInTheChannels() {
    var state = openChannels()
    state.settle()
    state.type(.character("3"))
    state.view = .channels
    #expect(state.schedule() == [])
    #expect(state.isScoring)
  }

  @Test func aFailedRankingIsReportedAndNotTriedAgain() {
    var state = openChannels()
    let job = Job.rankChannels(Fake.gradCAM(0))
    #expect(state.update(.finished(job, .failed("no memory"))) == [])
    #expect(state.type(.down, .enter, .up) == [])
    #expect(snapshotText(of: state.screen(160, 50)).contains("cannot be ranked: no memory"))
  }

  @Test func aLayerWithoutChannelsForTheClassSaysSo() {
    var state = openChannels()
    _ = state.update(.finished(.rankChannels(Fake.gradCAM(0)), .ranked([])))
    state.type(.down, .end, .enter)
    #expect(snapshotText(of: state.screen(160, 50)).contains("no channel of this layer"))
  }

  @Test func theList() throws {
    var state = openChannels()
    state.settle()
    state.type(.character("4"))
    state.settle()
    state.view = .channels
    state.type(.down)
    try expectSnapshots(state, named: "channels")
  }

  @Test func theMask() throws {
    var state = openChannels()
    state.settle()
    state.type(.down, .enter)
    try expectSnapshots(state, named: "channels-mask")
  }

  @Test func ranking() throws {
    try expectSnapshot(openChannels().screen(80, 24), named: "channels-ranking-80x24")
  }
}
