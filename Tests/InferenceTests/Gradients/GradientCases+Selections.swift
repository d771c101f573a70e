import ModelTestSupport
import RandomTestSupport

extension GradientCases {
  static let selections: [GradientCase] = gathers + scatters + choices

  private static let gathers: [GradientCase] = [
    GradientCase("GatherElements", [2, 3, 4]) { model, _ in
      model.constant("indices", integers: [0, 2, -1, 1, 1, 0, 2, 0], shape: [2, 1, 4])
      model.add("GatherElements", ["x", "indices"], ["y"], ["axis": 1])
    },
    GradientCase("GatherND, slices", [2, 3, 4]) { model, _ in
      model.constant("indices", integers: [0, 2, 1, 0, 0, 2], shape: [3, 2])
      model.add("GatherND", ["x", "indices"], ["p"])
      model.constant("front", integers: [0])
      model.add("Unsqueeze", ["p", "front"], ["q"])
      model.constant("twice", [2, 1, 1], [1, 0.5])
      model.add("Mul", ["q", "twice"], ["y"])
    },
    GradientCase("GatherND, batch axes", [2, 3, 4]) { model, _ in
      model.constant("indices", integers: [2, -1, 0, 0], shape: [2, 2, 1])
      model.add("GatherND", ["x", "indices"], ["y"], ["batch_dims": 1])
    },
    GradientCase("GatherElements by computed indices", [2, 7], .spaced) { model, _ in
      model.add("ArgMax", ["x"], ["largest"], ["axis": 1])
      model.add("GatherElements", ["x", "largest"], ["y"], ["axis": 1])
    },
    GradientCase("Gather by computed indices", [1, 7, 2], .spaced) { model, _ in
      model.add("ReduceMax", ["x"], ["largest"], ["axes": [2], "keepdims": 0])
      model.add("ArgMin", ["largest"], ["smallest"], ["axis": 1, "keepdims": 0])
      model.add("Gather", ["x", "smallest"], ["y"], ["axis": 1])
    },
    GradientCase("TopK", [2, 7], .spaced) { model, _ in
      model.constant("k", integers: [3])
      model.add("TopK", ["x", "k"], ["y", "positions"], ["axis": 1])
    },
    GradientCase("TopK, the smallest of an inner axis", [1, 5, 3], .spaced) { model, _ in
      model.constant("k", integers: [2])
      model.add("TopK", ["x", "k"], ["y", ""], ["axis": 1, "largest": 0])
    },
  ]

  private static let scatters: [GradientCase] =
    (["none", "add"] as [String]).flatMap { reduction in
      [
        GradientCase("ScatterND, \(reduction)", opset: 18, [2, 3, 4]) { model, _ in
          model.constant("indices", integers: [0, 2, 1, 0], shape: [2, 2])
          model.add("Tanh", ["x"], ["t"])
          model.constant("rows", integers: [1, 0])
          model.add("Gather", ["t", "rows"], ["u"], ["axis": 0])
          model.constant("column", integers: [0], shape: [])
          model.add("Gather", ["u", "column"], ["updates"], ["axis": 1])
          model.add(
            "ScatterND", ["x", "indices", "updates"], ["y"], ["reduction": .text(reduction)])
        },
        GradientCase("ScatterElements, \(reduction)", opset: 18, [2, 3]) { model, _ in
          model.constant("indices", integers: [1, -1, 0, 1], shape: [2, 2])
          model.add("Tanh", ["x"], ["t"])
          model.constant("columns", integers: [0, 1])
          model.add("Gather", ["t", "columns"], ["updates"], ["axis": 1])
          model.add(
            "ScatterElements", ["x", "indices", "updates"], ["y"],
            ["axis": 1, "reduction": .text(reduction)])
        },
      ]
    } + [
      GradientCase("ScatterElements, the last of two updates stands", [1, 3]) { model, _ in
        model.constant("indices", integers: [1, 1], shape: [1, 2])
        model.add("Tanh", ["x"], ["t"])
        model.constant("columns", integers: [0, 2])
        model.add("Gather", ["t", "columns"], ["updates"], ["axis": 1])
        model.add("ScatterElements", ["x", "indices", "updates"], ["y"], ["axis": 1])
      }
    ]

  private static let choices: [GradientCase] = [
    GradientCase("Where, a constant condition", [2, 3, 4]) { model, numbers in
      model.constant("condition", integers: [1, 0, 1, 1], shape: [4])
      model.constant("other", [3, 1], numbers.floats(3))
      model.add("Where", ["condition", "x", "other"], ["y"])
    },
    GradientCase("Where, both operands", [1, 3, 4]) { model, _ in
      model.constant("condition", integers: [1, 0, 0], shape: [3, 1])
      model.add("Tanh", ["x"], ["t"])
      model.constant("axes", integers: [1])
      model.add("ReduceSum", ["x", "axes"], ["sums"])
      model.add("Where", ["condition", "t", "sums"], ["y"])
    },
    GradientCase("Where, a computed condition", [1, 8], .spaced) { model, numbers in
      model.constant("other", [1, 8], numbers.floats(8))
      model.constant("one", [], [1])
      model.add("Add", ["x", "one"], ["moved"])
      model.add("Cast", ["moved"], ["condition"], ["to": 7])
      model.add("Where", ["condition", "x", "other"], ["y"])
    },
    GradientCase("Tile", [1, 3, 2]) { model, _ in
      model.constant("repeats", integers: [1, 2, 3])
      model.add("Tile", ["x", "repeats"], ["y"])
    },
    .node("Trilu", [1, 2, 3, 4], ["upper": 0], detail: "lower"),
    GradientCase("Trilu, above the diagonal", [2, 4, 3]) { model, _ in
      model.constant("k", integers: [1], shape: [])
      model.add("Trilu", ["x", "k"], ["y"])
    },
    GradientCase("Compress", [1, 4, 2]) { model, _ in
      model.constant("condition", integers: [1, 0, 1])
      model.add("Compress", ["x", "condition"], ["y"], ["axis": 1])
    },
    GradientCase("ReverseSequence", [2, 4, 3]) { model, _ in
      model.constant("lengths", integers: [3, 1])
      model.add(
        "ReverseSequence", ["x", "lengths"], ["y"], ["batch_axis": 0, "time_axis": 1])
    },
    GradientCase("Pad, wrap", opset: 19, [1, 2, 3, 4]) { model, _ in
      model.constant("pads", integers: [0, 0, 1, 2, 0, 0, 4, 1])
      model.add("Pad", ["x", "pads"], ["y"], ["mode": "wrap"])
    },
    GradientCase("Concat of more parts than oneDNN takes", [1, 2, 3]) { model, _ in
      model.add("Tanh", ["x"], ["t"])
      let parts = (0..<70).map { $0 % 2 == 0 ? "x" : "t" }
      model.add("Concat", parts, ["y"], ["axis": 1])
    },
  ]
}
