import RandomTestSupport
import ModelTestSupport

extension GradientCases {
  static let convolutions: [GradientCase] = [
    convolution("Conv", [1, 3, 6, 5], [4, 3, 3, 3], [:]),
    convolution("Conv, a batch", [3, 3, 4, 5], [4, 3, 2, 3], [:]),
    convolution("Conv, strides", [1, 3, 7, 8], [4, 3, 3, 2], ["strides": [2, 3]]),
    convolution("Conv, asymmetric pads", [1, 3, 5, 6], [4, 3, 3, 3], ["pads": [2, 0, 1, 3]]),
    convolution("Conv, dilations", [1, 3, 8, 9], [4, 3, 3, 2], ["dilations": [2, 3]]),
    convolution("Conv, groups", [1, 6, 5, 5], [4, 3, 3, 3], ["group": 2]),
    convolution(
      "Conv, depthwise", [1, 17, 5, 5], [17, 1, 3, 3], ["group": 17, "pads": [1, 1, 1, 1]]),
    convolution(
      "Conv, depthwise, strides and dilations", [1, 16, 8, 7], [32, 1, 3, 3],
      ["group": 16, "pads": [1, 0, 1, 2], "strides": [2, 1], "dilations": [1, 2]]),
    convolution(
      "Conv, SAME_UPPER", [1, 3, 6, 5], [4, 3, 4, 3],
      ["auto_pad": "SAME_UPPER", "strides": [2, 2]]),
    convolution(
      "Conv, SAME_LOWER", [1, 3, 6, 5], [4, 3, 4, 2],
      ["auto_pad": "SAME_LOWER", "strides": [1, 2]]),
    convolution("Conv, VALID", [1, 3, 6, 5], [4, 3, 2, 2], ["auto_pad": "VALID"]),
    convolution("Conv, no bias", [1, 17, 4, 4], [5, 17, 1, 1], [:], hasBias: false),
    convolution("Conv, one axis", [1, 3, 9], [4, 3, 3], ["strides": [2], "pads": [1, 0]]),
    GradientCase("Conv, normalised, with a residual and Elu", [1, 5, 4, 4]) { model, numbers in
      model.constant("entry", [5, 5, 1, 1], numbers.floats(25))
      model.constant("weight", [5, 5, 3, 3], numbers.floats(225))
      model.constant("scale", [5], numbers.floats(5, in: 0.5...2))
      for name in ["bias", "mean"] { model.constant(name, [5], numbers.floats(5)) }
      model.constant("variance", [5], numbers.floats(5, in: 0.5...2))
      model.add("Conv", ["x", "entry"], ["a"])
      model.add("Conv", ["a", "weight"], ["b"], ["pads": [1, 1, 1, 1]])
      model.add("BatchNormalization", ["b", "scale", "bias", "mean", "variance"], ["c"])
      model.add("Add", ["c", "a"], ["d"])
      model.add("Elu", ["d"], ["y"])
    },
    GradientCase("Conv, by Winograd's method", [1, 19, 13, 12]) { model, numbers in
      model.constant("entry", [18, 19, 3, 3], numbers.floats(18 * 19 * 9))
      model.constant("weight", [17, 18, 3, 3], numbers.floats(17 * 18 * 9))
      model.add("Conv", ["x", "entry"], ["a"], ["pads": [1, 2, 2, 0]])
      model.add("Sigmoid", ["a"], ["b"])
      model.add("Conv", ["b", "weight"], ["c"], ["pads": [0, 1, 1, 2]])
      model.add("GlobalAveragePool", ["c"], ["y"])
    },
    GradientCase("Conv, behind Pad", [1, 3, 4, 5]) { model, numbers in
      model.constant("weight", [4, 3, 3, 3], numbers.floats(108))
      model.constant("pads", integers: [0, 0, 1, 2, 0, 0, 2, 1])
      model.add("Pad", ["x", "pads"], ["padded"])
      model.add("Conv", ["padded", "weight"], ["y"])
    },
    GradientCase("Conv, with HardSwish", [1, 3, 4, 4]) { model, numbers in
      model.constant("weight", [6, 3, 3, 3], numbers.floats(162, in: -0.1...0.1))
      model.add("Conv", ["x", "weight"], ["a"])
      model.add("HardSwish", ["a"], ["y"])
    },
    GradientCase("Conv, with arithmetic of a constant a channel", [1, 3, 4, 4]) { model, numbers in
      model.constant("weight", [6, 3, 3, 3], numbers.floats(162))
      for name in ["a", "b", "c", "d"] {
        model.constant(name, [1, 6, 1, 1], numbers.floats(6, in: 0.5...2))
      }
      model.add("Conv", ["x", "weight"], ["v"])
      model.add("Sub", ["v", "a"], ["w"])
      model.add("Mul", ["b", "w"], ["u"])
      model.add("Div", ["u", "c"], ["t"])
      model.add("Add", ["d", "t"], ["y"])
    },
  ]

  private static func convolution(
    _ name: String, _ input: [Int], _ weights: [Int], _ attributes: [String: AttributeValue],
    hasBias: Bool = true
  ) -> GradientCase {
    return GradientCase(name, input) { model, numbers in
      model.constant("weight", weights, numbers.floats(weights.reduce(1, *)))
      model.constant("bias", [weights[0]], numbers.floats(weights[0]))
      model.add("Conv", hasBias ? ["x", "weight", "bias"] : ["x", "weight"], ["y"], attributes)
    }
  }

  static let poolings: [GradientCase] = [
    .node("MaxPool", [1, 17, 6, 5], .spaced, ["kernel_shape": [2, 2], "strides": [2, 2]]),
    .node(
      "MaxPool", [2, 3, 7, 6], .spaced,
      ["kernel_shape": [3, 2], "strides": [2, 2], "pads": [1, 0, 1, 1], "ceil_mode": 1],
      detail: "pads and ceil_mode"),
    .node(
      "MaxPool", [1, 3, 6, 6], .spaced, ["kernel_shape": [3, 3], "auto_pad": "SAME_UPPER"],
      detail: "overlapping"),
    .node(
      "MaxPool", [1, 3, 7, 7], .spaced, ["kernel_shape": [2, 3], "dilations": [2, 2]],
      detail: "dilations"),
    .node("AveragePool", [1, 17, 6, 5], ["kernel_shape": [3, 2], "strides": [2, 1]]),
    .node(
      "AveragePool", [2, 3, 6, 7],
      ["kernel_shape": [3, 3], "pads": [1, 2, 0, 1], "strides": [2, 2]],
      detail: "pads"),
    .node(
      "AveragePool", [1, 3, 6, 7],
      ["kernel_shape": [3, 3], "pads": [1, 1, 1, 1], "count_include_pad": 1],
      detail: "pads counted"),
    .node(
      "AveragePool", [1, 3, 6, 7],
      ["kernel_shape": [3, 3], "strides": [2, 2], "pads": [0, 1, 0, 1], "ceil_mode": 1],
      detail: "ceil_mode"),
    .node(
      "AveragePool", [1, 3, 6, 6],
      [
        "kernel_shape": [3, 3], "strides": [2, 2], "pads": [1, 1, 1, 1], "ceil_mode": 1,
        "count_include_pad": 1,
      ],
      detail: "ceil_mode, pads counted"),
    .node("GlobalAveragePool", [2, 17, 4, 3]),
    .node("GlobalMaxPool", [2, 17, 4, 3], .spaced),
  ]
}
