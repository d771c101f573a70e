import ONNXProto
import Testing

@testable import Inference

/// What a file tells of the image that its network takes.
@Suite struct InputLayoutTests {
  /// A network whose first convolution takes `channels`, behind the nodes that `before` adds: it is given the
  /// model and gives the name of the value that the convolution reads.
  private func network(
    _ input: [Int?], channels: Int = 3, before: (inout ONNXModel) -> String = { _ in "x" }
  ) -> ONNXModel {
    var model = ONNXModel(input: input)
    let source = before(&model)
    let weights = (0..<4 * channels * 9).map { Float($0 * 31 % 17) / 17 - 0.5 }
    model.constant("w", [4, channels, 3, 3], weights)
    model.constant("head", [4, 5], (0..<20).map { Float($0 * 13 % 11) / 11 - 0.5 })
    model.add("Conv", [source, "w"], ["features"], ["pads": [1, 1, 1, 1]])
    model.add("GlobalAveragePool", ["features"], ["pooled"])
    model.add("Flatten", ["pooled"], ["flat"])
    model.add("MatMul", ["flat", "head"], ["scores"])
    model.addOutput("scores")
    return model
  }

  private static func planes(_ model: inout ONNXModel) -> String {
    model.add("Transpose", ["x"], ["planes"], ["perm": [0, 3, 1, 2]])
    return "planes"
  }

  @Test(
    arguments: [
      ([nil, 3, 8, 9], 3, 8, 9), ([nil, 1, 8, 9], 1, 8, 9), ([nil, nil, nil, nil], 3, nil, nil),
      ([nil, nil, nil, nil], 1, nil, nil), ([nil, 3, nil, 7], 3, nil, 7), ([], 3, nil, nil),
    ] as [([Int?], Int, Int?, Int?)])
  func channelsFirst(input: [Int?], channels: Int, height: Int?, width: Int?) throws {
    let layout = try network(input, channels: channels).graph().inputLayout()
    #expect(!layout.isChannelsLast && layout.channels == channels)
    #expect(layout.height == height && layout.width == width)
  }

  @Test(
    arguments: [
      ([nil, 8, 9, 3], 3, 8, 9), ([nil, 8, 9, 1], 1, 8, 9), ([nil, nil, nil, nil], 3, nil, nil),
      ([nil, nil, nil, nil], 1, nil, nil), ([1, 8, nil, nil], 3, 8, nil),
    ] as [([Int?], Int, Int?, Int?)])
  func channelsLast(input: [Int?], channels: Int, height: Int?, width: Int?) throws {
    let layout = try network(input, channels: channels, before: Self.planes).graph().inputLayout()
    #expect(layout.isChannelsLast && layout.channels == channels)
    #expect(layout.height == height && layout.width == width)
  }

  @Test func otherChannelsAreNamed() {
    for (input, channels) in [([nil, 4, 8, 8], 4), ([nil, nil, nil, nil], 6)] as [([Int?], Int)] {
      expectRefusal("unsupported", "x", "\(channels) channels") {
        _ = try network(input, channels: channels).graph().inputLayout()
      }
    }
    expectRefusal("unsupported", "x", "4 channels") {
      _ = try network([nil, 8, 8, 4], channels: 4, before: Self.planes).graph().inputLayout()
    }
  }

  @Test(arguments: [1, 2, 6, 7, 10, 11])
  func typesThatHoldABytesPixelAreRead(type: Int32) throws {
    var model = network([nil, 3, 8, 8]) { model in
      model.add("Cast", ["x"], ["real"], ["to": 1])
      return "real"
    }
    model.proto.graph.input[0].type.tensorType.elemType = type
    let layout = try model.graph().inputLayout()
    #expect(layout.values == ([2, 6, 7].contains(type) ? .integers : .unknown))
    #expect(try NetworkStructure(try model.graph()).scoreCount == 5)
  }

  @Test func otherTypesAreNamed() throws {
    for type: Int32 in [3, 9] {
      var model = network([nil, 3, 8, 8])
      model.proto.graph.input[0].type.tensorType.elemType = type
      expectRefusal("unsupported", "x", "uint8") { _ = try model.graph() }
    }
  }

  @Test func integersAreNotComputedWith() throws {
    var model = network([nil, 3, 8, 8]) { model in
      model.constant("two", [], [2])
      model.add("Div", ["x", "two"], ["half"], name: "halving")
      return "half"
    }
    model.proto.graph.input[0].type.tensorType.elemType = 2
    expectRefusal("unsupported", "integers", "halving", "Cast") {
      _ = try model.graph().inputLayout()
    }
  }

  @Test(
    arguments: [
      ("Mul", 1 / 127.5, "Sub", 1, .byteRange), ("Div", 255, "Add", 0, .byteRange),
      ("Sub", 103.9, "Mul", 1, .byteRange), ("Sub", 0.485, "Div", 0.229, .unitRange),
      ("Mul", 2, "Sub", 1, .unitRange), ("Mul", 1, "Add", 0, .unknown),
      ("Mul", 0.5, "Add", 0.5, .unknown),
    ] as [(String, Float, String, Float, InputLayout.Values)])
  func theFirstArithmeticTellsTheRange(
    first: String, number: Float, second: String, other: Float, values: InputLayout.Values
  ) throws {
    let model = network([nil, 8, 8, 3]) { model in
      model.constant("a", [1], [number])
      model.constant("b", [1], [other])
      model.add(first, ["x", "a"], ["once"])
      model.add(second, ["once", "b"], ["twice"])
      model.add("Transpose", ["twice"], ["planes"], ["perm": [0, 3, 1, 2]])
      return "planes"
    }
    #expect(try model.graph().inputLayout().values == values)
  }

  /// One image without a batch axis gives what the same network gives with one, also for several images.
  @Test func aMissingBatchAxisIsAdded() throws {
    let alone = network([3, 8, 9]) { model in
      model.constant("axis", integers: [0])
      model.add("Unsqueeze", ["x", "axis"], ["batched"])
      return "batched"
    }
    let graph = try alone.graph()
    #expect(graph.name(of: graph.input) == "x")
    let one = try Executor(try NetworkStructure(graph))
    let other = try Executor(try NetworkStructure(try network([nil, 3, 8, 9]).graph()))
    let images = (0..<2 * 216).map { Float($0 * 7 % 23) / 23 }
    let scores = try one.scores(batch: 2) { _ = $0.update(fromContentsOf: images) }
    let expected = try other.scores(batch: 2) { _ = $0.update(fromContentsOf: images) }
    #expect(scores == expected)
  }

  @Test func threeAxesWithoutThatStepAreNamed() {
    expectRefusal("unsupported", "x", "3 axes", "batch") {
      _ = try network([nil, 1, 8]) { model in
        model.constant("axis", integers: [3])
        model.add("Unsqueeze", ["x", "axis"], ["wide"])
        return "wide"
      }.graph().inputLayout()
    }
  }
}
