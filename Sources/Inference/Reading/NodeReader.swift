import ONNXProto

/// The attributes of one node, read by name with the defaults of the ONNX specification.
///
/// An attribute that the operator did not ask for is an error: it would change the result.
package final class NodeReader {
  /// The node's name, or its first output where it has none.
  let name: String
  /// The operator, e.g. `Conv`.
  let type: String
  /// The opset version that the model imports.
  let opset: Int
  /// How many inputs and outputs the node lists, trailing empty names included.
  let inputCount: Int
  let outputCount: Int

  private let attributes: [String: Onnx_AttributeProto]
  private var unread: Set<String>
  /// What is wrong with the type of an attribute.
  private var mismatch: String?
  private let graphs: [String: Subgraph]
  private let readTensor: (Onnx_TensorProto) throws -> Tensor
  private let readSparse: (Onnx_SparseTensorProto) throws -> Tensor

  /// - Parameters:
  ///   - node: the node.
  ///   - attributes: its attributes, references to those of a function's call resolved.
  ///   - opset: the version of its operator domain.
  ///   - graphs: the graphs inside of it, by the names of their attributes.
  ///   - readTensor: reads a tensor.
  ///   - readSparse: reads a sparse tensor.
  init(
    _ node: Onnx_NodeProto, attributes: [Onnx_AttributeProto], opset: Int,
    graphs: [String: Subgraph] = [:], readTensor: @escaping (Onnx_TensorProto) throws -> Tensor,
    readSparse: @escaping (Onnx_SparseTensorProto) throws -> Tensor
  ) {
    name = node.name.isEmpty ? node.output.first ?? node.opType : node.name
    type = node.opType
    self.opset = opset
    inputCount = node.input.count
    outputCount = node.output.count
    self.attributes = Dictionary(attributes.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    unread = Set(self.attributes.keys)
    self.graphs = graphs
    self.readTensor = readTensor
    self.readSparse = readSparse
  }

  /// Whether the node has the attribute.
  func has(_ name: String) -> Bool { attributes[name] != nil }

  /// An `INT` attribute.
  func integer(_ name: String, default value: Int) -> Int {
    integer(name) ?? value
  }

  /// An `INT` attribute without a default, within ``limit``.
  func integer(_ name: String) -> Int? { take(name, .int).map { Self.clamped($0.i) } }

  /// An `INT` attribute that may be any integer.
  func wideInteger(_ name: String) -> Int64? { take(name, .int)?.i }

  /// A `FLOAT` attribute.
  func float(_ name: String, default value: Float) -> Float { float(name) ?? value }

  /// A `FLOAT` attribute without a default.
  func float(_ name: String) -> Float? { take(name, .float)?.f }

  /// An `INTS` attribute, each within ``limit``; nil where the node has none.
  func integers(_ name: String) -> [Int]? { take(name, .ints)?.ints.map(Self.clamped) }

  /// An `INTS` attribute of any integers; nil where the node has none.
  func wideIntegers(_ name: String) -> [Int64]? { take(name, .ints)?.ints }

  /// A `FLOATS` attribute; nil where the node has none.
  func floats(_ name: String) -> [Float]? { take(name, .floats)?.floats }

  /// A `STRING` attribute.
  func string(_ name: String, default value: String) -> String {
    take(name, .string).map { String(decoding: $0.s, as: UTF8.self) } ?? value
  }

  /// A `TENSOR` attribute.
  func tensor(_ name: String) throws -> Tensor? {
    guard let attribute = take(name, .tensor) else { return nil }
    return try readTensor(attribute.t)
  }

  /// A `SPARSE_TENSOR` attribute, made dense.
  func sparseTensor(_ name: String) throws -> Tensor? {
    guard let attribute = take(name, .sparseTensor) else { return nil }
    return try readSparse(attribute.sparseTensor)
  }

  /// A `GRAPH` attribute.
  ///
  /// - Throws: ``InferenceError/unsupportedAttribute(node:type:opset:problem:)`` where there is none.
  func graph(_ name: String) throws -> Subgraph {
    guard take(name, .graph) != nil, let graph = graphs[name] else {
      throw unsupported("attribute \(name) is missing, a graph was expected")
    }
    return graph
  }

  /// Marks attributes as known and without effect on inference.
  func ignore(_ names: String...) { ignore(names) }

  /// Marks attributes as known and without effect on inference.
  func ignore(_ names: [String]) { unread.subtract(names) }

  /// Accepts an attribute with one value alone.
  func expect(_ name: String, _ value: Int) throws {
    if let found = integer(name), found != value {
      throw unsupported("attribute \(name) = \(found), \(value) was expected")
    }
  }

  /// The error for something that the operator is asked for and does not do.
  func unsupported(_ problem: String) -> InferenceError {
    .unsupportedAttribute(node: name, type: type, opset: opset, problem: problem)
  }

  /// Fails where the operator has not read an attribute, or has read one as another type.
  func finish() throws {
    if let mismatch { throw unsupported(mismatch) }
    if let name = unread.min() { throw unsupported("attribute \(name) is not supported") }
  }

  /// The greatest magnitude that sizes, steps and axes are read with: more than any tensor has
  /// elements, and small enough to be added to and multiplied. "To the end" is often written as the
  /// largest integer.
  private static let limit = Int64(2 * largestElementCount)

  private static func clamped(_ value: Int64) -> Int { Int(min(max(value, -limit), limit)) }

  /// An attribute of another type than it is read as holds 0 there.
  private func take(
    _ name: String, _ type: Onnx_AttributeProto.AttributeType
  ) -> Onnx_AttributeProto? {
    unread.remove(name)
    guard let attribute = attributes[name] else { return nil }
    if attribute.type != type, attribute.type != .undefined {
      mismatch =
        "attribute \(name) is stored as \(attribute.type.name), \(type.name) was expected"
    }
    return attribute
  }
}

extension Onnx_AttributeProto.AttributeType {
  /// The name in the specification.
  fileprivate var name: String { "\(self)".uppercased() }
}
