import Testing

@testable import CAMEngine

/// Every method on real networks against an independent PyTorch implementation, from its input.
@Suite(.enabled(if: !Golden.names.isEmpty, "needs ../shared/reference beside the repository"))
struct MethodGoldenTests {
  static let methods = [
    "grad-cam-plus-plus", "hires-cam", "xgrad-cam", "layer-cam", "eigen-cam", "score-cam",
    "score-cam-probability", "ablation-cam",
  ]

  @Test(arguments: Golden.names)
  func equalsTheReference(name: String) async throws {
    let golden = try Golden(named: name)
    let model = try golden.loadedModel()
    let input = try golden.input()
    var compared = 0
    for name in Self.methods {
      guard let expected = try? golden.array(name).floats else { continue }
      let found = try await model.explain(
        input, target: .ofClass(golden.classIndex), layer: try model.layer(named: golden.layer),
        method: try Method(named: name))
      expectNear(found.map.values, expected, 1e-3, "\(name) map")
      if let weights = try? golden.array(name + ".weights").floats {
        expectNear(found.weights, weights, 1e-3, "\(name) weights")
      }
      compared += 1
    }
    #expect(compared >= 7)
  }
}

/// The phases of Increment-CAM in every setting that the references have.
@Suite(.enabled(if: !Golden.names.isEmpty, "needs ../shared/reference beside the repository"))
struct IncrementCAMGoldenTests {
  @Test(arguments: Golden.names)
  func equalsTheReference(name: String) async throws {
    let golden = try Golden(named: name)
    let model = try golden.loadedModel()
    let input = try golden.input()
    let layer = try model.layer(named: golden.layer)
    let cases = try golden.incrementCAMSettings()
    #expect(cases.count == 8)
    for (name, increment) in cases {
      var settings = MethodSettings()
      settings.incrementCAM = increment
      let found = try await model.explain(
        input, target: .ofClass(golden.classIndex), layer: layer, method: .incrementCAM,
        settings: settings)
      let expected = try #require(try golden.array(name + ".S").floats)
      let scale = max(1, expected.max() ?? 0)
      expectNear(found.channelScores, expected, 1e-3 * scale, "\(name) S")
      expectNear(
        found.maps[1].map.values, try golden.array(name + ".phase2").floats ?? [], 1e-3,
        "\(name) phase 2")
      expectNear(
        found.maps[2].map.values, try golden.array(name + ".phase3").floats ?? [], 1e-3,
        "\(name) phase 3")
    }
  }

  /// The channels are scored in the reference's order.
  @Test(arguments: Golden.names)
  func ordersTheChannelsAlike(name: String) async throws {
    let golden = try Golden(named: name)
    let model = try golden.loadedModel()
    let expected = try #require(try golden.array("channel-order").integers).map { Int($0) }
    var settings = MethodSettings()
    settings.incrementCAM.channels = .all
    let stream = model.incrementCAM(
      try golden.input(), target: .ofClass(golden.classIndex),
      layer: try model.layer(named: golden.layer), settings: settings)
    for try await progress in stream {
      // Two channels may change places where their contributions differ by rounding alone.
      let places = zip(progress.two.order, expected).filter { $0 != $1 }.count
      #expect(Set(progress.two.order) == Set(expected))
      #expect(places <= expected.count / 20, "\(places) channels stand elsewhere")
      break
    }
  }

  /// Step by step or at once, in batches of any size: the same maps.
  @Test(
    arguments: Golden.names.filter { $0.hasPrefix("tinyvgg") || $0.hasPrefix("resnet20_cifar10--") }
  )
  func streamingAndBatchesChangeNothing(name: String) async throws {
    let golden = try Golden(named: name)
    let model = try golden.loadedModel()
    let input = try golden.input()
    let layer = try model.layer(named: golden.layer)
    var maps: [[Float]] = []
    for batchSize in [nil, 1, 3, 7, 16] {
      var settings = MethodSettings()
      settings.incrementCAM.channels = .all
      settings.batchSize = batchSize
      let whole = try await model.explain(
        input, target: .ofClass(golden.classIndex), layer: layer, method: .incrementCAM,
        settings: settings)
      var last: IncrementCAMProgress?
      var counts: [Int] = []
      for try await progress in model.incrementCAM(
        input, target: .ofClass(golden.classIndex), layer: layer, settings: settings)
      {
        counts.append(progress.two.scoredCount)
        last = progress
      }
      let end = try #require(last)
      #expect(counts.first == 0 && counts == counts.sorted() && end.two.isComplete)
      let three = end.three(
        merge: settings.incrementCAM.merge, regularize: settings.incrementCAM.regularize)
      expectNear(three.map.values, whole.map.values, 1e-5, "streamed, batch \(batchSize ?? 0)")
      maps.append(whole.map.values)
    }
    for map in maps { expectNear(map, maps[0], 1e-5, "batch size") }
  }
}

extension Golden {
  /// The stored input.
  func input() throws -> PreparedInput {
    let stored = try array("input")
    return PreparedInput(
      values: stored.floats ?? [], width: stored.shape[3], height: stored.shape[2])
  }

  /// The settings in the names of the stored results.
  func incrementCAMSettings() throws -> [(String, IncrementCAMSettings)] {
    var cases = [("increment-cam.default", IncrementCAMSettings.ofReferences)]
    for input in IncrementCAMSettings.ScoringInput.allCases {
      for score in IncrementCAMSettings.Score.allCases {
        for merge in IncrementCAMSettings.Merge.allCases {
          for regularize in IncrementCAMSettings.Regularize.allCases {
            var settings = IncrementCAMSettings()
            (settings.scoringInput, settings.score) = (input, score)
            (settings.merge, settings.regularize) = (merge, regularize)
            settings.channels = .all
            let parts = [input.rawValue, score.rawValue, merge.rawValue, regularize.rawValue]
            let name = "increment-cam." + parts.joined(separator: ".")
            if (try? array(name + ".S")) != nil { cases.append((name, settings)) }
          }
        }
      }
    }
    return cases
  }
}

/// The largest difference is below a tolerance.
private func expectNear(
  _ found: [Float], _ expected: [Float], _ tolerance: Float, _ what: String
) {
  #expect(found.count == expected.count, "\(what)")
  let error = zip(found, expected).map { abs($0 - $1) }.max() ?? .infinity
  #expect(error < tolerance, "\(what) is off by \(error)")
}
