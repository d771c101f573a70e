import RandomTestSupport
import ModelTestSupport
import ONNXProto
import Testing

@testable import Inference

/// Scores and layers of classifiers.
@Suite struct NetworkStructureTests {
  @Test func aModelWithoutSpatialActivationsHasNoLayer() throws {
    var model = ONNXModel(input: [1, 3, 8, 8])
    model.constant("w", [192, 5], Array(repeating: 0.1, count: 960))
    model.add("Flatten", ["x"], ["flat"])
    model.add("Gemm", ["flat", "w"], ["scores"])
    model.addOutput("scores")
    let structure = try NetworkStructure(try model.graph())
    #expect(structure.scoreCount == 5)
    #expect(structure.layers.isEmpty)
    #expect(structure.defaultLayer == nil)
  }

  @Test func scoresAreThoseBeforeTheSoftmax() throws {
    var model = Self.classifier()
    model.constant("shape", integers: [1, 4, 1, 1])
    model.add("Reshape", ["scores", "shape"], ["wide"])
    model.add("Softmax", ["wide"], ["probabilities"], ["axis": 1])
    model.proto.graph.output[0].name = "probabilities"
    let structure = try NetworkStructure(try model.graph())
    #expect(structure.ending == .softmax)
    #expect(structure.graph.name(of: structure.scores) == "wide")
    #expect(structure.scoreCount == 4)
  }

  @Test func layersAreFoundByTheirPrefix() throws {
    let structure = try NetworkStructure(try Self.classifier().graph())
    #expect(structure.layers.map(\.name) == ["first", "features", "pooled"])
    #expect(structure.defaultLayer?.name == "features")
    #expect(structure.layers.map(\.isCandidate) == [true, true, false])
    #expect(try structure.layer(named: "fea").name == "features")
    expectRefusal("noSuchValue", "f", "first, features") {
      _ = try structure.layer(named: "f")
    }
    expectRefusal("noSuchValue", "featurs", "features") {
      _ = try structure.layer(named: "featurs")
    }
  }

  @Test func inputsThatAreNoPhotosAreRefused() throws {
    var four = Self.classifier()
    four.proto.graph.input = [ONNXModel.declaration("x", [1, 4, 8, 8])]
    expectRefusal("unsupported", "x", "4 channels", "3") {
      _ = try NetworkStructure(try four.graph())
    }
    expectRefusal("unsupported", "x", "2 axes") {
      _ = try NetworkStructure(try ONNXModel.sound.graph())
    }
  }

  @Test func aModelWithoutScoresIsRefused() throws {
    var model = ONNXModel(input: [1, 3, 8, 8])
    model.add("Relu", ["x"], ["y"])
    model.addOutput("y")
    expectRefusal("unsupported", "scores", "[N, classes]") {
      _ = try NetworkStructure(try model.graph())
    }
  }

  /// Keras exports images as `[N, h, w, 3]` and wraps every convolution in two transpositions. The
  /// layers are given as `[K, h, w]` all the same.
  @Test func channelsLastGivesWhatChannelsFirstGives() throws {
    let first = try Executor(try NetworkStructure(try Self.classifier().graph()))
    let last = try Executor(try NetworkStructure(try Self.keras().graph()))
    #expect(last.structure.isChannelsLast)
    var numbers = SeededNumbers(test: "channels last")
    let image = numbers.floats(3 * 64)
    let transposed = (0..<192).map { image[$0 % 3 * 64 + $0 / 3] }
    let a = try first.pass(to: try first.structure.layer(named: "features"), input: image)
    let b = try last.pass(to: try last.structure.layer(named: "features"), input: transposed)
    #expect(b.layer != a.layer || first.structure.layers.count != last.structure.layers.count)
    expectEqual(b.scoreValues, a.scoreValues, "scores")
    expectEqual(b.activation, a.activation, "activation")
    for score in 0..<4 {
      expectEqual(
        try b.gradient(ofScore: score), try a.gradient(ofScore: score), "gradient of \(score)")
    }
  }

  /// `Conv(3 to 6) - Tanh - GlobalAveragePool - Flatten - Gemm(6 to 4)` on 8 x 8.
  private static func classifier() -> ONNXModel {
    var model = ONNXModel(input: [1, 3, 8, 8])
    addWeights(&model)
    model.add("Conv", ["x", "w"], ["first"], ["pads": [1, 1, 1, 1]])
    model.add("Tanh", ["first"], ["features"])
    model.add("GlobalAveragePool", ["features"], ["pooled"])
    model.add("Flatten", ["pooled"], ["flat"])
    model.add("Gemm", ["flat", "head"], ["scores"])
    model.addOutput("scores")
    return model
  }

  private static func keras() -> ONNXModel {
    var model = ONNXModel(input: [nil, 8, 8, 3])
    addWeights(&model)
    model.add("Transpose", ["x"], ["planes"], ["perm": [0, 3, 1, 2]])
    model.add("Conv", ["planes", "w"], ["c"], ["pads": [1, 1, 1, 1]])
    model.add("Transpose", ["c"], ["first"], ["perm": [0, 2, 3, 1]])
    model.add("Tanh", ["first"], ["features"])
    model.add("ReduceMean", ["features"], ["pooled"], ["axes": [1, 2], "keepdims": 0])
    model.add("MatMul", ["pooled", "head"], ["scores"])
    model.addOutput("scores")
    return model
  }

  private static func addWeights(_ model: inout ONNXModel) {
    model.constant("w", [6, 3, 3, 3], (0..<162).map { Float($0 * 31 % 17) / 17 - 0.5 })
    model.constant("head", [6, 4], (0..<24).map { Float($0 * 13 % 11) / 11 - 0.5 })
  }
}
