import Testing

@testable import CAMEngine

/// Neither batches nor threads nor streaming change a map.
@Suite struct RepeatabilityTests {
  private static func settings(batchSize: Int?) -> MethodSettings {
    var settings = MethodSettings()
    settings.batchSize = batchSize
    settings.incrementCAM.channels = .all
    return settings
  }

  @Test func batchSizeAndThreadsChangeNothing() async throws {
    var expected: [String: [Float]] = [:]
    for threads in [1, 2] {
      let model = try TinyNetwork.model(threads: threads)
      for batchSize in [1, 3, 16] {
        let comparison = try await model.compare(
          TinyNetwork.input, target: .ofClass(1), layers: [try model.layer(named: "features")],
          settings: Self.settings(batchSize: batchSize))
        for map in comparison.explanations.flatMap(\.maps) {
          let first = expected[map.name, default: map.map.values]
          expected[map.name] = first
          let error = largestDifference(map.map.values, first)
          #expect(error <= 1e-5, "\(map.name), batch \(batchSize), \(threads) threads: \(error)")
        }
      }
    }
    #expect(expected.count == Method.all.count + 2)
  }

  @Test(arguments: [nil, 3, 16])
  func streamingChangesNoBit(batchSize: Int?) async throws {
    let model = try TinyNetwork.model(threads: 1)
    let layer = try model.layer(named: "features")
    let settings = Self.settings(batchSize: batchSize)
    for score in IncrementCAMSettings.Score.allCases {
      var settings = settings
      settings.incrementCAM.score = score
      let expected = try await model.explain(
        TinyNetwork.input, target: .ofClass(2), layer: layer, method: .incrementCAM,
        settings: settings)
      var last: IncrementCAMProgress?
      for try await step in model.incrementCAM(
        TinyNetwork.input, target: .ofClass(2), layer: layer, settings: settings)
      {
        last = step
      }
      let end = try #require(last)
      #expect(end.two.isComplete)
      #expect(end.one.map == expected.maps[0].map)
      #expect(end.two.map == expected.maps[1].map)
      #expect(end.three(merge: .weights, regularize: .minMax).map == expected.maps[2].map)
      #expect(end.two.scores == expected.channelScores)
    }
  }

  /// A limit that is too small for the asked batch makes it smaller, down to one image. The map stays.
  @Test(arguments: ["score-cam", "increment-cam", "group-cam"])
  func aSmallMemoryLimitMakesBatchesSmaller(name: String) async throws {
    let model = try TinyNetwork.model()
    var batches: [Int] = []
    var maps: [[Float]] = []
    for limit in [nil] + (0...16).map({ 1 << (10 + $0) }) {
      let found = try await largestBatch(model, try Method(named: name), limit: limit)
      batches.append(found.size)
      maps.append(found.map)
    }
    // The last batch is not left almost empty: fewer than six may be even.
    #expect((4...6).contains(batches[0]) && batches[1] == 1, "\(batches)")
    #expect(Array(batches.dropFirst()) == batches.dropFirst().sorted(), "\(batches)")
    #expect(batches.last == batches[0], "\(batches)")
    #expect(batches.contains { $0 > 1 && $0 < batches[0] }, "\(batches)")
    for map in maps { #expect(largestDifference(map, maps[0]) <= 1e-5) }
  }

  /// Asks for batches of six.
  private func largestBatch(
    _ model: Model, _ method: CAMEngine.Method, limit: Int?
  ) async throws -> (size: Int, map: [Float]) {
    var settings = Self.settings(batchSize: 6)
    settings.memoryLimit = limit
    let seen = Recorder<Int>()
    let found = try await model.explain(
      TinyNetwork.input, target: .ofClass(1), layer: try model.layer(named: "features"),
      method: method, settings: settings, progress: { seen.append($0.done) })
    let steps = zip(seen.values, [0] + seen.values).map { $0 - $1 }
    return (steps.max() ?? 0, found.map.values)
  }
}
