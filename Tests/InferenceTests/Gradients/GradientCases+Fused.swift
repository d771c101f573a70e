import ModelTestSupport
import RandomTestSupport

@testable import Inference

extension GradientCases {
  /// The fused operators of ONNX Runtime.
  static let fused: [GradientCase] =
    [
      GradientCase("FusedConv, a sum and Tanh", [1, 3, 4, 4]) { model, numbers in
        model.constant("weight", [3, 3, 1, 1], numbers.floats(9))
        model.constant("bias", [3], numbers.floats(3))
        model.add(
          "FusedConv", ["x", "weight", "bias", "x"], ["y"],
          ["activation": "Tanh"], domain: "com.microsoft")
      },
      GradientCase("FusedGemm, Sigmoid", [2, 4]) { model, numbers in
        model.constant("weight", [4, 3], numbers.floats(12))
        model.constant("bias", [3], numbers.floats(3))
        model.add(
          "FusedGemm", ["x", "weight", "bias"], ["y"], ["activation": "Sigmoid"],
          domain: "com.microsoft")
      },
      GradientCase("FusedMatMul, both transposed", [1, 3, 4]) { model, numbers in
        model.constant("weight", [1, 5, 3], numbers.floats(15))
        model.add(
          "FusedMatMul", ["x", "weight"], ["y"], ["transA": 1, "transB": 1, "alpha": 0.7],
          domain: "com.microsoft")
      },
      GradientCase("BiasGelu", [2, 5]) { model, numbers in
        model.constant("bias", [5], numbers.floats(5))
        model.add("BiasGelu", ["x", "bias"], ["y"], domain: "com.microsoft")
      },
      GradientCase("FastGelu", [2, 5]) { model, _ in
        model.add("FastGelu", ["x"], ["y"], domain: "com.microsoft")
      },
      GradientCase("QuickGelu", [2, 5]) { model, _ in
        model.add("QuickGelu", ["x"], ["y"], domain: "com.microsoft")
      },
      GradientCase("BiasSoftmax", [2, 5]) { model, numbers in
        model.constant("bias", [5], numbers.floats(5))
        model.add("BiasSoftmax", ["x", "bias"], ["y"], ["axis": 1], domain: "com.microsoft")
      },
      GradientCase("DequantizeLinear", [1, 3, 2]) { model, _ in
        model.constant("scale", [3], [0.5, 2, 1])
        model.constant("zero", .int8, [3], [0, 1, -2])
        model.add("DequantizeLinear", ["x", "scale", "zero"], ["y"])
      },
    ] + fusedNormalizations + fusedAttention

  private static let fusedNormalizations: [GradientCase] = [
    GradientCase("SkipLayerNormalization", [1, 3, 5]) { model, numbers in
      model.constant("skip", [1, 3, 5], numbers.floats(15))
      model.constant("scale", [5], numbers.floats(5, in: 0.5...1.5))
      model.constant("shift", [5], numbers.floats(5))
      model.constant("bias", [5], numbers.floats(5))
      model.add(
        "SkipLayerNormalization", ["x", "skip", "scale", "shift", "bias"],
        ["normal", "", "", "sum"], domain: "com.microsoft")
      model.add("Mul", ["normal", "sum"], ["y"])
    },
    GradientCase("SkipSimplifiedLayerNormalization", [1, 3, 5]) { model, numbers in
      model.constant("skip", [1, 3, 5], numbers.floats(15))
      model.constant("scale", [5], numbers.floats(5, in: 0.5...1.5))
      model.add(
        "SkipSimplifiedLayerNormalization", ["x", "skip", "scale"], ["y"],
        domain: "com.microsoft")
    },
  ]

  private static let fusedAttention: [GradientCase] = [
    GradientCase("Attention of ONNX Runtime", [1, 3, 4]) { model, numbers in
      model.constant("weight", [4, 12], numbers.floats(48))
      model.constant("bias", [12], numbers.floats(12))
      model.add(
        "Attention", ["x", "weight", "bias"], ["y"], ["num_heads": 2], domain: "com.microsoft")
    },
    GradientCase("MultiHeadAttention", [1, 3, 4]) { model, numbers in
      model.constant("bias", [12], numbers.floats(12))
      model.add("Tanh", ["x"], ["key"])
      model.add(
        "MultiHeadAttention", ["x", "key", "x", "bias"], ["y"], ["num_heads": 2],
        domain: "com.microsoft")
    },
  ]
}
