import RandomTestSupport
import ModelTestSupport

@testable import Inference

extension GradientCases {
  private static let image = [1, 17, 3, 2]

  static let activations: [GradientCase] = [
    .node("Relu", image, .spaced),
    .node("Relu", [3, 5], .spaced, detail: "a matrix"),
    .node("LeakyRelu", image, .spaced, ["alpha": 0.2]),
    .node("LeakyRelu", [1, 12], .spaced, ["alpha": -0.3], detail: "negative slope"),
    .node("Elu", image, .spaced, ["alpha": 1.3]),
    .node("Clip", image, .spaced, opset: 7, ["min": -0.53, "max": 0.9]),
    GradientCase("Clip, bounds as inputs", image, .spaced) { model, _ in
      model.constant("low", [], [0])
      model.constant("high", [], [0.9])
      model.add("Clip", ["x", "low", "high"], ["y"])
    },
    GradientCase("Clip, one bound", image, .spaced) { model, _ in
      model.constant("high", [], [0.9])
      model.add("Clip", ["x", "", "high"], ["y"])
    },
    GradientCase("PRelu, a slope a channel", image, .spaced) { model, numbers in
      model.constant("slope", [17, 1, 1], numbers.floats(17))
      model.add("PRelu", ["x", "slope"], ["y"])
    },
    GradientCase("PRelu, a slope an element", [2, 3, 2, 2], .spaced) { model, numbers in
      model.constant("slope", [3, 2, 2], numbers.floats(12))
      model.add("PRelu", ["x", "slope"], ["y"])
    },
    .node("Sigmoid", image),
    .node("HardSigmoid", image, .spaced),
    .node("HardSigmoid", [1, 30], .spaced, ["alpha": 0.31, "beta": 0.4], detail: "steeper"),
    .node("HardSwish", image, .spaced),
    .node("Tanh", image),
    .node("Erf", image),
    .node("Gelu", image, .spaced, opset: 20),
    .node("Gelu", image, .spaced, opset: 20, ["approximate": "tanh"], detail: "by tanh"),
    .node("Sqrt", image, .positive),
    .node("Abs", image, .spaced),
    .node("Softplus", image),
    .node("Mish", image),
    .node("Selu", image, .spaced),
    .node("Celu", image, .spaced, ["alpha": 1.7]),
    .node("ThresholdedRelu", image, .spaced, ["alpha": 0.63]),
    .node("Softsign", image, .spaced),
    .node("Shrink", image, .spaced, ["lambd": 0.63, "bias": 0.2]),
    .node("Swish", image, opset: GraphReader.opsets.upperBound, ["alpha": 0.8]),
    GradientCase("PRelu, a slope that is computed", [1, 6, 2], .spaced) { model, _ in
      model.add("ReduceMean", ["x"], ["slope"], ["axes": [2]])
      model.add("PRelu", ["x", "slope"], ["y"])
    },
    GradientCase("Clip, bounds that are computed", [1, 6, 2], .spaced) { model, _ in
      model.constant("low", [], [-0.4])
      model.add("ReduceMax", ["x"], ["largest"], ["keepdims": 0])
      model.constant("half", [], [0.5])
      model.add("Mul", ["largest", "half"], ["high"])
      model.add("Clip", ["x", "low", "high"], ["y"])
    },
    .node("Softmax", [2, 7]),
    .node("Softmax", [1, 4, 3, 2], ["axis": 1], detail: "over channels"),
    .node("Softmax", [1, 4, 3, 2], opset: 11, detail: "axes flattened"),
    .node("LogSoftmax", [2, 7]),
    .node("LogSoftmax", [1, 4, 3, 2], ["axis": 2], detail: "over rows"),
    .node("LogSoftmax", [1, 4, 3, 2], opset: 9, ["axis": 2], detail: "axes flattened"),
    .node("Identity", image),
    .node("Dropout", image, opset: 7),
    .node("Cast", image, ["to": 11]),
  ]

