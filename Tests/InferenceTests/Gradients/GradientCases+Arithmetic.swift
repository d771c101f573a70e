import RandomTestSupport
import ModelTestSupport

extension GradientCases {
  static let products: [GradientCase] = [
    gemm("Gemm", [2, 6], [6, 4], [4], [:]),
    gemm("Gemm, transB", [2, 6], [4, 6], [4], ["transB": 1, "alpha": 0.7, "beta": 1.5]),
    gemm("Gemm, transA", [6, 2], [6, 4], [2, 4], ["transA": 1]),
    gemm("Gemm, both transposed", [6, 3], [4, 6], [3, 1], ["transA": 1, "transB": 1]),
    matMul("MatMul, a constant on the right", [2, 5], [5, 4], constantLeft: false),
    matMul("MatMul, a constant on the left", [5, 3], [4, 5], constantLeft: true),
    matMul("MatMul, stacks", [2, 3, 5], [5, 4], constantLeft: false),
    matMul("MatMul, the constant is a stack", [3, 5], [2, 5, 4], constantLeft: false),
    matMul("MatMul, a vector", [4], [4, 4], constantLeft: false),
    matMul("MatMul, by a vector", [2, 3, 5], [5], constantLeft: false),
    GradientCase("MatMul, both operands", [1, 3, 4]) { model, _ in
      model.add("Transpose", ["x"], ["t"], ["perm": [0, 2, 1]])
      model.add("MatMul", ["x", "t"], ["y"])
    },
  ]

  private static func gemm(
    _ name: String, _ input: [Int], _ weights: [Int], _ bias: [Int],
    _ attributes: [String: AttributeValue]
  ) -> GradientCase {
    return GradientCase(name, input) { model, numbers in
      model.constant("weight", weights, numbers.floats(weights.reduce(1, *)))
      model.constant("bias", bias, numbers.floats(bias.reduce(1, *)))
      model.add("Gemm", ["x", "weight", "bias"], ["y"], attributes)
    }
  }

  private static func matMul(
    _ name: String, _ input: [Int], _ other: [Int], constantLeft: Bool
  ) -> GradientCase {
    GradientCase(name, input) { model, numbers in
      model.constant("c", other, numbers.floats(other.reduce(1, *)))
      model.add("MatMul", constantLeft ? ["c", "x"] : ["x", "c"], ["y"])
    }
  }

  /// Every operation with a constant of every relation of the shapes, on both sides; and with both
  /// operands depending on the input.
  static let arithmetic: [GradientCase] =
    ["Add", "Sub", "Mul", "Div"].flatMap { type in
      shapes.flatMap { input, other in
        [
          constantArithmetic(type, input, other, isConstantLeft: false),
          constantArithmetic(type, input, other, isConstantLeft: true),
        ]
      } + [bothOperands(type), broadcastGate(type), broadcastGate(type, isGateLeft: true)]
    } + powers

  private static let shapes: [(input: [Int], other: [Int])] = [
    ([1, 3, 2, 4], [1, 3, 2, 4]), ([1, 3, 2, 4], [3, 1, 1]), ([1, 3, 2, 4], [4]),
    ([2, 3, 2, 2], []), ([1, 3, 1, 4], [1, 3, 5, 1]), ([3], [2, 4, 3]),
    ([1, 3, 1, 1], [1, 3, 2, 2]),
  ]

  private static func constantArithmetic(
    _ type: String, _ input: [Int], _ other: [Int], isConstantLeft: Bool
  ) -> GradientCase {
    let name = "\(type), \(input) and a constant \(other)\(isConstantLeft ? " on the left" : "")"
    return GradientCase(name, input, .positive) { model, numbers in
      model.constant("c", other, numbers.floats(other.reduce(1, *), in: 0.5...2))
      model.add(type, isConstantLeft ? ["c", "x"] : ["x", "c"], ["y"])
    }
  }

  private static func bothOperands(_ type: String) -> GradientCase {
    GradientCase("\(type), two operands", [1, 17, 3, 2], .positive) { model, numbers in
      model.constant("weight", [17, 17, 1, 1], numbers.floats(289, in: 0.1...0.5))
      model.add("Conv", ["x", "weight"], ["a"])
      model.add("Tanh", ["x"], ["b"])
      model.add(type, ["a", "b"], ["y"])
    }
  }

  /// One operand is one number a channel, as in squeeze and excitation.
  private static func broadcastGate(_ type: String, isGateLeft: Bool = false) -> GradientCase {
    let name = "\(type), a gate a channel\(isGateLeft ? " on the left" : "")"
    return GradientCase(name, [1, 5, 3, 3], .positive) { model, _ in
      model.add("GlobalAveragePool", ["x"], ["pooled"])
      model.add("Sigmoid", ["pooled"], ["gate"])
      model.add(type, isGateLeft ? ["gate", "x"] : ["x", "gate"], ["y"])
    }
  }

