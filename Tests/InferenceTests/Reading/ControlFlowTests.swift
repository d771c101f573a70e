import ModelTestSupport
import ONNXProto
import SwiftProtobuf
import Testing

@testable import Inference

/// Graphs inside of nodes, and functions: they compute what the nodes in their place would.
@Suite struct ControlFlowTests {
  private static func node(
    _ type: String, _ inputs: [String], _ outputs: [String],
    _ attributes: [Onnx_AttributeProto] = [], domain: String = ""
  ) -> Onnx_NodeProto {
    Onnx_NodeProto.with {
      ($0.opType, $0.input, $0.output, $0.attribute) = (type, inputs, outputs, attributes)
      $0.domain = domain
    }
  }

  private static func graph(
    _ nodes: [Onnx_NodeProto], inputs: [String] = [], outputs: [String]
  ) -> Onnx_GraphProto {
    Onnx_GraphProto.with {
      $0.node = nodes
      $0.input = inputs.map { name in Onnx_ValueInfoProto.with { $0.name = name } }
      $0.output = outputs.map { name in Onnx_ValueInfoProto.with { $0.name = name } }
    }
  }

  private static func attribute(_ name: String, _ graph: Onnx_GraphProto) -> Onnx_AttributeProto {
    Onnx_AttributeProto.with { ($0.name, $0.type, $0.g) = (name, .graph, graph) }
  }

  private static func reference(_ name: String, to other: String) -> Onnx_AttributeProto {
    Onnx_AttributeProto.with { ($0.name, $0.type, $0.refAttrName) = (name, .float, other) }
  }

  private static func floats(
    _ model: ONNXModel, _ input: [Float], shape: [Int]
  ) throws -> [Float] {
    try PlannedNetwork(model, inputShape: shape).run(input, results: ["y"])[0].floats
  }

  /// `y = x + c` where the last axis has a length, else `y = -x`; both branches name their value alike.
  private static func branching(on length: Int) -> ONNXModel {
    var model = ONNXModel(input: [1, nil])
    model.constant("c", [], [10])
    model.constant("one", integers: [1], shape: [])
    model.constant("length", integers: [length], shape: [])
    model.add("Shape", ["x"], ["shape"])
    model.add("Gather", ["shape", "one"], ["last"])
    model.add("Sub", ["last", "length"], ["difference"])
    model.add("Cast", ["difference"], ["other"], ["to": 9])
    model.proto.graph.node.append(
      node(
        "If", ["other"], ["y"],
        [
          attribute("then_branch", graph([node("Sub", ["zero", "x"], ["z"])], outputs: ["z"])),
          attribute("else_branch", graph([node("Add", ["x", "c"], ["z"])], outputs: ["z"])),
        ]))
    model.constant("zero", [], [0])
    model.addOutput("y")
    return model
  }

  @Test func aBranchIsChosenByTheSizeOfTheInput() throws {
    let model = Self.branching(on: 3)
    #expect(try Self.floats(model, [1, 2, 3], shape: [1, 3]) == [11, 12, 13])
    #expect(try Self.floats(model, [1, 2], shape: [1, 2]) == [-1, -2])
  }

  @Test func aConditionThatDependsOnTheImageIsRefused() {
    expectRefusal("invalidNode", "If", "condition", "export") {
      var model = ONNXModel(input: [1, 1])
      let branch = Self.graph([Self.node("Relu", ["x"], ["z"])], outputs: ["z"])
      model.add("Cast", ["x"], ["condition"], ["to": 9])
      model.proto.graph.node.append(
        Self.node(
          "If", ["condition"], ["y"],
          [Self.attribute("then_branch", branch), Self.attribute("else_branch", branch)]))
      model.addOutput("y")
      _ = try PlannedNetwork(model, inputShape: [1, 1])
    }
  }

  /// `v = 2 v + i` a number of times, and all values of `v`; an If in the body reads the round.
  private static func looping(_ count: Int) -> ONNXModel {
    var model = ONNXModel(input: [1, 2])
    model.constant("count", integers: [count], shape: [])
    let even = graph([node("Add", ["v", "v"], ["w"])], outputs: ["w"])
    let body = graph(
      [
        node("Identity", ["going"], ["goes on"]),
        node("Cast", ["i"], ["isLater"], [AttributeValue.integer(9).proto(named: "to")]),
        node(
          "If", ["isLater"], ["doubled"],
          [attribute("then_branch", even), attribute("else_branch", even)]),
        node("Cast", ["i"], ["number"], [AttributeValue.integer(1).proto(named: "to")]),
        node("Add", ["doubled", "number"], ["next"]),
        node("Add", ["doubled", "number"], ["seen"]),
      ], inputs: ["i", "going", "v"], outputs: ["goes on", "next", "seen"])
    model.proto.graph.node.append(
      node("Loop", ["count", "", "x"], ["y", "all"], [attribute("body", body)]))
    model.addOutput("y")
    model.addOutput("all")
    return model
  }

