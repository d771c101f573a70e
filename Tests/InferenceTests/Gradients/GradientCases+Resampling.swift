import ModelTestSupport
import RandomTestSupport

@testable import Inference

extension GradientCases {
  static let resamplings: [GradientCase] = interpolations + antialiased + others

  private static let interpolations: [GradientCase] = ["nearest", "linear", "cubic"].flatMap {
    (mode: String) -> [GradientCase] in
    let all = ["half_pixel", "align_corners", "asymmetric", "pytorch_half_pixel"]
    return all.map { coordinates in
      GradientCase("Resize, \(mode), \(coordinates)", [1, 2, 4, 3]) { model, _ in
        model.constant("scales", [4], [1, 1, 1.75, 2])
        model.add(
          "Resize", ["x", "", "scales"], ["y"],
          ["mode": .text(mode), "coordinate_transformation_mode": .text(coordinates)])
      }
    }
  }

  private static let antialiased: [GradientCase] = ["linear", "cubic"].map { mode in
    GradientCase("Resize, \(mode), smaller, antialiased", opset: 18, [1, 2, 7, 6]) { model, _ in
      model.constant("sizes", integers: [4, 3])
      model.add(
        "Resize", ["x", "", "", "sizes"], ["y"],
        ["mode": .text(mode), "antialias": 1, "axes": [2, 3], "exclude_outside": 1])
    }
  }

  private static let others: [GradientCase] = [
    GradientCase("Resize, a crop", [1, 1, 4, 4]) { model, _ in
      model.constant("roi", [8], [0, 0, 0.2, 0.1, 1, 1, 1.2, 0.8])
      model.constant("sizes", integers: [1, 1, 3, 5])
      model.add(
        "Resize", ["x", "roi", "", "sizes"], ["y"],
        [
          "mode": "linear", "coordinate_transformation_mode": "tf_crop_and_resize",
          "extrapolation_value": 10.0,
        ])
    },
    GradientCase("Upsample", opset: 9, [1, 2, 3, 2]) { model, _ in
      model.constant("scales", [4], [1, 1, 2, 3])
      model.add("Upsample", ["x", "scales"], ["y"], ["mode": "linear"])
    },
    .node("DepthToSpace", [1, 8, 2, 3], ["blocksize": 2]),
    .node("DepthToSpace", [1, 8, 2, 3], ["blocksize": 2, "mode": "CRD"], detail: "CRD"),
    .node("SpaceToDepth", [1, 2, 4, 6], ["blocksize": 2]),
    transposed("ConvTranspose", [1, 3, 3, 4], [3, 2, 3, 3], [:]),
    transposed(
      "ConvTranspose, strides", [2, 3, 3, 4], [3, 2, 3, 3],
      ["strides": [2, 3], "output_padding": [1, 1], "pads": [1, 0, 1, 2]]),
    transposed(
      "ConvTranspose, groups and dilations", [1, 4, 3, 3], [4, 3, 2, 3],
      ["group": 2, "dilations": [2, 1], "strides": [2, 2]]),
    transposed(
      "ConvTranspose, SAME_UPPER", [1, 3, 3, 4], [3, 2, 3, 3],
      ["auto_pad": "SAME_UPPER", "strides": [2, 2]]),
    transposed("ConvTranspose, one axis", [1, 3, 5], [3, 2, 3], ["strides": [2]]),
    .node(
      "LpPool", [1, 3, 6, 5], .spaced, opset: 18,
      ["kernel_shape": [3, 2], "strides": [2, 1], "pads": [1, 0, 1, 1]]),
    .node("LpPool", [1, 3, 6, 5], .spaced, ["kernel_shape": [2, 2], "p": 3], detail: "cubes"),
    .node("GlobalLpPool", [1, 3, 3, 2], .spaced),
    .node("AveragePool", [1, 3, 7], ["kernel_shape": [3], "strides": [2]], detail: "one axis"),
    .node(
      "MaxPool", [1, 2, 4, 4, 5], .spaced, ["kernel_shape": [2, 2, 2]], detail: "three axes"),
    GradientCase("Col2Im", [1, 8, 9]) { model, _ in
      model.constant("image", integers: [4, 4])
      model.constant("block", integers: [2, 2])
      model.add("Col2Im", ["x", "image", "block"], ["y"])
    },
    GradientCase("Col2Im, pads, strides and dilations", [2, 4, 4]) { model, _ in
      model.constant("image", integers: [5, 5])
      model.constant("block", integers: [2, 2])
      model.add(
        "Col2Im", ["x", "image", "block"], ["y"],
        ["pads": [1, 0, 0, 1], "strides": [2, 2], "dilations": [2, 2]])
    },
    GradientCase("Conv, computed weights", [1, 3, 5, 4]) { model, numbers in
      model.constant("weight", [4, 3, 3, 3], numbers.floats(108))
      model.constant("spread", [], [0.3])
      model.add("Shape", ["x"], ["shape"])
      model.add("Cast", ["shape"], ["sizes"], ["to": 1])
      model.add("ReduceProd", ["sizes"], ["count"], ["keepdims": 0])
      model.add("Mul", ["weight", "spread"], ["scaled"])
      model.add("Div", ["scaled", "count"], ["kernel"])
      model.add("Conv", ["x", "kernel"], ["y"])
    },
  ]

