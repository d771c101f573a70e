import Foundation
import ONNXProto
import SwiftProtobuf

@testable import Inference

/// An ONNX model made in memory, one node after another.
struct ONNXModel {
  var proto = Onnx_ModelProto()

  /// - Parameters:
  ///   - opset: The version of the operators.
  ///   - input: The shape of the input `x`, nil where a dimension is open.
  init(opset: Int = 17, input: [Int?]) {
    proto.irVersion = 8
    proto.opsetImport = [Onnx_OperatorSetIdProto.with { $0.version = Int64(opset) }]
    proto.graph.input = [Self.declaration("x", input)]
  }

  /// A model whose input has an open batch size before the other dimensions of a shape.
  init(opset: Int = 17, openBatchOf shape: [Int]) {
    self.init(opset: opset, input: [nil] + shape.dropFirst().map { Optional($0) })
  }

  /// Declares an output of the graph.
  mutating func addOutput(_ name: String) {
    proto.graph.output.append(Onnx_ValueInfoProto.with { $0.name = name })
  }

  /// Adds a node.
  mutating func add(
    _ type: String, _ inputs: [String], _ outputs: [String],
    _ attributes: [String: AttributeValue] = [:], name: String = "", domain: String = ""
  ) {
    proto.graph.node.append(
      Onnx_NodeProto.with {
        $0.opType = type
        $0.domain = domain
        $0.name = name
        $0.input = inputs
        $0.output = outputs
        $0.attribute = attributes.sorted { $0.key < $1.key }.map { $0.value.proto(named: $0.key) }
      })
  }

  /// Adds an initialiser of float32 raw data; gives its name.
  @discardableResult
  mutating func constant(_ name: String, _ shape: [Int], _ values: [Float]) -> String {
    precondition(shape.reduce(1, *) == values.count, "as many values as elements")
    proto.graph.initializer.append(Self.tensor(name, shape, values))
    return name
  }

  /// Adds an initialiser of int64 raw data: a list, or a scalar where the shape is empty.
  @discardableResult
  mutating func constant(_ name: String, integers: [Int], shape: [Int]? = nil) -> String {
    proto.graph.initializer.append(
      Onnx_TensorProto.with {
        $0.name = name
        $0.dataType = 7
        $0.dims = (shape ?? [integers.count]).map(Int64.init)
        $0.rawData = integers.map { Int64($0).littleEndian }.withUnsafeBytes { Data($0) }
      })
    return name
  }

  /// Adds an initialiser of a small integer type; gives its name.
  @discardableResult
  mutating func constant(
    _ name: String, _ type: ElementType, _ shape: [Int], _ values: [Int]
  ) -> String {
    precondition(shape.reduce(1, *) == values.count, "as many values as elements")
    proto.graph.initializer.append(
      Onnx_TensorProto.with {
        $0.name = name
        $0.dataType = type.rawValue
        $0.dims = shape.map(Int64.init)
        $0.int32Data = values.map { Int32($0) }
      })
    return name
  }

  /// A float32 tensor with raw data.
  static func tensor(_ name: String, _ shape: [Int], _ values: [Float]) -> Onnx_TensorProto {
    Onnx_TensorProto.with {
      $0.name = name
      $0.dataType = 1
      $0.dims = shape.map(Int64.init)
      $0.rawData = values.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
    }
  }

  /// The declaration of a float32 value.
  static func declaration(_ name: String, _ shape: [Int?]) -> Onnx_ValueInfoProto {
    Onnx_ValueInfoProto.with {
      $0.name = name
      $0.type.tensorType.elemType = 1
      $0.type.tensorType.shape.dim = shape.map { size in
        Onnx_TensorShapeProto.Dimension.with { dimension in
          if let size { dimension.dimValue = Int64(size) } else { dimension.dimParam = "N" }
        }
      }
    }
  }

  /// The file.
  func encoded() throws -> Data { try proto.serializedBytes() }

  /// Writes the file, reads it as a graph, and removes it; the mapping outlives the name.
  func graph() throws -> Graph {
    try ModelFiles.withFile(try encoded()) { try GraphReader.graph(path: $0) }
  }
}

/// The value of an attribute.
enum AttributeValue: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByArrayLiteral, ExpressibleByStringLiteral, Sendable
{
  case integer(Int)
  case float(Float)
  case integers([Int])
  case floats([Float])
  case text(String)
  case tensor(Onnx_TensorProto)

  init(integerLiteral value: Int) { self = .integer(value) }
  init(floatLiteral value: Float) { self = .float(value) }
  init(arrayLiteral elements: Int...) { self = .integers(elements) }
  init(stringLiteral value: String) { self = .text(value) }

  func proto(named name: String) -> Onnx_AttributeProto {
    Onnx_AttributeProto.with {
      $0.name = name
      switch self {
      case .integer(let value): ($0.type, $0.i) = (.int, Int64(value))
      case .float(let value): ($0.type, $0.f) = (.float, value)
      case .integers(let values): ($0.type, $0.ints) = (.ints, values.map(Int64.init))
      case .floats(let values): ($0.type, $0.floats) = (.floats, values)
      case .text(let value): ($0.type, $0.s) = (.string, Data(value.utf8))
      case .tensor(let value): ($0.type, $0.t) = (.tensor, value)
      }
    }
  }
}
