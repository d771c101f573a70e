import Testing

@testable import CAMEngine

/// Methods that need no more share one forward and one backward pass.
@Suite struct SharedPassTests {
  private static let cheap = [
    "grad-cam", "grad-cam-plus-plus", "hires-cam", "xgrad-cam", "layer-cam", "eigen-cam",
  ]

  @Test func sixMethodsShareOnePass() async throws {
    let model = try TinyNetwork.model()
    let comparison = try await model.compare(
      TinyNetwork.input, methods: try Self.cheap.map { try Method(named: $0) })
    #expect(comparison.sharedPasses == Passes(forward: 1, backward: 1))
    #expect(comparison.explanations.map(\.method.name) == Self.cheap)
    for explanation in comparison.explanations {
      #expect(explanation.passes.total == 0, "\(explanation.method.name)")
    }
  }

  @Test func aMethodWithoutGradientRunsNothingBackward() async throws {
    let model = try TinyNetwork.model()
    let found = try await model.explain(
      TinyNetwork.input, method: try Method(named: "eigen-cam"))
    #expect(found.passes == Passes(forward: 1))
  }

  /// What a method says beforehand is what it costs, or more where channels are dead.
  @Test(arguments: Method.all.map(\.name))
  func costsWhatItSays(name: String) async throws {
    let model = try TinyNetwork.model()
    let layer = try model.layer(named: "features")
    let method = try Method(named: name)
    let found = try await model.explain(
      TinyNetwork.input, target: .ofClass(1), layer: layer, method: method)
    let cost = method.cost(layer)
    #expect(found.passes.forward <= cost.forward && found.passes.forward >= cost.forward / 2)
    #expect(found.passes.backward == cost.backward)
    #expect(found.passes.tail <= cost.tail && found.passes.tail >= cost.tail / 2)
  }

  /// Sharing changes no map, and counts the passes of the others only once.
  @Test func sharingChangesNothing() async throws {
    let model = try TinyNetwork.model()
    let comparison = try await model.compare(TinyNetwork.input, target: .ofClass(2))
    #expect(comparison.explanations.count == Method.all.count)
    for shared in comparison.explanations {
      let alone = try await model.explain(
        TinyNetwork.input, target: .ofClass(2), method: shared.method)
      #expect(alone.maps.map(\.name) == shared.maps.map(\.name))
      for (a, b) in zip(alone.maps, shared.maps) {
        #expect(largestDifference(a.map.values, b.map.values) < 1e-5, "\(a.name)")
      }
      #expect(alone.passes.forward == shared.passes.forward + 1)
    }
  }

  @Test func progressCountsThePasses() async throws {
    let model = try TinyNetwork.model()
    let seen = Recorder<ExplanationProgress>()
    var settings = MethodSettings()
    settings.batchSize = 8
    let found = try await model.explain(
      TinyNetwork.input, layer: try model.layer(named: "features"),
      method: try Method(named: "score-cam"), settings: settings, progress: seen.append)
    let done = seen.values.map(\.done)
    #expect(done == done.sorted() && Set(done).count == done.count)
    #expect(done.last == found.passes.forward - 1)
    #expect(done.first == 8)
    #expect(seen.values.allSatisfy { $0.total == 36 && $0.method.name == "score-cam" })
    #expect(seen.values.allSatisfy { ($0.secondsLeft ?? -1) >= 0 })
  }
}
