import ModelTestSupport
import Testing

@testable import Inference

/// Where finite differences at random numbers say nothing.
@Suite struct ProductGradientTests {
  /// Beside a factor of 0 only that one has a gradient; beside two, none.
  @Test(
    arguments: [
      ([2, 0, 3, 4], [0, 24, 0, 0]), ([2, 0, 0, 4], [0, 0, 0, 0]), ([2, 1, 3, 4], [12, 24, 8, 6]),
    ] as [([Float], [Float])])
  func zeroFactors(x: [Float], gradient: [Float]) throws {
    var model = ONNXModel(input: [1, 4])
    model.add("ReduceProd", ["x"], ["y"], ["axes": [1]])
    model.addOutput("y")
    let network = try PlannedNetwork(model, inputShape: [1, 4])
    let plan = try network.plan(results: ["y"], gradientWith: "x")
    try plan.run { _ = $0.update(fromContentsOf: x) }
    #expect(Array(try plan.runGradient(ofScore: 0)) == gradient)
  }
}
