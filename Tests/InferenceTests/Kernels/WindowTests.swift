import RandomTestSupport
import ModelTestSupport
import Testing

@testable import Inference

/// Convolution and pooling on random sizes against plain loops.
@Suite struct WindowTests {
  @Test(arguments: 0..<60)
  func convolutionEqualsLoops(round: Int) throws {
    var numbers = SeededNumbers(test: "convolution \(round)")
    let window = Self.window(&numbers)
    let group = [1, 1, 2, 3, 16][numbers.integer(0...4)]
    let (inGroup, outGroup) = (numbers.integer(1...(group > 3 ? 2 : 9)), numbers.integer(1...9))
    let filters = group * outGroup
    let shape = Self.shape(&numbers, channels: group * inGroup, window)
    let count = filters * inGroup * window.kernel[0] * window.kernel[1]
    let (weights, bias) = (numbers.floats(count), numbers.floats(filters))
    var model = ONNXModel(openBatchOf: shape)
    model.constant("weights", [filters, inGroup] + window.kernel, weights)
    model.constant("bias", [filters], bias)
    model.add(
      "Conv", ["x", "weights", "bias"], ["y"],
      [
        "group": .integer(group), "strides": .integers(window.strides),
        "dilations": .integers(window.dilations), "pads": .integers(window.pads),
      ])
    model.addOutput("y")
    let input = numbers.floats(elementCount(shape))
    let found = try PlannedNetwork(model, inputShape: shape).run(input, results: ["y"])[0]
    let expected = window.convolved(input, shape, weights: weights, bias: bias, group: group)
    #expect(found.shape == [shape[0], filters] + window.output(Array(shape[2...])))
    expectEqual(found.floats, expected, "\(shape) in \(group) groups, \(window)")
  }

  @Test(arguments: 0..<60)
  func poolingEqualsLoops(round: Int) throws {
    var numbers = SeededNumbers(test: "pooling \(round)")
    var window = Self.window(&numbers)
    for axis in 0..<4 { window.pads[axis] = min(window.pads[axis], window.kernel[axis % 2] - 1) }
    window.roundsUp = numbers.flag()
    var shape = Self.shape(&numbers, channels: numbers.integer(1...20), window)
    for axis in 0..<2 { shape[axis + 2] = max(shape[axis + 2], window.extent(axis)) }
    let (isMaximum, countsPadding) = (numbers.flag(), numbers.flag())
    var attributes: [String: AttributeValue] = [
      "kernel_shape": .integers(window.kernel), "strides": .integers(window.strides),
      "dilations": .integers(window.dilations), "pads": .integers(window.pads),
      "ceil_mode": .integer(window.roundsUp ? 1 : 0),
    ]
    if !isMaximum { attributes["count_include_pad"] = .integer(countsPadding ? 1 : 0) }
    var model = ONNXModel(opset: 19, openBatchOf: shape)
    model.add(isMaximum ? "MaxPool" : "AveragePool", ["x"], ["y"], attributes)
    model.addOutput("y")
    let input = numbers.floats(elementCount(shape), in: -2...(-1))
    let kind = isMaximum ? "maximum" : "mean, counting padding: \(countsPadding)"
    let network = try PlannedNetwork(model, inputShape: shape)
    #expect(throws: Never.self, "\(kind) \(shape) \(window)") {
      let found = try network.run(input, results: ["y"])[0]
      let expected = window.pooled(
        input, shape, isMaximum: isMaximum, countsPadding: countsPadding)
      #expect(found.shape == Array(shape[..<2]) + window.output(Array(shape[2...])))
      expectEqual(found.floats, expected, "\(kind) \(shape) \(window)")
    }
  }

  private static func window(_ numbers: inout SeededNumbers) -> NaiveWindow {
    NaiveWindow(
      kernel: [numbers.integer(1...4), numbers.integer(1...4)],
      strides: [numbers.integer(1...3), numbers.integer(1...3)],
      dilations: [numbers.integer(1...3), numbers.integer(1...3)],
      pads: (0..<4).map { _ in numbers.flag() ? 0 : numbers.integer(0...3) })
  }

  /// A batch of 1 or 3, as large as the window needs or a little larger.
  private static func shape(
    _ numbers: inout SeededNumbers, channels: Int, _ window: NaiveWindow
  ) -> [Int] {
    let sizes = (0..<2).map { axis in
      max(1, window.extent(axis) - window.pads[axis] - window.pads[axis + 2])
        + numbers.integer(0...8)
    }
    return [numbers.flag() ? 1 : 3, channels] + sizes
  }
}
