import Testing

@testable import Inference

/// Rounding to narrower types.
@Suite struct CastTests {
  @Test(
    arguments: [
      (10, [2049, 0.1, -65519], [2048, 0.0999755859375, -65504]),
      (16, [257, 0.1, -3.0e38], [256, 0.10009765625, -3.0040553e38]),
      (1, [2049, 0.1, -65519], [2049, 0.1, -65519]), (6, [2.9, -2.9, 0], [2, -2, 0]),
      (9, [2.9, -2.9, 0], [1, 1, 0]),
    ] as [(Int, [Float], [Float])])
  func activationsAndConstantsAreRounded(type: Int, values: [Float], expected: [Float]) throws {
    var model = ONNXModel(input: [1, 3])
    model.add("Cast", ["x"], ["y"], ["to": .integer(type)])
    model.add("Cast", [model.constant("c", [1, 3], values)], ["d"], ["to": .integer(type)])
    model.addOutput("y")
    model.addOutput("d")
    let found = try PlannedNetwork(model, inputShape: [1, 3]).run(values, results: ["y", "d"])
    expectEqual(found[0].floats, expected, tolerance: 1e-7)
    expectEqual(found[1].floats, expected, tolerance: 1e-7)
  }
}
