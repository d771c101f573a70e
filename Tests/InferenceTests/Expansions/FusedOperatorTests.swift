import ModelTestSupport
import RandomTestSupport
import Testing

@testable import Inference

/// Fused operators of ONNX Runtime against the operators that they were fused from.
@Suite struct FusedOperatorTests {
  @Test(
    arguments: [
      ("LeakyRelu", [0.3], ["alpha": 0.3]),
      ("HardSigmoid", [0.1, 0.6], ["alpha": 0.1, "beta": 0.6]),
      ("Clip", [-0.2, 0.4], ["min": -0.2, "max": 0.4]), ("Relu", [], [:]),
    ] as [(String, [Float], [String: Float])])
  func parametersOfActivationsAreRead(
    activation: String, given: [Float], named: [String: Float]
  ) throws {
    var numbers = SeededNumbers(test: "FusedConv \(activation)")
    var model = ONNXModel(opset: 10, input: [1, 2, 3, 3])
    model.constant("w", [2, 2, 3, 3], numbers.floats(36))
    model.constant("b", [2], numbers.floats(2))
    model.add(
      "FusedConv", ["x", "w", "b", "x"], ["y"],
      [
        "activation": .text(activation), "activation_params": .floats(given),
        "pads": [1, 1, 1, 1],
      ], domain: "com.microsoft")
    model.add("Conv", ["x", "w", "b"], ["c"], ["pads": [1, 1, 1, 1]])
    model.add("Add", ["c", "x"], ["s"])
    model.add(activation, ["s"], ["z"], named.mapValues { .float($0) })
    model.addOutput("y")
    model.addOutput("z")
    let found = try PlannedNetwork(model, inputShape: [1, 2, 3, 3])
      .run(numbers.floats(18), results: ["y", "z"])
    expectEqual(found[0].floats, found[1].floats, tolerance: 1e-6)
  }

  @Test func unknownActivationsAreRefused() {
    var model = ONNXModel(input: [1, 2])
    model.constant("w", [2, 2], [1, 0, 0, 1])
    model.add(
      "FusedGemm", ["x", "w"], ["y"], ["activation": "Sinus"], domain: "com.microsoft")
    model.addOutput("y")
    expectRefusal("unsupportedAttribute", "Sinus") { _ = try model.graph() }
  }

  /// Weights in blocks of 8: of output channels alone where the input has fewer channels, else of both.
  @Test(arguments: [(3, 8), (8, 8), (16, 24)])
  func blockedWeightsArePutBackInOrder(channels: Int, filters: Int) throws {
    var numbers = SeededNumbers(test: "nchwc \(channels)")
    let shape = [filters, channels, 2, 2]
    let weights = numbers.floats(elementCount(shape))
    let inBlock = channels < 8 ? 1 : 8
    var blocked = weights
    for filter in 0..<filters {
      for channel in 0..<channels {
        for tap in 0..<4 {
          let group = filter / 8 * (channels / inBlock) + channel / inBlock
          let place = ((group * 4 + tap) * inBlock + channel % inBlock) * 8 + filter % 8
          blocked[place] = weights[(filter * channels + channel) * 4 + tap]
        }
      }
    }
    var model = ONNXModel(input: [1, channels, 3, 3])
    model.constant("w", shape, weights)
    model.constant("v", shape, blocked)
    // A number of filters that no block of 16 divides tells the size of the blocks.
    model.constant("other", [8, 3, 1, 1], numbers.floats(24))
    model.add("Slice", ["x"], ["three"], ["axes": [1], "starts": [0], "ends": [3]])
    model.add("Conv", ["three", "other"], ["unused"], domain: "com.microsoft.nchwc")
    model.add("Conv", ["x", "v"], ["y"], domain: "com.microsoft.nchwc")
    model.add("Conv", ["x", "w"], ["z"])
    model.addOutput("y")
    model.addOutput("z")
    let input = [1, channels, 3, 3]
    let found = try PlannedNetwork(model, inputShape: input)
      .run(numbers.floats(elementCount(input)), results: ["y", "z"])
    expectEqual(found[0].floats, found[1].floats, tolerance: 1e-6)
  }
}
