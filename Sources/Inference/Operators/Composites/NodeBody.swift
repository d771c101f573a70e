import Foundation
import ONNXProto
import SwiftProtobuf

/// The nodes that a ``CompositeOperator`` consists of. Every shape is known while it is put together.
struct NodeBody {
  /// A value within the body.
  struct Value: Hashable {
    fileprivate let index: Int
  }

  /// A node within the body.
  struct Step {
    var type: String
    var operation: any Operator
    var inputs: [Value?]
    var outputs: [Value]
  }

  /// The composite node's inputs; nil where one is left out.
  let inputs: [Value?]
  /// What is left to be run, in order.
  private(set) var steps: [Step] = []
  /// The composite node's outputs.
  private(set) var results: [Value?] = []
  private let node: NodeOperands
  private var values: [Operand] = []

  /// What is known of the composite node's outputs.
  var operands: [Operand] { results.map { $0.map { self[$0] } ?? Operand(shape: []) } }

  /// The version that the operators within are written in.
  private static let opset = 18

  init(_ node: NodeOperands) {
    self.node = node
    var values: [Operand] = []
    inputs = node.inputs.map { operand in
      guard let operand else { return nil }
      values.append(operand)
      return Value(index: values.count - 1)
    }
    self.values = values
  }

  /// What is known of a value.
  subscript(value: Value) -> Operand { values[value.index] }

  /// A value's shape.
  func shape(_ value: Value) -> [Int] { values[value.index].shape }

  /// A required input.
  func input(_ index: Int) throws -> Value {
    guard index < inputs.count, let value = inputs[index] else {
      throw node.failure("input \(index) is missing")
    }
    return value
  }

  /// An input that may be left out.
  func optional(_ index: Int) -> Value? { index < inputs.count ? inputs[index] : nil }

  /// A constant.
  mutating func constant(_ tensor: Tensor) -> Value { append(Operand(tensor)) }

  /// A scalar.
  mutating func constant(_ number: Float) -> Value {
    constant(Tensor(shape: [], floats: [number]))
  }

  /// A list of integers.
  mutating func constant(_ integers: [Int]) -> Value {
    constant(Tensor(shape: [integers.count], integers: integers.map { Int64($0) }))
  }

  /// Adds an operator by its name in ``OperatorTable``, in the form of opset 18.
  ///
  /// - Returns: its first output.
  /// - Throws: what its attributes or shapes are refused with.
  @discardableResult
  mutating func add(
    _ type: String, _ inputs: [Value?], _ attributes: [String: BodyAttribute] = [:]
  ) throws -> Value {
    guard let operation = OperatorTable.operators[type] else {
      throw node.failure("it needs \(type), which is not supported")
    }
    let proto = Onnx_NodeProto.with {
      $0.name = node.name
      $0.opType = type
      $0.input = inputs.map { $0 == nil ? "" : "x" }
      $0.output = ["y"]
      $0.attribute = attributes.map { $1.proto(named: $0) }
    }
    let nothing = Tensor(shape: [], floats: [0])
    let reader = NodeReader(
      proto, attributes: proto.attribute, opset: Self.opset, readTensor: { _ in nothing },
      readSparse: { _ in nothing })
    let instance = try operation.init(reader)
    try reader.finish()
    return try add(instance, type, inputs)
  }

  /// Adds an operator, which may be one that no file names.
  ///
  /// - Returns: its first output.
  @discardableResult
  mutating func add(
    _ operation: any Operator, _ type: String, _ inputs: [Value?]
  ) throws -> Value {
    try add(operation, type, inputs, outputCount: 1)[0]
  }

  /// Adds an operator of several outputs.
  mutating func add(
    _ operation: any Operator, _ type: String, _ inputs: [Value?], outputCount: Int
  ) throws -> [Value] {
    let placeholder = Node(
      name: node.name, type: type, opset: Self.opset, operation: operation,
      inputs: inputs.map { $0.map { ValueID(index: $0.index) } },
      outputs: (0..<outputCount).map { ValueID(index: $0) })
    // Shapes are exact here: no size of a batch in the file is to be replaced.
    let made = try placeholder.infer(inputs.map { $0.map { values[$0.index] } }, batch: (1, 1))
    let outputs = made.prefix(outputCount).map { append($0) }
    if !made.prefix(outputCount).allSatisfy({ $0.constant != nil }) {
      steps.append(Step(type: type, operation: operation, inputs: inputs, outputs: outputs))
    }
    return outputs
  }

  /// Gives a value other dimensions.
  mutating func reshape(_ value: Value, _ shape: [Int]) throws -> Value {
    if self.shape(value) == shape { return value }
    let target = constant(shape)
    return try add("Reshape", [value, target], ["allowzero": .integer(1)])
  }

  /// Permutes the axes.
  mutating func transpose(_ value: Value, _ permutation: [Int]) throws -> Value {
    if permutation == Array(permutation.indices) { return value }
    return try add("Transpose", [value], ["perm": .integers(permutation)])
  }

  /// Ends the body.
  ///
  /// - Parameter values: the composite node's outputs, in order.
  /// - Throws: an ``InferenceError``.
  mutating func finish(_ values: Value?...) throws {
    for value in values {
      guard let value else {
        results.append(nil)
        continue
      }
      let isMade = steps.contains { $0.outputs.contains(value) } && !results.contains(value)
      let isConstant = self[value].constant != nil
      results.append(isMade || isConstant ? value : try add("Identity", [value]))
    }
  }

  private mutating func append(_ operand: Operand) -> Value {
    values.append(operand)
    return Value(index: values.count - 1)
  }
}

/// The value of an attribute of a node within a body.
enum BodyAttribute {
  case integer(Int)
  case float(Float)
  case integers([Int])
  case text(String)

  fileprivate func proto(named name: String) -> Onnx_AttributeProto {
    Onnx_AttributeProto.with {
      $0.name = name
      switch self {
      case .integer(let value): ($0.type, $0.i) = (.int, Int64(value))
      case .float(let value): ($0.type, $0.f) = (.float, value)
      case .integers(let values): ($0.type, $0.ints) = (.ints, values.map(Int64.init))
      case .text(let value): ($0.type, $0.s) = (.string, .init(value.utf8))
      }
    }
  }
}

extension ShapedGraph {
  /// The nodes of a composite node's body, their values added to the graph.
  mutating func nodes(of body: NodeBody, for node: Node) -> [Node] {
    var values: [NodeBody.Value: ValueID] = [:]
    for (local, value) in zip(body.inputs, node.inputs) {
      if let local, let value { values[local] = value }
    }
    for (local, value) in zip(body.results, node.outputs) {
      if let local, let value { values[local] = value }
    }
    func value(_ local: NodeBody.Value) -> ValueID {
      if let known = values[local] { return known }
      let new = add(body[local], name: "\(node.name) value \(local.index)")
      values[local] = new
      return new
    }
    return body.steps.enumerated().map { index, step in
      Node(
        name: "\(node.name) \(step.type) \(index)", type: step.type, opset: node.opset,
        operation: step.operation, inputs: step.inputs.map { $0.map(value) },
        outputs: step.outputs.map { value($0) })
    }
  }
}