  private static let powers: [GradientCase] =
    ([2, 3, 0.5, -1, 1.7] as [Float]).map { exponent in
      GradientCase("Pow, exponent \(exponent)", [1, 3, 4], .positive) { model, _ in
        model.constant("c", [], [exponent])
        model.add("Pow", ["x", "c"], ["y"])
      }
    } + [
      GradientCase("Pow, the square of negative numbers", [1, 3, 4], .spaced) { model, _ in
        model.constant("c", [], [2])
        model.add("Pow", ["x", "c"], ["y"])
      },
      GradientCase("Pow, an exponent a channel", [1, 3, 2, 2], .positive) { model, numbers in
        model.constant("c", [3, 1, 1], numbers.floats(3, in: 0.5...3))
        model.add("Pow", ["x", "c"], ["y"])
      },
      GradientCase("Pow, a base that is repeated", [1, 3], .positive) { model, numbers in
        model.constant("c", [4, 3], numbers.floats(12, in: 0.5...3))
        model.add("Pow", ["x", "c"], ["y"])
      },
    ]

  static let functions: [GradientCase] =
    ["Neg", "Exp", "Sin", "Cos", "Tan", "Atan", "Sinh", "Cosh", "Asinh"].map {
      .node($0, [1, 4, 3])
    } + ["Log", "Reciprocal"].map { .node($0, [1, 4, 3], .positive) }
    + ["Asin", "Acos", "Atanh"].map { type in
      GradientCase(type, [1, 4, 3]) { model, _ in
        model.constant("half", [], [0.5])
        model.add("Mul", ["x", "half"], ["inside"])
        model.add(type, ["inside"], ["y"])
      }
    } + [
      GradientCase("Acosh", [1, 4, 3], .positive) { model, _ in
        model.constant("one", [], [1])
        model.add("Add", ["x", "one"], ["inside"])
        model.add("Acosh", ["inside"], ["y"])
      },
      GradientCase("Floor, beside its argument", [1, 4, 3], .spaced) { model, _ in
        model.add("Floor", ["x"], ["steps"])
        model.add("Mul", ["x", "steps"], ["y"])
      },
    ]

  static let pairs: [GradientCase] = twoOperands + threeOperands + remainders

  private static let twoOperands: [GradientCase] = ["Max", "Min", "Pow", "Sum", "Mean"].flatMap {
    (type: String) -> [GradientCase] in
    let computed = GradientCase("\(type), two that are computed", [1, 4, 3], .positive) {
      model, _ in
      // Now the one is larger and now the other, and they never meet.
      model.constant("c", [4, 3], (0..<12).map { $0 % 3 == 0 ? 2 : 0.5 })
      model.add("Mul", ["x", "c"], ["a"])
      model.add("Identity", ["x"], ["b"])
      model.add(type, ["a", "b"], ["y"])
    }
    let repeated = GradientCase("\(type), one of them repeated", [1, 4, 3], .positive) {
      model, _ in
      // A sum of positive numbers is never near one of them.
      model.constant("axes", integers: [1])
      model.add("ReduceSum", ["x", "axes"], ["sum"])
      model.add(type, ["sum", "x"], ["y"])
    }
    return [computed, repeated]
  }

  private static let threeOperands: [GradientCase] = [
    ("Max", "Neg"), ("Min", "Neg"), ("Sum", "Tanh"), ("Mean", "Tanh"),
  ].map { (type: String, other: String) -> GradientCase in
    GradientCase("\(type), three", [1, 4, 3], .spaced) { model, numbers in
      model.constant("c", [4, 1], numbers.spacedFloats(4).map { $0 + 0.015 })
      model.add(other, ["x"], ["n"])
      model.add(type, ["x", "c", "n"], ["y"])
    }
  }

  private static let remainders: [GradientCase] = [
    GradientCase("Mod, by a constant", [1, 4, 3], .spaced) { model, _ in
      model.constant("c", [], [0.4])
      model.add("Mod", ["x", "c"], ["y"], ["fmod": 1])
    },
    GradientCase("Less, as a mask", [1, 4, 3], .spaced) { model, _ in
      model.constant("c", [], [0.1])
      model.add("Less", ["x", "c"], ["below"])
      model.add("Cast", ["below"], ["mask"], ["to": 1])
      model.add("Mul", ["x", "mask"], ["y"])
    },
  ]

  static let reductions: [GradientCase] =
    [
      ("ReduceMean", .spaced), ("ReduceSum", .spaced), ("ReduceMax", .spaced),
      ("ReduceMin", .spaced), ("ReduceL1", .spaced), ("ReduceL2", .small),
      ("ReduceSumSquare", .small), ("ReduceProd", .positive), ("ReduceLogSum", .positive),
      ("ReduceLogSumExp", .small),
    ].flatMap { (type: String, inputs: GradientCase.Inputs) in
      let opset = 11
      return [
        GradientCase.node(
          type, [2, 5, 3, 4], inputs, opset: opset, ["axes": [2, 3]], detail: "spatial axes"),
        .node(
          type, [1, 17, 3, 4], inputs, opset: opset, ["axes": [-1, -2], "keepdims": 0],
          detail: "spatial axes dropped"),
        .node(type, [2, 5, 3], inputs, opset: opset, ["axes": [1]], detail: "channels"),
        .node(
          type, [2, 5, 3], inputs, opset: opset, ["axes": [0], "keepdims": 0], detail: "batch"),
        .node(type, [1, 2, 3], inputs, opset: opset, detail: "all axes"),
        GradientCase("\(type), axes as an input", opset: 18, [2, 3, 3, 2], inputs) { model, _ in
          model.constant("axes", integers: [-1, 1])
          model.add(type, ["x", "axes"], ["y"], ["keepdims": 0])
        },
      ]
    }
}
