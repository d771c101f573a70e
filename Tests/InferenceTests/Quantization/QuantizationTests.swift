import ModelTestSupport
import RandomTestSupport
import Testing

@testable import Inference

/// Quantised networks against plain loops that follow the ONNX specification.
@Suite struct QuantizationTests {
  /// `saturate(round(x / scale) + zero)` and back.
  private static func grid(
    _ x: Float, _ scale: Float, _ zero: Float, _ low: Float, _ high: Float
  ) -> Float {
    (min(max((x / scale).rounded(.toNearestOrEven) + zero, low), high) - zero) * scale
  }

  static let types: [(type: ElementType, low: Float, high: Float)] = [
    (.int8, -128, 127), (.uint8, 0, 255), (.int16, -32768, 32767), (.uint16, 0, 65535),
  ]

  /// The output is a layer's real numbers under the name of its integers, rounded, and cut off at both ends.
  @Test(arguments: types.indices)
  func quantizingRoundsAndSaturates(index: Int) throws {
    let (type, low, high) = Self.types[index]
    let zero: Float = type == .uint8 || type == .uint16 ? 100 : -3
    var model = ONNXModel(opset: 21, input: [1, 8])
    model.constant("scale", [], [0.25])
    model.constant("zero", type, [], [Int(zero)])
    model.add("QuantizeLinear", ["x", "scale", "zero"], ["q"])
    model.add("DequantizeLinear", ["q", "scale", "zero"], ["y"])
    model.addOutput("y")
    let x: [Float] = [0.125, 0.375, -0.125, 0.3, -1e6, 1e6, 7, 0]
    let network = try PlannedNetwork(model, inputShape: [1, 8])
    let expected = x.map { Self.grid($0, 0.25, zero, low, high) }
    #expect(try network.run(x, results: ["y"])[0].floats == expected)
    #expect(try network.run(x, results: ["q"])[0].floats == expected)
  }

  /// Straight through where the rounded value is within the range, 0 where it was cut off.
  @Test(arguments: ["q", "y"])
  func gradientIsZeroWhereTheValueWasCutOff(output: String) throws {
    var model = ONNXModel(input: [1, 4])
    model.constant("scale", [], [0.1])
    model.constant("zero", .int8, [], [-128])
    model.add("QuantizeLinear", ["x", "scale", "zero"], ["q"])
    model.add("DequantizeLinear", ["q", "scale", "zero"], ["y"])
    model.addOutput(output)
    let plan = try PlannedNetwork(model, inputShape: [1, 4])
      .plan(results: [output], gradientWith: "x")
    try plan.run { _ = $0.update(fromContentsOf: [-0.3, 0.3, 25.4, 26]) }
    let gradients = try (0..<4).map { Array(try plan.runGradient(ofScore: $0)) }
    #expect(gradients == [[0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]])
  }

  /// Every reader of a quantised value undoes the quantisation by a node of its own: the gradient is all of it.
  @Test func severalReadersOfAQuantizedValueAddUp() throws {
    var model = ONNXModel(input: [1, 3])
    model.constant("scale", [], [0.5])
    model.constant("zero", .uint8, [], [10])
    model.add("QuantizeLinear", ["x", "scale", "zero"], ["q"])
    model.add("DequantizeLinear", ["q", "scale", "zero"], ["a"])
    model.add("DequantizeLinear", ["q", "scale", "zero"], ["b"])
    model.add("Add", ["a", "b"], ["y"])
    model.addOutput("y")
    let plan = try PlannedNetwork(model, inputShape: [1, 3])
      .plan(results: ["y"], gradientWith: "q")
    try plan.run { _ = $0.update(fromContentsOf: [1, 2, 3]) }
    #expect(Array(try plan.runGradient(ofScore: 1)) == [0, 2, 0])
  }

  /// Who computes with the integers is given the integers.
  @Test func integersAreGivenToThoseWhoComputeWithThem() throws {
    var model = ONNXModel(input: [1, 3])
    model.constant("scale", [], [0.5])
    model.constant("zero", .uint8, [], [10])
    model.add("QuantizeLinear", ["x", "scale", "zero"], ["q"])
    model.add("Reshape", ["q", model.constant("shape", integers: [3, 1])], ["r"])
    model.add("Cast", ["r"], ["y"], ["to": 1])
    model.addOutput("y")
    let network = try PlannedNetwork(model, inputShape: [1, 3])
    #expect(try network.run([1, -9, 3.3], results: ["y"])[0].floats == [12, 0, 17])
  }

  /// A scale for each place of an axis, and one for each block along it.
  @Test func scalesOfAnAxisAndOfBlocksAreTheirOwn() throws {
    var model = ONNXModel(opset: 21, input: [1, 2])
    model.constant("q", .int8, [2, 4], [1, 2, 3, 4, 5, 6, 7, 8])
    model.constant("rows", [2], [1, 10])
    model.constant("columns", [4], [1, 2, 3, 4])
    model.constant("blocks", [2, 2], [1, 10, 100, 1000])
    model.constant("zeros", .int8, [2, 2], [1, 0, 0, 2])
    model.add("DequantizeLinear", ["q", "rows"], ["a"], ["axis": 0])
    model.add("DequantizeLinear", ["q", "columns"], ["b"], ["axis": -1])
    model.add(
      "DequantizeLinear", ["q", "blocks", "zeros"], ["c"], ["axis": 1, "block_size": 2])
    for name in ["a", "b", "c"] { model.addOutput(name) }
    model.add("Relu", ["x"], ["y"])
    let network = try PlannedNetwork(model, inputShape: [1, 2])
    let found = try network.run([0, 0], results: ["a", "b", "c"]).map(\.floats)
    #expect(found[0] == [1, 2, 3, 4, 50, 60, 70, 80])
    #expect(found[1] == [1, 4, 9, 16, 5, 12, 21, 32])
    #expect(found[2] == [0, 1, 30, 40, 500, 600, 5000, 6000])
  }

