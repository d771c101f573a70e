import ModelTestSupport
import Testing

@testable import Inference

/// Graphs of many nodes, inputs and channels: time grows with their size, not with its square.
@Suite struct LargeGraphTests {
  /// Long enough that something quadratic would take minutes.
  private static let length = 20_000

  @Test func aLongChainInTheWorstOrder() throws {
    var model = ONNXModel(input: [1, 2])
    for index in (0..<Self.length).reversed() {
      model.add(
        "Identity", [index == 0 ? "x" : "v\(index)"],
        [index == Self.length - 1 ? "y" : "v\(index + 1)"])
    }
    model.addOutput("y")
    let result = try PlannedNetwork(model, inputShape: [1, 2]).run([3, 4], results: ["y"])[0]
    #expect(result.floats == [3, 4])
  }

  @Test func manyPartsAreJoined() throws {
    var model = ONNXModel(input: [1, 2])
    model.add("Relu", ["x"], ["r"])
    model.add("Concat", (0..<Self.length).map { $0 % 2 == 0 ? "x" : "r" }, ["y"], ["axis": 1])
    model.addOutput("y")
    let result = try PlannedNetwork(model, inputShape: [1, 2]).run([-3, 4], results: ["y"])[0]
    #expect(result.shape == [1, 2 * Self.length])
    #expect(Array(result.floats.suffix(4)) == [-3, 4, 0, 4])
  }

  @Test func aCycleAmongManyNodesIsRefused() {
    expectRefusal("malformed", "cycle") {
      var model = ONNXModel(input: [1, 2])
      for index in 0..<Self.length {
        model.add("Add", ["x", "v\((index + 1) % Self.length)"], ["v\(index)"])
      }
      model.addOutput("v0")
      _ = try model.graph()
    }
  }
}
