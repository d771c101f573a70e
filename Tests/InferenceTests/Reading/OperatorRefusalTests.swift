import ModelTestSupport
import ONNXProto
import Testing

@testable import Inference

/// What a file says wrongly of an operator is refused, not guessed and no crash.
@Suite struct OperatorRefusalTests {
  @Test func anAttributeOfAnotherTypeIsNotReadAsZero() {
    expectRefusal(of: [1, 4], saying: ["alpha", "INT", "FLOAT"]) { model in
      model.add("LeakyRelu", ["x"], ["y"], ["alpha": .integer(1)])
    }
  }

  @Test func padsBeyondEveryTensor() {
    expectRefusal(of: [1, 2], opset: 10, saying: ["pads"]) { model in
      model.add("Pad", ["x"], ["y"], ["pads": .integers([0, .max, 0, 0])])
    }
    expectRefusal(of: [1, 2], opset: 10, saying: ["pads"]) { model in
      model.add("Pad", ["x"], ["y"], ["pads": .integers([0, .min, 0, 0])])
    }
  }

  @Test func paddingWithWhatANetworkComputes() {
    expectRefusal(of: [1, 2], saying: ["pads with", "constant"]) { model in
      model.constant("pads", integers: [0, 1, 0, 0])
      model.add("ReduceMax", ["x"], ["fill"], ["keepdims": 0])
      model.add("Pad", ["x", "pads", "fill"], ["y"])
    }
  }

  @Test func groupsWhoseProductOverflows() {
    expectRefusal(of: [1, 3, 4, 4], saying: ["groups"]) { model in
      model.proto.graph.initializer.append(
        ONNXModel.tensor("weight", [0, 1 << 33, 1, 1], []))
      model.add("Conv", ["x", "weight"], ["y"], ["group": .integer((1 << 31) - 1)])
    }
  }

  @Test func aKernelShapeThatContradictsTheWeights() {
    expectRefusal(of: [1, 3, 4, 4], saying: ["kernel_shape", "[3, 3]"]) { model in
      model.constant("weight", [2, 3, 2, 2], Array(repeating: 1, count: 24))
      model.add("Conv", ["x", "weight"], ["y"], ["kernel_shape": [3, 3]])
    }
  }

  @Test func trainingModeOfAnotherBatch() {
    expectRefusal(of: [2, 3, 2, 2], openBatch: true, saying: ["training mode", "model.eval()"]) {
      model in
      for name in ["a", "b"] { model.constant(name, [3], [1, 1, 1]) }
      model.add(
        "BatchNormalization", ["x", "a", "b", "b", "a"], ["y", "m", "v"], ["training_mode": 1])
    }
  }

  /// The sentence must hold all the words.
  private func expectRefusal(
    of shape: [Int], opset: Int = 17, openBatch: Bool = false, saying words: [String],
    _ build: (inout ONNXModel) -> Void, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var model =
      openBatch
      ? ONNXModel(opset: opset, openBatchOf: shape) : ONNXModel(opset: opset, input: shape)
    build(&model)
    model.addOutput("y")
    do {
      let network = try PlannedNetwork(model, inputShape: shape)
      _ = try network.plan(results: ["y"])
      Issue.record("nothing was refused", sourceLocation: sourceLocation)
    } catch {
      let text = "\(error)"
      for word in words {
        #expect(text.contains(word), "\(text)", sourceLocation: sourceLocation)
      }
    }
  }
}
