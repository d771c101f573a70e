import Testing

@testable import Inference

/// What graphs do to their scores before they come out, and where the scores are taken.
@Suite struct ScoreEndingTests {
  /// A way to end a network that gives six scores `z`, or one.
  struct End: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let ending: ScoreEnding
    /// The value that scores are taken from.
    let scores: String
    var count = 6
    var opset = 17
    let add: @Sendable (inout ONNXModel) -> Void

    init(
      _ name: String, _ ending: ScoreEnding, from scores: String, count: Int = 6, opset: Int = 17,
      add: @escaping @Sendable (inout ONNXModel) -> Void
    ) {
      (testDescription, self.ending, self.scores) = (name, ending, scores)
      (self.count, self.opset, self.add) = (count, opset, add)
    }
  }

  /// A classifier up to `z`, `[N, count]`.
  static func model(count: Int, opset: Int = 17) -> ONNXModel {
    var model = ONNXModel(opset: opset, input: [nil, 3, 8, 8])
    model.constant("k", [4, 3, 1, 1], (0..<12).map { Float($0 % 5) / 7 - 0.2 })
    model.constant("w", [4, count], (0..<4 * count).map { Float($0 % 7) / 5 - 0.6 })
    model.add("Conv", ["x", "k"], ["features"])
    model.add("GlobalAveragePool", ["features"], ["pooled"])
    model.add("Flatten", ["pooled"], ["flat"])
    model.add("MatMul", ["flat", "w"], ["z"])
    return model
  }

  private static let percent = ScoreEnding.probabilities(
    divisor: 100, sumsToOne: true, isExclusive: true)
  private static let mean = ScoreEnding.probabilities(
    divisor: 1, sumsToOne: true, isExclusive: true)

  static let ends: [End] = [
    End("nothing", .none, from: "out") { $0.add("Identity", ["z"], ["out"]) },
    End("softmax", .softmax, from: "z") { $0.add("Softmax", ["z"], ["out"]) },
    End("softmax of opset 11", .softmax, from: "z", opset: 11) {
      $0.add("Softmax", ["z"], ["out"], ["axis": 1])
    },
    End("log softmax", .softmax, from: "z") { $0.add("LogSoftmax", ["z"], ["out"]) },
    End("softmax of a log softmax", .softmax, from: "z") {
      $0.add("LogSoftmax", ["z"], ["l"])
      $0.add("Softmax", ["l"], ["out"])
    },
    End("softmax of a softmax", .softmax, from: "p") {
      $0.add("Softmax", ["z"], ["p"])
      $0.add("Softmax", ["p"], ["out"])
    },
    End("temperature", .softmax, from: "t") {
      $0.constant("c", [], [2.5])
      $0.add("Div", ["z", "c"], ["t"])
      $0.add("Softmax", ["t"], ["out"])
    },
    End("percent, clipped, another shape", .softmax, from: "z") {
      $0.constant("c", [1], [100])
      $0.constant("low", [], [1e-5])
      $0.constant("axes", integers: [2, 3])
      $0.add("Softmax", ["z"], ["p"])
      $0.add("Clip", ["p", "low"], ["q"])
      $0.add("Mul", ["c", "q"], ["r"])
      $0.add("Unsqueeze", ["r", "axes"], ["s"])
      $0.add("Cast", ["s"], ["out"], ["to": 1])
    },
    End("mean of two softmaxes", mean, from: "out") {
      $0.constant("half", [], [0.5])
      $0.add("Mul", ["z", "half"], ["y"])
      $0.add("Softmax", ["z"], ["p"])
      $0.add("Softmax", ["y"], ["q"])
      $0.add("Add", ["p", "q"], ["sum"])
      $0.add("Mul", ["sum", "half"], ["out"])
    },
    End("the same in percent", percent, from: "out") {
      $0.constant("fifty", [], [50])
      $0.add("Softmax", ["z"], ["p"])
      $0.add("Softmax", ["p"], ["q"])
      $0.add("Add", ["p", "q"], ["sum"])
      $0.add("Mul", ["sum", "fifty"], ["out"])
    },
    End("mean over an axis", mean, from: "out") {
      $0.constant("axes", integers: [1])
      $0.add("Softmax", ["z"], ["p"])
      $0.add("LogSoftmax", ["z"], ["l"])
      $0.add("Softmax", ["l"], ["q"])
      $0.add("Unsqueeze", ["p", "axes"], ["p1"])
      $0.add("Unsqueeze", ["q", "axes"], ["q1"])
      $0.add("Concat", ["p1", "q1"], ["both"], ["axis": 1])
      $0.add("ReduceMean", ["both"], ["out"], ["axes": [1], "keepdims": 0])
    },
    End(
      "some of the classes", .probabilities(divisor: 1, sumsToOne: false, isExclusive: true),
      from: "out"
    ) {
      $0.constant("from", integers: [1])
      $0.constant("to", integers: [6])
      $0.constant("axes", integers: [1])
      $0.add("Softmax", ["z"], ["p"])
      $0.add("Slice", ["p", "from", "to", "axes"], ["out"])
    },
    End("sigmoid", .sigmoid, from: "z") { $0.add("Sigmoid", ["z"], ["out"]) },
    End("sigmoid of one value", .sigmoid, from: "z", count: 1) {
      $0.add("Sigmoid", ["z"], ["p"])
      $0.add("Flatten", ["p"], ["out"])
    },
    End("hard sigmoid", .hardSigmoid(alpha: 0.25, beta: 0.5), from: "z") {
      $0.add("HardSigmoid", ["z"], ["out"], ["alpha": 0.25])
    },
    End("hard sigmoid, written out", .hardSigmoid(alpha: 1 / 6, beta: 0), from: "a") {
      $0.constant("three", [], [3])
      $0.constant("low", [], [0])
      $0.constant("high", [], [6])
      $0.add("Add", ["z", "three"], ["a"])
      $0.add("Clip", ["a", "low", "high"], ["c"])
      $0.add("Div", ["c", "high"], ["out"])
    },
    End(
      "mean of two sigmoids",
      .probabilities(divisor: 1, sumsToOne: false, isExclusive: false), from: "out"
    ) {
      $0.constant("half", [], [0.5])
      $0.add("Mul", ["z", "half"], ["y"])
      $0.add("Sigmoid", ["z"], ["p"])
      $0.add("Sigmoid", ["y"], ["q"])
      $0.add("Add", ["p", "q"], ["sum"])
      $0.add("Mul", ["sum", "half"], ["out"])
    },
    End("a value that is not negative", .rectified, from: "out", count: 1) {
      $0.add("Relu", ["z"], ["out"])
    },
    End("scores that are not negative", .none, from: "out") { $0.add("Relu", ["z"], ["out"]) },
    End("a gate is no probability", .none, from: "out") {
      $0.add("Sigmoid", ["z"], ["g"])
      $0.add("Mul", ["z", "g"], ["out"])
    },
    End("no batch axis", .none, from: "z") {
      $0.constant("axes", integers: [0])
      $0.add("Squeeze", ["z", "axes"], ["out"])
    },
  ]

  @Test(arguments: ends)
  func isFound(end: End) throws {
    var model = Self.model(count: end.count, opset: end.opset)
    end.add(&model)
    model.addOutput("out")
    let structure = try NetworkStructure(try model.graph(), height: 8, width: 8)
    #expect(structure.ending == end.ending)
    #expect(structure.graph.name(of: structure.scores) == end.scores)
    #expect(structure.graph.name(of: structure.output) == "out")
    #expect(structure.notes.isEmpty)
  }

  @Test func theOutputCanBeTakenAsItStands() throws {
    var model = Self.model(count: 6)
    model.add("Sigmoid", ["z"], ["out"])
    model.addOutput("out")
    let structure = try NetworkStructure(
      try model.graph(), height: 8, width: 8, choice: ScoreChoice(takesOutput: true))
    #expect(structure.ending == .none)
    #expect(structure.scores == structure.output)
  }

  /// A graph in which every value is read twice would take 2^60 steps without memory.
  @Test func sharedValuesCostNothing() throws {
    var model = Self.model(count: 6)
    model.add("Softmax", ["z"], ["v0"])
    for step in 0..<60 { model.add("Add", ["v\(step)", "v\(step)"], ["v\(step + 1)"]) }
    model.addOutput("v60")
    let structure = try NetworkStructure(try model.graph(), height: 8, width: 8)
    #expect(structure.ending != .none)
  }
}
