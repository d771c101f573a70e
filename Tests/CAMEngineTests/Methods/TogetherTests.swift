import Foundation
import ModelTestSupport
import RandomTestSupport
import Testing

@testable import CAMEngine

/// Images that pass through the network together are explained and measured as each by itself.
@Suite struct TogetherTests {
  private let model: Model
  private let layer: Layer

  init() throws {
    model = try TinyNetwork.model(threads: 2)
    layer = try model.layer(named: "features")
  }

  private func inputs(_ count: Int) -> [PreparedInput] {
    var numbers = SeededNumbers(seed: 1)
    return (0..<count).map { _ in
      PreparedInput(
        values: (0..<3 * 32 * 32).map { _ in Float.random(in: -1...1, using: &numbers) }, width: 32,
        height: 32)
    }
  }

  private func explained(
    _ inputs: [PreparedInput], candidates: [[Int]] = [], _ method: String = "grad-cam",
    batchSize: Int? = nil
  ) async throws -> [Explanation] {
    var settings = MethodSettings()
    settings.batchSize = batchSize
    return try await model.explain(
      inputs, candidates: candidates.map { $0.map(Target.ofClass) }, layer: layer,
      method: try Method(named: method),
      settings: settings
    ).map { try $0.get() }
  }

  @Test(arguments: ["grad-cam", "layer-cam", "eigen-cam", "score-cam", "increment-cam"])
  func equalsEachByItself(method: String) async throws {
    let inputs = inputs(11)
    let together = try await explained(inputs, method)
    #expect(together.count == inputs.count)
    for (input, found) in zip(inputs, together) {
      let alone = try await model.explain(input, layer: layer, method: try Method(named: method))
      #expect(found.target.index == alone.target.index)
      #expect(
        largestDifference(found.classification.scores, alone.classification.scores) < 1e-4)
      #expect(found.passes == alone.passes)
      #expect(found.maps.map(\.name) == alone.maps.map(\.name))
      for (one, other) in zip(found.maps, alone.maps) {
        #expect(largestDifference(one.map.values, other.map.values) < 1e-3, "\(one.name)")
      }
    }
  }

  /// A run that was ended goes on with other neighbours, and must find the same.
  @Test func neighboursChangeNoBit() async throws {
    let inputs = inputs(13)
    let all = try await explained(inputs)
    let some = try await explained([inputs[12], inputs[3], inputs[7]])
    for (found, expected) in zip(some, [all[12], all[3], all[7]]) {
      #expect(found.map == expected.map && found.classification == expected.classification)
    }
    func items(_ places: [Int]) -> [ExplanationToMeasure] {
      places.map {
        ExplanationToMeasure(
          all[$0], input: inputs[$0], [.averageDrop, .averageGain, .sparseness])
      }
    }
    let many = try await model.metrics(of: items(Array(all.indices))).map { try $0.get() }
    let few = try await model.metrics(of: items([12, 3])).map { try $0.get() }
    #expect(few == [many[12], many[3]])
  }

  @Test func theMostProbableCandidateIsExplained() async throws {
    let inputs = inputs(4)
    let free = try await explained(inputs)
    let chosen = try await explained(inputs, candidates: [[2], [0, 1], []])
    #expect(chosen[0].target.index == 2)
    let scores = free[1].classification.scores
    #expect(chosen[1].target.index == (scores[0] > scores[1] ? 0 : 1))
    #expect(chosen[2].target.index == free[2].target.index)
    #expect(chosen[3].target.index == free[3].target.index)
    for explanation in chosen {
      let place = try #require(chosen.firstIndex { $0.target == explanation.target })
      let alone = try await model.explain(
        inputs[place], target: explanation.target.target, layer: layer)
      #expect(largestDifference(chosen[place].map.values, alone.map.values) < 1e-3)
    }
  }

  @Test func classifiesAsItExplains() async throws {
    let inputs = inputs(5)
    let classified = try await model.classify(inputs, layer: layer).map { try $0.get() }
    #expect(classified == (try await explained(inputs)).map(\.classification))
    let few = try await model.classify([inputs[4]]).map { try $0.get() }
    let alone = try await model.classify(inputs[4])
    #expect(largestDifference(few[0].scores, alone.scores) < 1e-4)
  }

  @Test func measuresEachAsByItself() async throws {
    let inputs = inputs(5)
    let explanations = try await explained(inputs)
    let metrics = Set(Metric.allCases)
    let together = try await model.metrics(
      of: zip(explanations, inputs).map { ExplanationToMeasure($0, input: $1, metrics) })
    for ((explanation, input), found) in zip(zip(explanations, inputs), together) {
      let alone = try await model.metrics(of: explanation, input: input, metrics)
      let measured = try found.get()
      #expect(Set(measured.values.keys) == Set(alone.values.keys))
      #expect(measured.passes == alone.passes)
      for (metric, value) in alone.values where metric != .seconds {
        #expect(abs((measured.values[metric] ?? .infinity) - value) < 1e-3, "\(metric)")
      }
    }
  }

  /// One photo of which nothing can be said does not spoil the others.
  @Test func oneWithoutNumbersFailsAlone() async throws {
    var network = TinyModel(seed: 3)
    // A rectifier makes 0 of what is no number.
    network.replace("Relu", with: "LeakyRelu")
    let path = FileManager.default.temporaryDirectory.appending(
      path: "camtui-together-\(ProcessInfo.processInfo.processIdentifier).onnx"
    ).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(network.encoded()).write(to: URL(filePath: path))
    let model = try Model(contentsOfFile: path, threads: 1)
    var inputs = inputs(3)
    let expected = try await model.explain(inputs)
    inputs[1] = PreparedInput(
      values: Array(repeating: .nan, count: 3 * 32 * 32), width: 32, height: 32)
    let found = try await model.explain(inputs)
    #expect(throws: ModelError.self) { try found[1].get() }
    for place in [0, 2] {
      #expect(try found[place].get().map == expected[place].get().map)
    }
  }

  @Test func aClassThatIsNotThereIsRefused() async throws {
    let inputs = inputs(1)
    await #expect(throws: ModelError.self) {
      try await model.explain(inputs, candidates: [[.ofClass(99)]], layer: layer)
    }
  }
}
