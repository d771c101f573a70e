import ModelTestSupport
import RandomTestSupport
import Testing

@testable import Inference

/// Files written for one image give every image of a batch what it gets alone.
@Suite struct BatchTests {
  struct Network: CustomTestStringConvertible {
    var name: String
    /// Whether its operators can be run on several images at once.
    var keepsImagesApart: Bool
    var build: @Sendable (inout ONNXModel, inout SeededNumbers) -> Void

    var testDescription: String { name }
  }

  /// From `x`, `[1, 3, 4, 4]`, to `y`, `[1, 5]`.
  static let networks: [Network] = [
    Network(name: "a class token before the tokens", keepsImagesApart: true) { model, numbers in
      model.constant("token", [1, 1, 3], numbers.floats(3))
      model.constant("shape", integers: [1, 3, 16])
      model.add("Reshape", ["x", "shape"], ["r"])
      model.add("Transpose", ["r"], ["t"], ["perm": [0, 2, 1]])
      model.add("Concat", ["token", "t"], ["tokens"], ["axis": 1])
      model.add("Softmax", ["tokens"], ["s"], ["axis": 1])
      model.constant("first", integers: [0], shape: [])
      model.add("Gather", ["s", "first"], ["y3"], ["axis": 1])
      classify(&model, &numbers)
    },
    Network(name: "the batch as the second axis", keepsImagesApart: true) { model, numbers in
      model.constant("shape", integers: [1, 3, 16])
      model.constant("heads", integers: [16, 3, 1])
      model.constant("back", integers: [16, 1, 3])
      model.add("Reshape", ["x", "shape"], ["r"])
      model.add("Transpose", ["r"], ["t"], ["perm": [2, 0, 1]])
      model.add("Reshape", ["t", "heads"], ["h"])
      model.add("Softmax", ["h"], ["s"], ["axis": 0])
      model.add("Reshape", ["s", "back"], ["b"])
      model.constant("last", integers: [15], shape: [])
      model.add("Gather", ["b", "last"], ["y3"], ["axis": 0])
      classify(&model, &numbers)
    },
    Network(name: "windows, their number in the file", keepsImagesApart: true) { model, numbers in
      model.constant("split", integers: [1, 3, 2, 2, 2, 2])
      model.constant("windows", integers: [4, 4, 3])
      model.constant("joined", integers: [1, 4, 12])
      model.add("Reshape", ["x", "split"], ["r"])
      model.add("Transpose", ["r"], ["t"], ["perm": [0, 2, 4, 3, 5, 1]])
      model.add("Reshape", ["t", "windows"], ["w"])
      model.add("Softmax", ["w"], ["s"], ["axis": 1])
      model.add("Reshape", ["s", "joined"], ["j"])
      model.constant("columns", integers: [0, 5, 7])
      model.constant("second", integers: [2], shape: [])
      model.add("Gather", ["j", "columns"], ["k"], ["axis": 2])
      model.add("Gather", ["k", "second"], ["y3"], ["axis": 1])
      classify(&model, &numbers)
    },
    Network(name: "an axis of one image is dropped", keepsImagesApart: false) { model, numbers in
      model.constant("front", integers: [0])
      model.constant("axes", integers: [1, 2])
      model.add("Squeeze", ["x", "front"], ["r"])
      model.add("ReduceMax", ["r"], ["m"], ["axes": [1, 2], "keepdims": 0])
      model.add("Unsqueeze", ["m", "front"], ["y3"])
      classify(&model, &numbers)
    },
    Network(name: "images that are mixed", keepsImagesApart: false) { model, numbers in
      model.add("ReduceMax", ["x"], ["m"], ["axes": [2, 3], "keepdims": 0])
      model.add("Softmax", ["m"], ["y3"], ["axis": 0])
      model.add("Mul", ["y3", "m"], ["y4"])
      classify(&model, &numbers, from: "y4")
    },
  ]

  private static func classify(
    _ model: inout ONNXModel, _ numbers: inout SeededNumbers, from features: String = "y3"
  ) {
    model.constant("weights", [3, 5], numbers.floats(15))
    model.add("MatMul", [features, "weights"], ["y"])
    model.addOutput("y")
  }

  @Test(arguments: networks)
  func equalsSingleImages(network: Network) throws {
    var numbers = SeededNumbers(test: network.name)
    var model = ONNXModel(input: [1, 3, 4, 4])
    network.build(&model, &numbers)
    let executor = try Executor(try NetworkStructure(try model.graph()))
    let images = (0..<3).map { _ in numbers.floats(48, in: -2...2) }
    let together = try executor.scores(batch: 3) { _ = $0.update(fromContentsOf: images.joined()) }
    let alone = try images.flatMap { image in
      try executor.scores(batch: 1) { _ = $0.update(fromContentsOf: image) }
    }
    expectEqual(together, alone)
    let trial = BatchTrial(executor.structure, imageShape: [1, 3, 4, 4])
    #expect(((try? trial.passes(executor.plan)) ?? false) == network.keepsImagesApart)
  }
}