  private static func transposed(
    _ name: String, _ input: [Int], _ weights: [Int], _ attributes: [String: AttributeValue]
  ) -> GradientCase {
    GradientCase(name, input) { model, numbers in
      model.constant("weight", weights, numbers.floats(weights.reduce(1, *)))
      var group = 1
      if case .integer(let count)? = attributes["group"] { group = count }
      model.constant("bias", [weights[1] * group], numbers.floats(weights[1] * group))
      model.add("ConvTranspose", ["x", "weight", "bias"], ["y"], attributes)
    }
  }

  static let contractions: [GradientCase] = [
    einsum("bij,bjk->bik", [2, 3, 4], [2, 4, 2]),
    einsum("bhid,bhjd->bhij", [1, 2, 3, 4], [1, 2, 5, 4]),
    einsum("bhwc,hkc->bhwk", [1, 3, 2, 4], [3, 5, 4]),
    einsum("...ij,jk", [2, 3, 4], [4, 2]),
    einsum("ijk,j->ki", [2, 3, 4], [3]),
    GradientCase("Einsum, one operand", [2, 3, 3]) { model, _ in
      model.add("Einsum", ["x"], ["y"], ["equation": "bii->bi"])
    },
    GradientCase("Einsum, with itself", [2, 3, 4]) { model, _ in
      model.add("Einsum", ["x", "x"], ["y"], ["equation": "bic,bjc->bij"])
    },
    .cumulative("CumSum", [:]),
    .cumulative("CumSum, exclusive, from the back", ["exclusive": 1, "reverse": 1]),
    GradientCase("Gemm, computed weights", [3, 4]) { model, _ in
      model.constant("c", [], [0.5])
      model.add("Sin", ["x"], ["right"])
      model.add(
        "Gemm", ["x", "right", "c"], ["y"], ["transB": 1, "alpha": 0.5, "beta": 2.0])
    },
    attention("Attention", [1, 4, 6], ["q_num_heads": 2, "kv_num_heads": 2]),
    attention(
      "Attention, causal, capped, fewer keys", [1, 4, 8],
      ["q_num_heads": 4, "kv_num_heads": 2, "is_causal": 1, "softcap": 2.0, "scale": 0.7]),
    rotation("RotaryEmbedding", [:]),
    rotation("RotaryEmbedding, neighbours", ["interleaved": 1]),
  ]

  private static func einsum(_ equation: String, _ left: [Int], _ right: [Int]) -> GradientCase {
    GradientCase("Einsum, \(equation)", left) { model, numbers in
      model.constant("c", right, numbers.floats(right.reduce(1, *)))
      model.add("Einsum", ["x", "c"], ["y"], ["equation": .text(equation)])
    }
  }

  private static func attention(
    _ name: String, _ shape: [Int], _ attributes: [String: AttributeValue]
  ) -> GradientCase {
    GradientCase(name, opset: GraphReader.opsets.upperBound, shape) { model, numbers in
      var heads = (1, 1)
      if case .integer(let count)? = attributes["q_num_heads"] { heads.0 = count }
      if case .integer(let count)? = attributes["kv_num_heads"] { heads.1 = count }
      let width = shape[2] / heads.0 * heads.1
      model.constant("wk", [shape[2], width], numbers.floats(shape[2] * width))
      model.constant("wv", [shape[2], width], numbers.floats(shape[2] * width))
      model.add("MatMul", ["x", "wk"], ["k"])
      model.add("MatMul", ["x", "wv"], ["v"])
      model.add("Attention", ["x", "k", "v"], ["y"], attributes)
    }
  }

  private static func rotation(
    _ name: String, _ attributes: [String: AttributeValue]
  ) -> GradientCase {
    GradientCase(name, opset: GraphReader.opsets.upperBound, [1, 2, 3, 4]) { model, numbers in
      model.constant("cos", [1, 3, 2], numbers.floats(6))
      model.constant("sin", [1, 3, 2], numbers.floats(6))
      model.add("RotaryEmbedding", ["x", "cos", "sin"], ["y"], attributes)
    }
  }
}

extension GradientCase {
  fileprivate static func cumulative(
    _ name: String, _ attributes: [String: AttributeValue]
  ) -> GradientCase {
    GradientCase(name, [2, 3, 4]) { model, _ in
      model.constant("axis", integers: [1], shape: [])
      model.add("CumSum", ["x", "axis"], ["y"], attributes)
    }
  }
}
