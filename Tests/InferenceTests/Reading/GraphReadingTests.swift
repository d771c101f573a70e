import Foundation
import ONNXProto
import Testing

@testable import Inference

/// Files and graphs: those that are read, and those that are refused with one sentence.
@Suite struct GraphReadingTests {
  @Test func initialisersMayBeInputsToo() throws {
    var model = ONNXModel.sound
    model.proto.graph.input.insert(ONNXModel.declaration("w", [4, 3]), at: 0)
    let graph = try model.graph()
    #expect(graph.name(of: graph.input) == "x")
    let found = try PlannedNetwork(graph, inputShape: [1, 4]).run([7, 0, 0, 7], results: ["y"])[0]
    expectEqual(found.floats, [9, 11, 13])
  }

  @Test func nodesMayStandInAnyOrder() throws {
    var model = ONNXModel.sound
    model.proto.graph.node.reverse()
    let found = try PlannedNetwork(model, inputShape: [1, 4]).run([7, 0, 0, 7], results: ["y"])[0]
    expectEqual(found.floats, [9, 11, 13])
  }

  @Test func constantsAreFolded() throws {
    var model = ONNXModel(input: [nil, 3])
    model.add("Constant", [], ["two"], ["value": .tensor(ONNXModel.tensor("", [1], [2]))])
    model.constant("shape", integers: [3, 1])
    model.add("ConstantOfShape", ["shape"], ["zeros"])
    model.add("Add", ["zeros", "two"], ["twos"])
    model.add("Transpose", ["twos"], ["row"])
    model.add("Mul", ["x", "row"], ["y"])
    model.addOutput("y")
    let graph = try model.graph()
    #expect(graph.nodes.map(\.type) == ["Mul"])
    let found = try PlannedNetwork(graph, inputShape: [1, 3]).run([1, 2, 3], results: ["y"])[0]
    #expect(found.floats == [2, 4, 6])
  }

  @Test(arguments: [7, 13, 17, 21])
  func opsetsAreRead(opset: Int) throws {
    var model = ONNXModel.sound
    model.proto.opsetImport[0].version = Int64(opset)
    #expect(try model.graph().opset == opset)
  }

  /// Names tell weights apart in the engine's store.
  @Test func nodesOfTheSameNameKeepTheirOwnWeights() throws {
    var model = ONNXModel(input: [1, 1, 2, 2])
    model.constant("u", [1, 1, 1, 1], [2])
    model.constant("v", [1, 1, 1, 1], [5])
    model.add("Conv", ["x", "u"], ["a"], name: "same")
    model.add("Conv", ["a", "v"], ["y"], name: "same")
    model.addOutput("y")
    let network = try PlannedNetwork(model, inputShape: [1, 1, 2, 2])
    #expect(try network.run([1, 2, 3, 4], results: ["y"])[0].floats == [10, 20, 30, 40])
  }

  // MARK: Refused

  @Test func aMissingFile() {
    expectRefusal("fileNotFound", "/nowhere/model.onnx") {
      _ = try GraphReader.graph(path: "/nowhere/model.onnx")
    }
  }

  @Test func aDirectory() throws {
    try ModelFiles.withFolder { folder in
      expectRefusal("fileUnreadable", folder, "directory") {
        _ = try GraphReader.graph(path: folder)
      }
    }
  }

  @Test(arguments: ["", "hello\n", "\u{0}\u{0}\u{0}\u{0}", "<!DOCTYPE html><html></html>"])
  func aFileThatIsNoModel(text: String) throws {
    try ModelFiles.withFile(Data(text.utf8)) { path in
      expectRefusal("malformed", path) { _ = try GraphReader.graph(path: path) }
    }
  }

  @Test(arguments: 0..<16)
  func aFileThatIsCutOff(sixteenths: Int) throws {
    let bytes = try ONNXModel.sound.encoded()
    let cut = Data(bytes.prefix(bytes.count * sixteenths / 16))
    try ModelFiles.withFile(cut) { path in
      expectRefusal("malformed", path) { _ = try GraphReader.graph(path: path) }
    }
  }

  @Test(arguments: [6, 99, -1])
  func otherOpsets(opset: Int) {
    expectRefusal("unsupported", "opset \(opset)", "7 to") {
      var model = ONNXModel.sound
      model.proto.opsetImport[0].version = Int64(opset)
      _ = try model.graph()
    }
  }

  /// Changes of a sound model, the kind of error, and a word of it.
  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let kind: String
    let words: [String]
    let apply: @Sendable (inout ONNXModel) -> Void

    init(
      _ name: String, _ kind: String, _ words: String...,
      apply: @escaping @Sendable (inout ONNXModel) -> Void
    ) {
      (testDescription, self.kind, self.words, self.apply) = (name, kind, words, apply)
    }
  }

  static let changes: [Change] = [
    Change("a cycle", "malformed", "cycle") { $0.proto.graph.node[0].input[0] = "y" },
    Change("a node that reads itself", "malformed", "cycle") {
      $0.proto.graph.node[1].input[0] = "y"
    },
    Change("a value made twice", "malformed", "p", "twice") {
      $0.add("Tanh", ["x"], ["p"])
    },
    Change("a weight made again", "malformed", "w", "twice") { $0.add("Tanh", ["x"], ["w"]) },
    Change("the input made again", "malformed", "x", "twice") { $0.add("Tanh", ["w"], ["x"]) },
    Change("a value from nowhere", "malformed", "rectifier", "ghost") {
      $0.proto.graph.node[1].input[0] = "ghost"
    },
    Change("an output from nowhere", "malformed", "ghost") { $0.addOutput("ghost") },
    Change("no output", "malformed", "output") { $0.proto.graph.output = [] },
    Change("no node", "malformed", "no graph") { $0.proto.graph.node = [] },
    Change("no input", "unsupported", "no input") {
      $0.proto.graph.input = []
      $0.proto.graph.node[0].input = ["w", "w"]
    },
    Change("two inputs", "unsupported", "x, z", "one image") {
      $0.proto.graph.input.append(ONNXModel.declaration("z", [1, 3]))
      $0.add("Add", ["p", "z"], ["sum"])
      $0.addOutput("sum")
    },
    Change("an input of text", "unsupported", "x") {
      $0.proto.graph.input[0].type.tensorType.elemType = 8
    },
    Change("an operator", "unsupportedOperator", "rectifier", "LSTM", "opset 17") {
      $0.proto.graph.node[1].opType = "LSTM"
    },
    Change("an operator of another domain", "unsupportedOperator", "com.microsoft.Relu") {
      $0.proto.graph.node[1].domain = "com.microsoft"
    },
    Change("an attribute", "unsupportedAttribute", "rectifier", "Relu", "opset 17", "slope") {
      $0.proto.graph.node[1].attribute = [AttributeValue.integer(1).proto(named: "slope")]
    },
    Change("an attribute's value", "unsupportedAttribute", "auto_pad", "BEST") {
      $0.constant("k", [1, 1, 1, 1], [1])
      $0.add("Conv", ["x", "k"], ["c"], ["auto_pad": "BEST"])
      $0.proto.graph.output[0].name = "c"
    },
  ]

  @Test(arguments: changes)
  func unsoundGraphs(change: Change) {
    var model = ONNXModel.sound
    change.apply(&model)
    for word in change.words { expectRefusal(change.kind, word) { _ = try model.graph() } }
  }
}
