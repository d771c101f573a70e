import Foundation
import ModelTestSupport
import Testing

@testable import CAMEngine

/// Models with different ends, from the file to the map.
@Suite struct HeadModelTests {
  /// A folder with a model made of a tiny one, and side files; removed with its owner.
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appending(path: "heads-\(UUID().uuidString)")

    init(_ files: [String: String] = [:]) throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      for (name, text) in files { try Data(text.utf8).write(to: url.appending(path: name)) }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The model, its output changed.
    func model(
      classes: Int = 5, overrides: ModelOverrides = ModelOverrides(),
      _ change: (inout TinyModel) -> Void = { _ in }
    ) throws -> Model {
      var tiny = TinyModel(seed: 11, classes: classes)
      change(&tiny)
      let path = url.appending(path: "model.onnx").path
      try Data(try tiny.encoded()).write(to: URL(fileURLWithPath: path))
      return try Model(contentsOfFile: path, overrides: overrides, threads: 1)
    }
  }

  /// Appends a node behind the scores, and makes its output the model's.
  private static func end(_ tiny: inout TinyModel, _ type: String) {
    tiny.addNode(type, ["scores"], "out")
    tiny.setOutput("out")
  }

  /// The mean of the softmaxes of the scores and of twice the scores.
  private static func endAsEnsemble(_ tiny: inout TinyModel) {
    tiny.addNode("Add", ["scores", "scores"], "twice")
    tiny.addNode("Softmax", ["scores"], "p")
    tiny.addNode("Softmax", ["twice"], "q")
    tiny.addNode("Add", ["p", "q"], "sum")
    tiny.addWeights("half", [1])
    tiny.fill("half", with: 0.5)
    tiny.addNode("Mul", ["sum", "half"], "out")
    tiny.setOutput("out")
  }

  private let input = TinyNetwork.input

  @Test(arguments: ["Sigmoid", "Softmax", "LogSoftmax"])
  func mapsAreThoseOfTheScoreBeforeIt(type: String) async throws {
    let folder = try Folder()
    let plain = try folder.model()
    let expected = try await plain.explain(input, target: .ofClass(2))
    let ended = try folder.model { Self.end(&$0, type) }
    let found = try await ended.explain(input, target: .ofClass(2))
    #expect(found.map == expected.map)
    #expect(found.classification.scores == expected.classification.scores)
    #expect(ended.head.sumsToOne == (type != "Sigmoid"))
    #expect(ended.outputName == "out")
  }

  @Test func sigmoidsAreProbabilitiesOfTheirOwn() async throws {
    let model = try Folder().model { Self.end(&$0, "Sigmoid") }
    let found = try await model.classify(input)
    let probabilities = try #require(found.probabilities)
    for (score, probability) in zip(found.scores, probabilities) {
      #expect(abs(Double(probability) - 1 / (1 + exp(-Double(score)))) < 1e-6)
    }
  }

  /// Grad-CAM's weights of an ensemble, against how its score changes with each channel's pooled value.
  @Test func anEnsembleIsDifferentiatedThroughItsLogarithm() async throws {
    let folder = try Folder()
    let model = try folder.model(Self.endAsEnsemble)
    #expect(model.head.name == "log-probability")
    let found = try await model.explain(input, target: .ofClass(1))
    let scores = try await folder.model().classify(input).scores
    let weights = TinyModel(seed: 11).weights("head_weight")
    let count = TinyModel(seed: 11).weights("head_bias").count
    func score(_ logits: [Double]) -> Double {
      func softmax(_ scale: Double) -> Double {
        exp(scale * logits[1]) / logits.reduce(0) { $0 + exp(scale * $1) }
      }
      return log((softmax(1) + softmax(2)) / 2)
    }
    let logits = scores.map { Double($0) }
    #expect(abs(Double(found.target.score) - score(logits)) < 1e-4)
    let area = Double(found.map.values.count)
    for channel in found.weights.indices {
      func moved(_ step: Double) -> Double {
        score((0..<count).map { logits[$0] + step * Double(weights[$0 * 8 + channel]) })
      }
      // The derivative with respect to one place is that of the pooled value over their number; so is alpha.
      let expected = (moved(1e-4) - moved(-1e-4)) / 2e-4 / area
      #expect(abs(Double(found.weights[channel]) - expected) < 1e-3 * max(1, abs(expected)) / area)
    }
  }

  @Test func configurationsSayWhatScoresAre() throws {
    let types = [
      "multi_label_classification": "sigmoid", "single_label_classification": "softmax",
      "regression": "value",
    ]
    for (type, name) in types {
      let folder = try Folder(["config.json": "{\"problem_type\": \"\(type)\"}"])
      #expect(try folder.model().head.name == name)
    }
    let folder = try Folder(["config.json": "{\"problem_type\": \"guessing\"}"])
    #expect(throws: ModelError.self) { try folder.model() }
    #expect(try Folder().model(overrides: ModelOverrides(head: .sigmoid)).head.name == "sigmoid")
  }

  @Test func oneNumberIsAClassAndSaysSo() async throws {
    let model = try Folder().model(classes: 1)
    #expect(model.head.name == "sigmoid" && model.classCount == 1)
    #expect(model.notes.contains { $0.about == .scores && $0.text.contains("--head value") })
    let labelled = try Folder(["config.json": "{\"id2label\": {\"0\": \"no\", \"1\": \"yes\"}}"])
      .model(classes: 1)
    let found = try await labelled.classify(input)
    #expect(found.scores[0] == -found.scores[1])
    #expect(abs((found.probabilities ?? []).reduce(0, +) - 1) < 1e-6)
    let no = try await labelled.explain(input, target: .ofClass(0))
    let yes = try await labelled.explain(input, target: .ofClass(1))
    #expect(no.maps[0].signed.values == yes.maps[0].signed.values.map { -$0 })
  }

  @Test(arguments: Method.all)
  func aValueIsExplainedByEveryMethod(method: CAMEngine.Method) async throws {
    let model = try Folder().model(classes: 1, overrides: ModelOverrides(head: .value))
    #expect(try model.target("less") == .less(of: 0) && model.target("more") == .ofClass(0))
    for target in [Target.ofClass(0), .less(of: 0)] {
      let found = try await model.explain(input, target: target, method: method)
      #expect(found.target.probability == nil && found.target.target == target)
      #expect(found.map.values.allSatisfy { (0...1).contains($0) })
      let measured = try await model.metrics(
        of: found, input: input, [.averageDrop, .averageGain, .increaseInConfidence, .adcc])
      #expect(measured.values[.averageDrop].map { $0 >= 0 } == true)
      #expect(measured.values[.averageGain] == nil, "a gain up to 1 has no meaning")
    }
    if method == .incrementCAM {
      let found = try await model.explain(input, method: method)
      #expect(found.parameters["score"] == "increase")
    }
  }

  @Test func moreAndLessOfAValueAreOpposed() async throws {
    let model = try Folder().model(classes: 1, overrides: ModelOverrides(head: .value))
    let more = try await model.explain(input, target: .ofClass(0))
    let less = try await model.explain(input, target: .less(of: 0))
    #expect(less.maps[0].signed.values == more.maps[0].signed.values.map { -$0 })
    #expect(less.target.score == more.target.score)
  }
}