  static let normalizations: [GradientCase] = [
    GradientCase("BatchNormalization", [2, 17, 3, 2]) { model, numbers in
      addNormalization(&model, &numbers, channels: 17)
    },
    GradientCase("BatchNormalization, a matrix", [3, 5]) { model, numbers in
      addNormalization(&model, &numbers, channels: 5)
    },
    GradientCase("BatchNormalization and Relu", [1, 17, 3, 3], .spaced) { model, numbers in
      model.constant("scale", [17], numbers.floats(17, in: 0.5...2))
      model.constant("bias", [17], Array(repeating: 0, count: 17))
      model.constant("mean", [17], Array(repeating: 0, count: 17))
      model.constant("variance", [17], Array(repeating: 1, count: 17))
      model.add("BatchNormalization", ["x", "scale", "bias", "mean", "variance"], ["normal"])
      model.add("Relu", ["normal"], ["y"])
    },
    .node("LRN", [1, 17, 3, 2], ["size": 5, "alpha": 0.7, "beta": 0.75, "bias": 1.5]),
    .node("LRN", [2, 6, 2, 2], ["size": 3, "alpha": 0.5, "beta": 0.6], detail: "a batch"),
    GradientCase("LayerNormalization", [2, 3, 8]) { model, numbers in
      model.constant("scale", [8], numbers.floats(8, in: 0.5...1.5))
      model.constant("bias", [8], numbers.floats(8))
      model.add("LayerNormalization", ["x", "scale", "bias"], ["y"], ["epsilon": 0.01])
    },
    .node("LRN", [1, 5, 2, 3], ["size": 4, "alpha": 0.7, "bias": 1.5], detail: "an even size"),
    .node("LRN", [1, 5, 4], ["size": 3, "alpha": 0.7, "bias": 1.5], detail: "one spatial axis"),
    GradientCase("LayerNormalization, a computed scale", [2, 3, 8], .spaced) { model, numbers in
      model.add("ReduceMax", ["x"], ["scale"], ["axes": [0, 1], "keepdims": 0])
      model.add("LayerNormalization", ["x", "scale"], ["y"])
    },
    GradientCase("InstanceNormalization", [2, 3, 4, 2]) { model, numbers in
      model.constant("scale", [3], numbers.floats(3, in: 0.5...1.5))
      model.constant("bias", [3], numbers.floats(3))
      model.add("InstanceNormalization", ["x", "scale", "bias"], ["y"], ["epsilon": 0.01])
    },
    GradientCase("GroupNormalization, a scale a group", opset: 18, [1, 6, 2, 2]) {
      model, numbers in
      model.constant("scale", [2], numbers.floats(2, in: 0.5...1.5))
      model.constant("bias", [2], numbers.floats(2))
      model.add("GroupNormalization", ["x", "scale", "bias"], ["y"], ["num_groups": 2])
    },
    GradientCase("GroupNormalization, a scale a channel", opset: 21, [1, 6, 2, 2]) {
      model, numbers in
      model.constant("scale", [6], numbers.floats(6, in: 0.5...1.5))
      model.constant("bias", [6], numbers.floats(6))
      model.add("GroupNormalization", ["x", "scale", "bias"], ["y"], ["num_groups": 3])
    },
    GradientCase("RMSNormalization", opset: GraphReader.opsets.upperBound, [2, 3, 4]) {
      model, numbers in
      model.constant("scale", [4], numbers.floats(4, in: 0.5...1.5))
      model.add("RMSNormalization", ["x", "scale"], ["y"])
    },
    .node("LpNormalization", [2, 3, 4]),
    .node("LpNormalization", [2, 3, 4], .spaced, ["p": 1, "axis": 1], detail: "sums"),
    .node("MeanVarianceNormalization", [1, 3, 2, 3]),
    GradientCase("BatchNormalization, computed statistics", [1, 3, 4, 2]) { model, numbers in
      model.constant("scale", [3], numbers.floats(3, in: 0.5...2))
      model.constant("bias", [3], numbers.floats(3))
      model.add("ReduceMean", ["x"], ["mean"], ["axes": [0, 2, 3], "keepdims": 0])
      model.add("ReduceSumSquare", ["x"], ["variance"], ["axes": [0, 2, 3], "keepdims": 0])
      model.add("BatchNormalization", ["x", "scale", "bias", "mean", "variance"], ["y"])
    },
    GradientCase("BatchNormalization, in training", opset: 14, [1, 3, 4, 2]) { model, numbers in
      model.constant("scale", [3], numbers.floats(3, in: 0.5...2))
      model.constant("bias", [3], numbers.floats(3))
      model.add(
        "BatchNormalization", ["x", "scale", "bias", "bias", "scale"], ["y", "mean", "variance"],
        ["training_mode": 1])
    },
    GradientCase("LayerNormalization, two axes, no bias", [2, 3, 4]) { model, numbers in
      model.constant("scale", [3, 4], numbers.floats(12, in: 0.5...1.5))
      model.add("LayerNormalization", ["x", "scale"], ["y"], ["axis": 1])
    },
  ]

  private static func addNormalization(
    _ model: inout ONNXModel, _ numbers: inout SeededNumbers, channels: Int
  ) {
    model.constant("scale", [channels], numbers.floats(channels, in: 0.5...2))
    model.constant("bias", [channels], numbers.floats(channels))
    model.constant("mean", [channels], numbers.floats(channels))
    model.constant("variance", [channels], numbers.floats(channels, in: 0.2...2))
    model.add(
      "BatchNormalization", ["x", "scale", "bias", "mean", "variance"], ["y"],
      ["epsilon": 0.001])
  }
}
