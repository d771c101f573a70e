import RandomTestSupport
import ModelTestSupport

extension GradientCases {
  static let movements: [GradientCase] = [
    GradientCase("Concat, channels", [1, 5, 3, 2]) { model, numbers in
      model.constant("c", [1, 2, 3, 2], numbers.floats(12))
      model.add("Tanh", ["x"], ["t"])
      model.add("Concat", ["x", "c", "t", "x"], ["y"], ["axis": 1])
    },
    GradientCase("Concat, blocked channels", [2, 3, 3, 2]) { model, numbers in
      model.constant("a", [16, 3, 1, 1], numbers.floats(48))
      model.constant("b", [17, 3, 1, 1], numbers.floats(51))
      model.constant("c", [8, 41, 1, 1], numbers.floats(328))
      model.add("Conv", ["x", "a"], ["p"])
      model.add("Conv", ["x", "b"], ["q"])
      model.add("Sigmoid", ["p"], ["s"])
      model.constant("half", integers: [8, 8])
      model.add("Split", ["s", "half"], ["s1", "s2"], ["axis": 1])
      model.add("Concat", ["p", "q", "s1"], ["joined"], ["axis": 1])
      model.add("Conv", ["joined", "c"], ["y"])
    },
    GradientCase("Concat, rows", [1, 2, 3, 2]) { model, _ in
      model.add("Tanh", ["x"], ["t"])
      model.add("Concat", ["t", "x"], ["y"], ["axis": -2])
    },
    GradientCase("Split, equal", [1, 6, 2]) { model, _ in
      model.add("Split", ["x"], ["a", "b"], ["axis": 1])
      model.add("Mul", ["a", "b"], ["y"])
    },
    GradientCase("Split, sizes, one part unused", [1, 6, 2]) { model, _ in
      model.constant("sizes", integers: [1, 3, 2])
      model.add("Split", ["x", "sizes"], ["a", "b", "c"], ["axis": 1])
      model.add("Mul", ["a", "b"], ["y"])
    },
    slice("Slice", [1, 4, 5, 6], starts: [1, 2], ends: [3, 5], axes: [1, 3], steps: [1, 1]),
    slice(
      "Slice, steps", [1, 3, 7, 6], starts: [0, 1], ends: [7, 100], axes: [2, 3], steps: [2, 3]),
    slice("Slice, backwards", [2, 7], starts: [-1], ends: [-100], axes: [1], steps: [-2]),
    .node(
      "Slice", [2, 6], opset: 9, ["starts": [1], "ends": [-1], "axes": [1]], detail: "opset 9"),
    GradientCase("Gather", [1, 5, 3]) { model, _ in
      model.constant("indices", integers: [4, 0, 0, -2], shape: [2, 2])
      model.add("Gather", ["x", "indices"], ["y"], ["axis": 1])
    },
    GradientCase("Gather, a scalar index", [3, 5]) { model, _ in
      model.constant("index", integers: [3], shape: [])
      model.add("Gather", ["x", "index"], ["y"], ["axis": 1])
    },
    pad("constant", [1, 2, 3, 4], [0, 1, 1, 2, 0, 0, 2, 1]),
    pad("constant", [1, 2, 3, 4], [0, 0, -1, 2, 0, 0, 1, -1]),
    pad("reflect", [1, 2, 3, 4], [0, 0, 2, 1, 0, 0, 1, 3]),
    pad("edge", [1, 2, 3, 4], [0, 1, 2, 1, 0, 2, 1, 3]),
    .node("Pad", [2, 3], opset: 9, ["pads": [0, 1, 0, 2], "value": 0.5], detail: "opset 9"),
    .node("Transpose", [2, 3, 4], detail: "reversed"),
    .node("Transpose", [1, 3, 4, 2], ["perm": [0, 2, 3, 1]], detail: "channels last"),
    GradientCase("Transpose, of a blocked layout", [1, 3, 2, 3]) { model, numbers in
      model.constant("weight", [17, 3, 1, 1], numbers.floats(51))
      model.add("Conv", ["x", "weight"], ["a"])
      model.add("Transpose", ["a"], ["b"], ["perm": [0, 3, 1, 2]])
      model.add("Tanh", ["b"], ["c"])
      model.add("Transpose", ["c"], ["y"], ["perm": [0, 2, 3, 1]])
    },
    GradientCase("Expand", [1, 3, 1, 2]) { model, _ in
      model.constant("shape", integers: [2, 1, 4, 1])
      model.add("Expand", ["x", "shape"], ["y"])
    },
  ]

  private static func slice(
    _ name: String, _ input: [Int], starts: [Int], ends: [Int], axes: [Int], steps: [Int]
  ) -> GradientCase {
    GradientCase(name, input) { model, _ in
      model.constant("starts", integers: starts)
      model.constant("ends", integers: ends)
      model.constant("axes", integers: axes)
      model.constant("steps", integers: steps)
      model.add("Slice", ["x", "starts", "ends", "axes", "steps"], ["y"])
    }
  }

  private static func pad(_ mode: String, _ input: [Int], _ pads: [Int]) -> GradientCase {
    GradientCase("Pad, \(mode) \(pads)", input) { model, _ in
      model.constant("pads", integers: pads)
      model.add("Pad", ["x", "pads"], ["y"], ["mode": .text(mode)])
    }
  }

