import Foundation
import ONNXProto
import SwiftProtobuf

/// One node of the file written as several simpler ones: what a fused operator is made of. Shapes, gradients and
/// fusion then follow from theirs.
struct NodeExpansion {
  let node: Onnx_NodeProto
  /// The attributes; one that is neither read nor kept is an error.
  let attributes: NodeReader
  /// How many channels ONNX Runtime's `com.microsoft.nchwc` operators keep together in this file.
  let channelBlock: Int
  /// The nodes so far.
  private(set) var nodes: [Onnx_NodeProto] = []

  init(_ node: Onnx_NodeProto, _ attributes: NodeReader, channelBlock: Int) {
    self.node = node
    self.attributes = attributes
    self.channelBlock = channelBlock
  }

  // MARK: The node

  /// A required input.
  ///
  /// - Throws: ``InferenceError/invalidNode(node:type:problem:)`` where it is left out.
  func input(_ index: Int) throws -> String {
    guard let name = optional(index) else {
      throw InferenceError.invalidNode(
        node: attributes.name, type: attributes.type, problem: "input \(index) is missing")
    }
    return name
  }

  /// An input that may be left out.
  func optional(_ index: Int) -> String? {
    index < node.input.count && !node.input[index].isEmpty ? node.input[index] : nil
  }

  /// Refuses an input that changes the result in a way that is not done.
  func refuse(_ index: Int, _ name: String) throws {
    if optional(index) != nil { throw attributes.unsupported("its \(name) is not supported") }
  }

  /// Attributes that one of the new nodes takes over as they are.
  func kept(_ names: String...) -> [Onnx_AttributeProto] {
    attributes.ignore(names)
    return node.attribute.filter { names.contains($0.name) }
  }

  // MARK: New nodes

  /// Adds a node with one output and gives its name.
  mutating func add(
    _ type: String, _ inputs: [String?], _ attributes: [Onnx_AttributeProto] = []
  ) -> String {
    add(type, inputs, attributes, outputs: 1)[0]
  }

  /// Adds a node and gives the names of its outputs.
  mutating func add(
    _ type: String, _ inputs: [String?], _ attributes: [Onnx_AttributeProto] = [], outputs: Int
  ) -> [String] {
    let base = node.output.first { !$0.isEmpty } ?? node.name
    let number = nodes.count
    let names = (0..<outputs).map { "\(base) (\(type) \(number)\($0 == 0 ? "" : ".\($0)"))" }
    let parts = type.split(separator: ".")
    nodes.append(
      Onnx_NodeProto.with {
        $0.name = self.attributes.name
        $0.opType = parts.last.map(String.init) ?? type
        $0.domain = parts.dropLast().joined(separator: ".")
        $0.input = inputs.map { $0 ?? "" }
        $0.output = names
        $0.attribute = attributes
      })
    return names
  }

  /// A constant number.
  mutating func constant(_ value: Float) -> String {
    add("Constant", [], [.float("value_float", value)])
  }

  /// A constant list of integers.
  mutating func constant(_ values: [Int]) -> String {
    add("Constant", [], [.integers("value_ints", values)])
  }

  /// Lets a new value be an output of the node; nothing where the node has not the output.
  mutating func give(_ value: String, as output: Int = 0) {
    guard output < node.output.count, !node.output[output].isEmpty else { return }
    let name = node.output[output]
    for index in nodes.indices {
      nodes[index].input = nodes[index].input.map { $0 == value ? name : $0 }
      nodes[index].output = nodes[index].output.map { $0 == value ? name : $0 }
    }
  }
}

extension Onnx_NodeProto {
  /// What the operator is found by in ``OperatorTable``: its name, behind that of its domain where it is not
  /// ONNX's own.
  var operatorKey: String {
    ["", "ai.onnx"].contains(domain) ? opType : "\(domain).\(opType)"
  }
}

extension Onnx_AttributeProto {
  static func integer(_ name: String, _ value: Int) -> Onnx_AttributeProto {
    .with { ($0.name, $0.type, $0.i) = (name, .int, Int64(value)) }
  }

  static func integers(_ name: String, _ values: [Int]) -> Onnx_AttributeProto {
    .with { ($0.name, $0.type, $0.ints) = (name, .ints, values.map { Int64($0) }) }
  }

  static func float(_ name: String, _ value: Float) -> Onnx_AttributeProto {
    .with { ($0.name, $0.type, $0.f) = (name, .float, value) }
  }

  static func floats(_ name: String, _ values: [Float]) -> Onnx_AttributeProto {
    .with { ($0.name, $0.type, $0.floats) = (name, .floats, values) }
  }

  static func text(_ name: String, _ value: String) -> Onnx_AttributeProto {
    .with { ($0.name, $0.type, $0.s) = (name, .string, Data(value.utf8)) }
  }
}