  /// `QLinearConv` of one tap: integers, their product, and what is written back.
  @Test func quantizedConvolutionFollowsItsIntegers() throws {
    var numbers = SeededNumbers(test: "QLinearConv")
    let x = (0..<12).map { _ in numbers.integer(0...255) }
    let weights = (0..<6).map { _ in numbers.integer(-127...127) }
    let bias = [40, -900]
    var model = ONNXModel(input: [1, 3, 2, 2])
    model.constant("xs", [], [0.02])
    model.constant("xz", .uint8, [], [120])
    model.constant("w", .int8, [2, 3, 1, 1], weights)
    model.constant("ws", [2], [0.01, 0.03])
    model.constant("wz", .int8, [2], [0, 0])
    model.constant("ys", [], [0.05])
    model.constant("yz", .uint8, [], [90])
    model.constant("bias", .int32, [2], bias)
    model.add("QuantizeLinear", ["x", "xs", "xz"], ["q"])
    model.add(
      "QLinearConv", ["q", "xs", "xz", "w", "ws", "wz", "ys", "yz", "bias"], ["y"])
    model.addOutput("y")
    let found = try PlannedNetwork(model, inputShape: [1, 3, 2, 2])
      .run(x.map { Float($0 - 120) * 0.02 }, results: ["y"])[0].floats
    for filter in 0..<2 {
      for place in 0..<4 {
        let sum = (0..<3).reduce(bias[filter]) {
          $0 + weights[filter * 3 + $1] * (x[$1 * 4 + place] - 120)
        }
        let scale: Double = filter == 0 ? 0.0002 : 0.0006
        let integer = min(max((Double(sum) * scale / 0.05).rounded(.toNearestOrEven) + 90, 0), 255)
        let expected = Float((integer - 90) * 0.05)
        // A sum just between two integers may be rounded either way.
        #expect(abs(found[filter * 4 + place] - expected) < 0.0501)
      }
    }
  }

  /// `scale = (max - min) / 255` of every image alone, whatever stands beside it in a batch.
  @Test func dynamicQuantizationKnowsOneImageAtATime() throws {
    var model = ONNXModel(openBatchOf: [1, 4])
    model.add("DynamicQuantizeLinear", ["x"], ["q", "scale", "zero"])
    model.add("DequantizeLinear", ["q", "scale", "zero"], ["y"])
    model.addOutput("y")
    let images: [[Float]] = [[0.1, 0.7, -0.2, 0.31], [3, 40, 11, 5], [0, 0, 0, 0]]
    let alone = try images.map {
      try PlannedNetwork(model, inputShape: [1, 4]).run($0, results: ["y"])[0].floats
    }
    let together = try PlannedNetwork(model, inputShape: [3, 4])
      .run(images.flatMap { $0 }, results: ["y"])[0].floats
    #expect(together == alone.flatMap { $0 })
    let scale: Float = 0.9 / 255
    let zero = (0.2 / scale).rounded(.toNearestOrEven)
    expectEqual(alone[0], images[0].map { Self.grid($0, scale, zero, 0, 255) }, tolerance: 1e-6)
  }

  /// 4-bit weights in blocks: two elements a byte, scales and packed zero points a block.
  @Test func weightsOfFourBitsAreUnpacked() throws {
    var model = ONNXModel(input: [1, 3])
    model.constant("b", .uint8, [2, 2, 1], [0x21, 0x03, 0xFE, 0x0D])
    model.constant("scales", [4], [1, 2, 10, 20])
    model.constant("zeros", .uint8, [2, 1], [0x10, 0x32])
    model.add(
      "MatMulNBits", ["x", "b", "scales", "zeros"], ["y"],
      ["K": 3, "N": 2, "bits": 4, "block_size": 2], domain: "com.microsoft")
    model.addOutput("y")
    let network = try PlannedNetwork(model, inputShape: [1, 3])
    // Column 0: 1, 2 without 0, and (3 - 1) 2; column 1: (14 - 2) 10, (15 - 2) 10, (13 - 3) 20.
    let found = try (0..<3).map { row in
      try network.run((0..<3).map { $0 == row ? 1 : 0 }, results: ["y"])[0].floats
    }
    #expect(found == [[1, 120], [2, 130], [4, 200]])
  }

  @Test func quantizedNetworksAreKnownAsSuch() throws {
    #expect(try !ONNXModel.sound.graph().isQuantized)
    var model = ONNXModel.sound
    model.constant("q", .int8, [3], [1, 2, 3])
    model.constant("scale", [], [1])
    model.add("DequantizeLinear", ["q", "scale"], ["unused"])
    #expect(try model.graph().isQuantized)
  }

  @Test func scalesThatDoNotFitAreRefused() {
    var model = ONNXModel(input: [1, 4])
    model.constant("scale", [3], [1, 1, 1])
    model.add("QuantizeLinear", ["x", "scale"], ["y"])
    model.addOutput("y")
    expectRefusal("invalidNode", "scales of shape [3]") {
      _ = try PlannedNetwork(model, inputShape: [1, 4])
    }
  }
}
