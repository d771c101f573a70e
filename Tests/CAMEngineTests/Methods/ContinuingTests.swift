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
      TinyNetwork.input, classIndex: 1, layer: layer, settings: settings)
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
}
