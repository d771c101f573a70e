import RandomTestSupport
import ModelTestSupport
import ONNXProto
import Testing

@testable import Inference

/// A function from `x` to `y`, as nodes, whose gradient is compared with finite differences.
struct GradientCase: Sendable, CustomTestStringConvertible {
  /// Which numbers the function is asked at.
  enum Inputs: Sendable {
    /// -1 to 1.
    case small
    /// 0.3 to 1.5.
    case positive
    /// See ``SeededNumbers/spacedFloats(_:)``.
    case spaced
  }

  let name: String
  let opset: Int
  let shape: [Int]
  let inputs: Inputs
  let build: @Sendable (inout ONNXModel, inout SeededNumbers) -> Void

  init(
    _ name: String, opset: Int = 17, _ shape: [Int], _ inputs: Inputs = .small,
    _ build: @escaping @Sendable (inout ONNXModel, inout SeededNumbers) -> Void
  ) {
    self.name = name
    self.opset = opset
    self.shape = shape
    self.inputs = inputs
    self.build = build
  }

  /// One node from `x` to `y`.
  static func node(
    _ type: String, _ shape: [Int], _ inputs: Inputs = .small, opset: Int = 17,
    _ attributes: [String: AttributeValue] = [:], detail: String = ""
  ) -> GradientCase {
    let name = detail.isEmpty ? type : "\(type), \(detail)"
    return GradientCase(name, opset: opset, shape, inputs) { model, _ in
      model.add(type, ["x"], ["y"], attributes)
    }
  }

  /// One node with attributes from small numbers `x` to `y`.
  static func node(
    _ type: String, _ shape: [Int], opset: Int = 17, _ attributes: [String: AttributeValue],
    detail: String = ""
  ) -> GradientCase {
    node(type, shape, .small, opset: opset, attributes, detail: detail)
  }

  var testDescription: String { name }

  /// The same function behind a convolution to 17 channels, so that it meets a blocked layout whose
  /// last block is padded. Its numbers are the image's, or those negated, and stay away from kinks.
  var behindConvolution: GradientCase {
    GradientCase(
      name + ", behind a convolution", opset: opset, [shape[0], 3] + shape[2...], .spaced
    ) {
      [shape, build] model, numbers in
      var weights = Array(repeating: Float(0), count: shape[1] * 3)
      for channel in 0..<shape[1] {
        weights[channel * 3 + numbers.integer(0...2)] = numbers.flag() ? 1 : -1
      }
      model.constant("entry", [shape[1], 3, 1, 1], weights)
      model.add("Conv", ["image", "entry"], ["x"])
      model.proto.graph.input = [ONNXModel.declaration("image", [shape[0], 3] + shape[2...])]
      build(&model, &numbers)
    }
  }

  /// The name of the value that is fed.
  func inputName(_ model: ONNXModel) -> String { model.proto.graph.input[0].name }

  func values(_ numbers: inout SeededNumbers) -> [Float] {
    let count = elementCount(shape)
    return switch inputs {
    case .small: numbers.floats(count)
    case .positive: numbers.floats(count, in: 0.3...1.5)
    case .spaced: numbers.spacedFloats(count)
    }
  }
}