  static let reshapes: [GradientCase] = [
    GradientCase("Reshape", [1, 6, 2]) { model, _ in
      model.constant("shape", integers: [0, -1, 3])
      model.add("Reshape", ["x", "shape"], ["y"])
    },
    GradientCase("Reshape, of a blocked layout", [1, 3, 2, 3]) { model, numbers in
      model.constant("weight", [17, 3, 1, 1], numbers.floats(51))
      model.constant("shape", integers: [1, 6, 17])
      model.add("Conv", ["x", "weight"], ["a"])
      model.add("Reshape", ["a", "shape"], ["b"])
      model.add("Softmax", ["b"], ["y"])
    },
    .node("Flatten", [2, 3, 2, 2]),
    .node("Flatten", [2, 3, 2, 2], ["axis": -1], detail: "the last axis"),
    .node("Squeeze", [1, 3, 1, 2], opset: 11, ["axes": [2]]),
    .node("Squeeze", [2, 3, 1, 1], detail: "all axes"),
    .node("Unsqueeze", [2, 3], opset: 11, ["axes": [0, 3]]),
    GradientCase("Unsqueeze, axes as an input", [2, 3]) { model, _ in
      model.constant("axes", integers: [-1, 1])
      model.add("Unsqueeze", ["x", "axes"], ["y"])
    },
    GradientCase("channel shuffle", [1, 6, 2, 2]) { model, _ in
      model.constant("grouped", integers: [1, 2, 3, 2, 2])
      model.constant("flat", integers: [1, 6, 2, 2])
      model.add("Reshape", ["x", "grouped"], ["a"])
      model.add("Transpose", ["a"], ["b"], ["perm": [0, 2, 1, 3, 4]])
      model.add("Reshape", ["b", "flat"], ["y"])
    },
  ]

  static let patterns: [GradientCase] = [
    GradientCase("a value used twice", [1, 4, 3], .small) { model, _ in
      model.add("Sigmoid", ["x"], ["a"])
      model.add("Mul", ["a", "a"], ["b"])
      model.add("Add", ["b", "x"], ["y"])
    },
    GradientCase("residual diamonds", [1, 17, 4, 3], .small) { model, numbers in
      for name in ["u", "v"] {
        model.constant(name, [17, 17, 3, 3], numbers.floats(17 * 17 * 9, in: -0.1...0.1))
      }
      model.add("Conv", ["x", "u"], ["a"], ["pads": [1, 1, 1, 1]])
      model.add("Tanh", ["a"], ["b"])
      model.add("Add", ["b", "x"], ["c"])
      model.add("Conv", ["c", "v"], ["d"], ["pads": [1, 1, 1, 1]])
      model.add("Add", ["c", "d"], ["e"])
      model.add("Sigmoid", ["e"], ["f"])
      model.add("Add", ["f", "b"], ["y"])
    },
    gated("Swish", "Sigmoid", [:]),
    gated("HardSwish as two nodes", "HardSigmoid", ["alpha": .float(1 / 6), "beta": 0.5]),
    gated("another gate", "HardSigmoid", ["alpha": 0.2, "beta": 0.5]),
    gelu("GELU as five nodes", dividesFirst: true, halvesLast: true),
    gelu("GELU as five nodes, halved early", dividesFirst: false, halvesLast: false),
    GradientCase("squeeze and excitation", [1, 6, 3, 3], .small) { model, numbers in
      model.constant("down", [2, 6, 1, 1], numbers.floats(12))
      model.constant("up", [6, 2, 1, 1], numbers.floats(12))
      model.add("GlobalAveragePool", ["x"], ["a"])
      model.add("Conv", ["a", "down"], ["b"])
      model.add("Tanh", ["b"], ["c"])
      model.add("Conv", ["c", "up"], ["d"])
      model.add("HardSigmoid", ["d"], ["e"])
      model.add("Mul", ["e", "x"], ["y"])
    },
    GradientCase("normalisation by primitive operators", [1, 2, 6], .small) { model, _ in
      model.constant("two", [], [2])
      model.constant("epsilon", [], [0.01])
      model.add("ReduceMean", ["x"], ["mean"], ["axes": [-1]])
      model.add("Sub", ["x", "mean"], ["d"])
      model.add("Pow", ["d", "two"], ["p"])
      model.add("ReduceMean", ["p"], ["variance"], ["axes": [-1]])
      model.add("Add", ["variance", "epsilon"], ["v"])
      model.add("Sqrt", ["v"], ["s"])
      model.add("Div", ["d", "s"], ["y"])
    },
  ]

  private static func gated(
    _ name: String, _ gate: String, _ attributes: [String: AttributeValue]
  ) -> GradientCase {
    return GradientCase(name, [1, 5, 3, 3]) { model, numbers in
      model.constant("weight", [7, 5, 1, 1], numbers.floats(35, in: -0.45...0.45))
      model.add("Conv", ["x", "weight"], ["a"])
      model.add(gate, ["a"], ["g"], attributes)
      model.add("Mul", ["a", "g"], ["y"])
    }
  }

  private static func gelu(_ name: String, dividesFirst: Bool, halvesLast: Bool) -> GradientCase {
    GradientCase(name, [1, 4, 5], .spaced) { model, _ in
      let root = Float(2).squareRoot()
      model.constant("root", [], [dividesFirst ? root : 1 / root])
      model.constant("one", [], [1])
      model.constant("half", [], [0.5])
      model.add(dividesFirst ? "Div" : "Mul", ["x", "root"], ["a"])
      model.add("Erf", ["a"], ["b"])
      model.add("Add", ["b", "one"], ["c"])
      if halvesLast {
        model.add("Mul", ["x", "c"], ["d"])
        model.add("Mul", ["d", "half"], ["y"])
      } else {
        model.add("Mul", ["c", "half"], ["d"])
        model.add("Mul", ["x", "d"], ["y"])
      }
    }
  }
}
