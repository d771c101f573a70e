import Testing

@testable import CAMEngine

/// An Increment-CAM that was cancelled goes on where it was.
@Suite struct ContinuingTests {
  private let model: Model
  private let layer: Layer

  init() throws {
    model = try TinyNetwork.model(threads: 1)
    layer = try model.layer(named: "features")
  }

  private func run(_ score: IncrementCAMSettings.Score) -> AsyncThrowingStream<
    IncrementCAMProgress, any Error
  > {
    var settings = MethodSettings()
    settings.batchSize = 3
    settings.incrementCAM.channels = .all
    settings.incrementCAM.score = score
    return model.incrementCAM(
      TinyNetwork.input, target: .ofClass(1), layer: layer, settings: settings)
  }

  @Test(arguments: IncrementCAMSettings.Score.allCases)
  func endsAsWithoutTheInterruption(score: IncrementCAMSettings.Score) async throws {
    var all: [IncrementCAMProgress] = []
    for try await progress in run(score) { all.append(progress) }
    let last = try #require(all.last)
    #expect(last.two.isComplete && all.count > 3)
    for (place, known) in all.enumerated() {
      let counter = PassCounter()
      let rest = PassCounter.$current.withValue(counter) {
        model.incrementCAM(continuing: known)
      }
      var found: [IncrementCAMProgress] = []
      for try await progress in rest { found.append(progress) }
      #expect(found.count == all.count - place)
      #expect(found.first?.two == known.two)
      #expect(found.last?.two.scores == last.two.scores)
      #expect(found.last?.two.map == last.two.map)
      // The empty image comes with the first channels.
      let isEmptyMissing = score == .increase && place == 0
      #expect(
        counter.passes.total
          == last.two.order.count - known.two.scoredCount + (isEmptyMissing ? 1 : 0))
    }
  }

  /// Channels that were scored serve every other setting: the maps are those of a run of its own, and
  /// only what is missing is run.
  @Test(arguments: IncrementCAMSettings.Score.allCases, IncrementCAMSettings.Score.allCases)
  func otherSettingsKeepTheScores(
    first: IncrementCAMSettings.Score, second: IncrementCAMSettings.Score
  ) async throws {
    var known: IncrementCAMProgress?
    for try await progress in run(first) { known = progress }
    let scored = try #require(known)
    for channels in [IncrementCAMSettings.Channels.fraction(0.25), .fraction(0.5), .all] {
      var settings = MethodSettings()
      settings.incrementCAM.channels = channels
      settings.incrementCAM.score = second
      let changed = try #require(scored.changed(to: settings.incrementCAM))
      let isEmptyMissing = second == .increase && first != .increase
      #expect(changed.two.isComplete == !isEmptyMissing)
      let counter = PassCounter()
      let rest = PassCounter.$current.withValue(counter) {
        model.incrementCAM(continuing: changed)
      }
      var found: IncrementCAMProgress?
      for try await progress in rest { found = progress }
      #expect(counter.passes.total == (isEmptyMissing ? 1 : 0))
      let expected = try await model.explain(
        TinyNetwork.input, target: .ofClass(1), layer: layer, method: .incrementCAM,
        settings: settings)
      let two = try #require(found?.two)
      #expect(two.isComplete)
      #expect(zip(two.scores, expected.channelScores).allSatisfy { abs($0 - $1) < 1e-5 })
      #expect(
        zip(two.map.values, expected.maps[1].map.values).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }

  @Test func missingChannelsAreScoredBesides() async throws {
    var settings = MethodSettings()
    settings.incrementCAM.channels = .fraction(0.25)
    var known: IncrementCAMProgress?
    for try await progress in model.incrementCAM(
      TinyNetwork.input, target: .ofClass(1), layer: layer, settings: settings)
    {
      known = progress
    }
    var wider = settings.incrementCAM
    wider.channels = .all
    let changed = try #require(known?.changed(to: wider))
    let scored = changed.two.scoredCount
    #expect(scored > 0 && !changed.two.isComplete)
    let counter = PassCounter()
    let rest = PassCounter.$current.withValue(counter) {
      model.incrementCAM(continuing: changed)
    }
    var last: IncrementCAMProgress?
    for try await progress in rest { last = progress }
    #expect(last?.two.isComplete == true)
    #expect(counter.passes.total == changed.two.order.count - scored)
  }

  @Test func otherMaskedInputsAreNotShared() async throws {
    var known: IncrementCAMProgress?
    for try await progress in run(.increase) { known = progress }
    var settings = IncrementCAMSettings()
    settings.scoringInput = .activation
    #expect(known?.changed(to: settings) == nil)
    settings.scoringInput = .image
    settings.scoringSize = 8
    #expect(known?.changed(to: settings) == nil)
  }
}
