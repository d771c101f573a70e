import ONNXProto
import Testing

@testable import Inference

/// What is only known once the shape of the input is.
@Suite struct ShapeInferenceTests {
  private static func refuse(
    _ words: String, _ input: [Int], sourceLocation: SourceLocation = #_sourceLocation,
    _ build: (inout ONNXModel) -> Void
  ) {
    expectRefusal("invalidNode", "Node y", words, sourceLocation: sourceLocation) {
      var model = ONNXModel(input: input)
      build(&model)
      model.addOutput("y")
      _ = try PlannedNetwork(model, inputShape: input)
    }
  }

  @Test func inputsThatDoNotFitAreRefused() {
    Self.refuse("5 channels", [1, 5, 4, 4]) {
      $0.constant("w", [2, 3, 3, 3], Array(repeating: 1, count: 54))
      $0.add("Conv", ["x", "w"], ["y"])
    }
    Self.refuse("window", [1, 3, 2, 2]) {
      $0.constant("w", [2, 3, 3, 3], Array(repeating: 1, count: 54))
      $0.add("Conv", ["x", "w"], ["y"])
    }
    Self.refuse("4 features", [1, 4]) {
      $0.constant("w", [5, 2], Array(repeating: 1, count: 10))
      $0.add("Gemm", ["x", "w"], ["y"])
    }
    Self.refuse("7", [1, 6]) {
      $0.constant("shape", integers: [1, 7])
      $0.add("Reshape", ["x", "shape"], ["y"])
    }
    Self.refuse("fit each other", [1, 6]) {
      $0.constant("c", [5], Array(repeating: 1, count: 5))
      $0.add("Add", ["x", "c"], ["y"])
    }
    Self.refuse("axis 3", [1, 6]) { $0.add("Concat", ["x", "x"], ["y"], ["axis": 3]) }
  }

  @Test func whatMustBeConstantIsNamed() {
    Self.refuse("bound must be one number", [1, 4]) {
      $0.add("Abs", ["x"], ["bound"])
      $0.add("Clip", ["x", "", "bound"], ["y"])
    }
  }

  @Test func impossibleShapesAreRefused() {
    Self.refuse("shape", [1, 1]) {
      $0.constant("shape", integers: [1 << 40, 1 << 40])
      $0.add("Expand", ["x", "shape"], ["y"])
    }
    Self.refuse("shape", [1, 4]) {
      $0.constant("shape", integers: [1 << 62, 4])
      $0.add("Reshape", ["x", "shape"], ["y"])
    }
    Self.refuse("shape", [1, 4]) {
      $0.constant("pads", integers: [0, Int.max, 0, Int.max])
      $0.add("Pad", ["x", "pads"], ["y"])
    }
  }

  @Test func moreOutputsThanPartsOrFewerAreRefused() {
    Self.refuse("parts", [1, 6]) {
      $0.constant("sizes", integers: [2, 2, 2])
      $0.add("Split", ["x", "sizes"], ["y", "z"], ["axis": 1])
    }
    Self.refuse("parts", [1, 6]) {
      $0.constant("sizes", integers: [3, 3])
      $0.add("Split", ["x", "sizes"], ["y", "z", "u"], ["axis": 1])
    }
  }

  /// A file written for one image, with that batch size in a reshape, runs at any.
  @Test func aFixedBatchRunsAtAnother() throws {
    var model = ONNXModel(input: [1, 3, 4, 4])
    model.constant("shape", integers: [1, 12])
    model.constant("w", [12, 5], (0..<60).map { Float($0 % 7) - 3 })
    model.add("MaxPool", ["x"], ["p"], ["kernel_shape": [2, 2], "strides": [2, 2]])
    model.add("Reshape", ["p", "shape"], ["r"])
    model.add("Gemm", ["r", "w"], ["y"])
    model.addOutput("y")
    let graph = try model.graph()
    let input = (0..<4 * 48).map { Float($0 * 37 % 101) / 101 }
    let batch = try PlannedNetwork(graph, inputShape: [4, 3, 4, 4]).run(input, results: ["y"])[0]
    #expect(batch.shape == [4, 5])
    for image in 0..<4 {
      let single = try PlannedNetwork(graph, inputShape: [1, 3, 4, 4]).run(
        Array(input[image * 48..<image * 48 + 48]), results: ["y"])[0]
      expectEqual(Array(batch.floats[image * 5..<image * 5 + 5]), single.floats)
    }
  }
}