  @Test func aLoopIsTakenApart() throws {
    let network = try PlannedNetwork(Self.looping(3), inputShape: [1, 2])
    let results = try network.run([1, -1], results: ["y", "all"])
    #expect(results[0].floats == [12, -4])
    #expect(results[1].shape == [3, 1, 2])
    #expect(results[1].floats == [2, -2, 5, -3, 12, -4])
  }

  @Test func aLoopWithoutBoundsIsRefused() {
    expectRefusal("invalidNode", "Loop", "more than") {
      _ = try PlannedNetwork(Self.looping(Int.max), inputShape: [1, 2])
    }
  }

  @Test func aScanRunsOverSlices() throws {
    var model = ONNXModel(input: [1, 3])
    model.constant("start", [1], [100])
    let body = Self.graph(
      [
        Self.node("Add", ["sum", "slice"], ["next"]),
        Self.node("Identity", ["next"], ["seen"]),
      ], inputs: ["sum", "slice"], outputs: ["next", "seen"])
    model.proto.graph.node.append(
      Self.node(
        "Scan", ["start", "x"], ["last", "y"],
        [
          Self.attribute("body", body),
          AttributeValue.integer(1).proto(named: "num_scan_inputs"),
          AttributeValue.integers([1]).proto(named: "scan_input_axes"),
          AttributeValue.integers([1]).proto(named: "scan_input_directions"),
        ]))
    model.addOutput("y")
    #expect(try Self.floats(model, [1, 2, 3], shape: [1, 3]) == [103, 105, 106])
  }

  /// `outer(x) = inner(x)` with a slope of 0.5, `inner(x) = LeakyRelu(x + b)` with the slope that the
  /// call gives, `b` left out: the function of another opset adds nothing.
  private static func calling() -> ONNXModel {
    var model = ONNXModel(input: [1, 2])
    let inner = Onnx_FunctionProto.with {
      ($0.domain, $0.name) = ("local", "inner")
      ($0.input, $0.output) = (["a", "low"], ["b"])
      $0.attribute = ["slope"]
      $0.node = [
        node("LeakyRelu", ["a"], ["t"], [reference("alpha", to: "slope")]),
        node("Clip", ["t", "low"], ["b"]),
      ]
      $0.opsetImport = [Onnx_OperatorSetIdProto.with { $0.version = 13 }]
    }
    let outer = Onnx_FunctionProto.with {
      ($0.domain, $0.name) = ("local", "outer")
      ($0.input, $0.output) = (["a"], ["b", "same"])
      $0.attributeProto = [
        Onnx_AttributeProto.with { ($0.name, $0.type, $0.f) = ("factor", .float, 0.5) }
      ]
      $0.node = [
        node("inner", ["a"], ["t"], [reference("slope", to: "factor")], domain: "local"),
        node("Identity", ["t"], ["b"]),
        node("Identity", ["a"], ["same"]),
      ]
    }
    model.proto.functions = [inner, outer]
    model.proto.graph.node.append(node("outer", ["x"], ["y", "z"], domain: "local"))
    model.addOutput("y")
    return model
  }

  @Test func aFunctionIsReadInPlaceOfItsCall() throws {
    var model = Self.calling()
    #expect(try Self.floats(model, [4, -4], shape: [1, 2]) == [4, -2])
    model.proto.graph.node[0].attribute = [AttributeValue.float(0.25).proto(named: "factor")]
    #expect(try Self.floats(model, [4, -4], shape: [1, 2]) == [4, -1])
  }

  @Test func functionsWithoutEndAreRefused() {
    expectRefusal("malformed", "each other") {
      var model = Self.calling()
      model.proto.functions[0].node[0] = Self.node("outer", ["a"], ["t"], domain: "local")
      _ = try model.graph()
    }
    expectRefusal("malformed", "nodes") {
      var model = ONNXModel(input: [1, 2])
      model.proto.functions = (0..<40).map { level in
        Onnx_FunctionProto.with {
          ($0.domain, $0.name, $0.input, $0.output) = ("local", "f\(level)", ["a"], ["c"])
          let type = level == 0 ? "Relu" : "f\(level - 1)"
          let domain = level == 0 ? "" : "local"
          $0.node = [
            Self.node(type, ["a"], ["b"], domain: domain),
            Self.node(type, ["b"], ["c"], domain: domain),
          ]
        }
      }
      model.proto.graph.node.append(Self.node("f39", ["x"], ["y"], domain: "local"))
      model.addOutput("y")
      _ = try model.graph()
    }
  }

  @Test func whatNoOutputNeedsRefusesNothing() throws {
    var model = ONNXModel(input: [1, 2])
    model.add("Relu", ["x"], ["y"])
    model.add("NonMaxSuppression", ["y"], ["boxes"])
    model.addOutput("y")
    #expect(try Self.floats(model, [4, -4], shape: [1, 2]) == [4, 0])
    model.add("Add", ["boxes", "y"], ["more"])
    model.addOutput("more")
    #expect(try Self.floats(model, [4, -4], shape: [1, 2]) == [4, 0])
  }
}
