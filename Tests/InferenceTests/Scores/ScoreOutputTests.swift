import ONNXProto
import Testing

@testable import Inference

/// Which of several outputs holds the scores.
@Suite struct ScoreOutputTests {
  /// Heads beside each other, on a trunk that gives `flat`, `[N, 4]`.
  private static func model(_ heads: [(name: String, width: Int)]) -> ONNXModel {
    var model = ScoreEndingTests.model(count: 2)
    for (name, width) in heads {
      model.constant("w \(name)", [4, width], (0..<4 * width).map { Float($0 % 3) - 1 })
      model.add("MatMul", ["flat", "w \(name)"], [name])
      model.addOutput(name)
    }
    return model
  }

  private func chosen(
    _ model: ONNXModel, labels: Int = 0, name: String? = nil
  ) throws -> (output: String, notes: [String]) {
    let structure = try NetworkStructure(
      try model.graph(), height: 8, width: 8,
      choice: ScoreChoice(name: name, labelCount: labels))
    return (structure.graph.name(of: structure.output), structure.notes)
  }

  @Test func theOneAsWideAsTheLabels() throws {
    let found = try chosen(Self.model([("a", 32), ("b", 10)]), labels: 10)
    #expect(found.output == "b")
    #expect(found.notes.count == 1 && found.notes[0].contains("a [32], b [10]"))
  }

  @Test func oneNumberFitsTwoLabels() throws {
    #expect(try chosen(Self.model([("a", 32), ("b", 1)]), labels: 2).output == "b")
  }

  @Test func theOneThatIsNamed() throws {
    #expect(try chosen(Self.model([("a", 32), ("b", 10)]), name: "a").output == "a")
    expectRefusal("unsupported", "c", "a, b") {
      _ = try chosen(Self.model([("a", 32), ("b", 10)]), name: "c")
    }
    expectRefusal("unsupported", "features", "1 x 4 x 8 x 8") {
      _ = try chosen(Self.model([("a", 32), ("b", 10)]), name: "features")
    }
  }

  @Test(arguments: [
    ["logits", "aux_logits2", "aux_logits1"], ["aux1", "aux2", "out"], ["a", "b", "c"],
  ])
  func auxiliaryHeads(names: [String]) throws {
    let found = try chosen(Self.model(names.map { ($0, 8) }))
    #expect(found.output == (names.last == "out" ? "out" : names[0]))
    #expect(found.notes.count == 1)
  }

  @Test func theDeepestHeadOfEqualWidth() throws {
    var model = Self.model([("a", 8)])
    model.constant("u", [8, 8], (0..<64).map { Float($0 % 5) - 2 })
    model.add("MatMul", ["flat", "w a"], ["hidden"])
    model.add("MatMul", ["hidden", "u"], ["b"])
    model.addOutput("b")
    #expect(try chosen(model).output == "b")
  }

  @Test func whatIsComputedFromTheOthers() throws {
    var model = Self.model([("a", 16)])
    model.constant("u", [16, 5], (0..<80).map { Float($0 % 5) - 2 })
    model.add("Relu", ["a"], ["r"])
    model.add("MatMul", ["r", "u"], ["b"])
    model.addOutput("b")
    #expect(try chosen(model).output == "b")
  }

  @Test func whatEndsInProbabilities() throws {
    var model = Self.model([("a", 16), ("b", 5)])
    model.add("Sigmoid", ["b"], ["p"])
    model.proto.graph.output[1].name = "p"
    #expect(try chosen(model).output == "p")
  }

  @Test func names() throws {
    #expect(
      try chosen(Self.model([("embedding", 16), ("class_logits", 5)])).output == "class_logits")
    #expect(try chosen(Self.model([("a", 16), ("image_features", 5)])).output == "a")
  }

  @Test func nothingThatTells() {
    expectRefusal("unsupported", "a [32], b [6]", "--scores") {
      _ = try chosen(Self.model([("a", 32), ("b", 6)]))
    }
    expectRefusal("unsupported", "a [32], b [6]", "7 labels") {
      _ = try chosen(Self.model([("a", 32), ("b", 6)]), labels: 7)
    }
  }

  @Test func mapsAreNoScores() {
    var model = ScoreEndingTests.model(count: 2)
    model.addOutput("features")
    expectRefusal("unsupported", "features", "1 x 4 x 8 x 8", "scores") { _ = try chosen(model) }
  }

  @Test func wholeNumbersAndTextBesideScores() throws {
    var model = Self.model([("a", 16), ("b", 16)])
    model.proto.graph.output[0] = ONNXModel.declaration("a", [nil, 16])
    model.proto.graph.output[0].type.tensorType.elemType = 7
    let found = try chosen(model)
    #expect(found.output == "b" && found.notes.isEmpty)
    model.proto.graph.output.removeLast()
    expectRefusal("unsupported", "a", "whole numbers", "scores") { _ = try chosen(model) }
  }
}
