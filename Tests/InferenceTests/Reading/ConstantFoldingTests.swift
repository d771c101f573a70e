import ModelTestSupport
import Testing

@testable import Inference

/// Constants are computed while the graph is read, whatever they are made of.
@Suite struct ConstantFoldingTests {
  /// Weight standardisation (Qiao et al. 2019): the kernels of a convolution, normalised.
  @Test func standardizedWeights() throws {
    var model = ONNXModel(input: [1, 1, 2, 2])
    model.constant("weight", [2, 1, 1, 2], [1, 3, -2, 4])
    model.add("ReduceMean", ["weight"], ["mean"], ["axes": [1, 2, 3]])
    model.add("Sub", ["weight", "mean"], ["centred"])
    model.add("ReduceL2", ["centred"], ["norm"], ["axes": [1, 2, 3]])
    model.add("Div", ["centred", "norm"], ["kernel"])
    model.add("Conv", ["x", "kernel"], ["y"])
    model.addOutput("y")
    let graph = try model.graph()
    #expect(graph.nodes.map(\.type) == ["Conv"])
    let kernel = try #require(graph.constants.values.first { $0.shape == [2, 1, 1, 2] })
    expectEqual(kernel.floats, [-0.5, 0.5, -0.5, 0.5].map { $0 * Float(2).squareRoot() })
  }

  /// Integers stay integers, exact beyond what float32 holds, and divide towards zero.
  @Test func integers() throws {
    var model = ONNXModel(input: [1])
    model.constant("a", integers: [-7, 1 << 40, 5])
    model.constant("b", integers: [2, 3, -3])
    for (index, type) in ["Div", "Mod", "Max", "Pow", "Mul"].enumerated() {
      model.add(type, ["a", "b"], ["y\(index)"])
      model.addOutput("y\(index)")
    }
    model.add("ReduceProd", ["b"], ["y5"], ["keepdims": 0])
    model.add("Neg", ["a"], ["y6"])
    model.constant("high", integers: [6], shape: [])
    model.add("Clip", ["a", "", "high"], ["y7"])
    model.constant("axis", integers: [0], shape: [])
    model.add("CumSum", ["b", "axis"], ["y8"])
    for index in 5...8 { model.addOutput("y\(index)") }
    model.add("Abs", ["x"], ["z"])
    let graph = try model.graph()
    let values = graph.outputs.map { graph.constants[$0]?.integers }
    #expect(values[0] == [-3, (1 << 40) / 3, -1])
    #expect(values[1] == [1, (1 << 40) % 3, -1])
    #expect(values[2] == [2, 1 << 40, 5])
    #expect(values[3] == nil, "2^120 and 5^-3 are no 64-bit integers")
    #expect(values[4] == [-14, 3 << 40, -15])
    #expect(values[5] == [-18])
    #expect(values[6] == [7, -(1 << 40), -5])
    #expect(values[7] == [-7, 6, 5])
    #expect(values[8] == [2, 5, 2])
  }
}
