import RandomTestSupport
import Foundation
package import ONNXProto
import SwiftProtobuf

/// A small classifier of 3 x 32 x 32 images with random weights, as an ONNX model:
/// `Conv(3 to C) - Relu - Conv(C to C) - Relu - GlobalAveragePool - Flatten - Gemm`, C = 8 by default.
package struct TinyModel {
  /// The model; tests change it as they like.
  package var proto = Onnx_ModelProto()
  private var numbers: SeededNumbers

  /// - Parameters:
  ///   - seed: Where the weights begin; equal seeds make equal models.
  ///   - classes: How many scores it gives.
  ///   - channels: How many channels both convolutions make.
  package init(seed: UInt64, classes: Int = 5, channels: Int = 8) {
    numbers = SeededNumbers(seed: seed)
    proto.irVersion = 8
    var opset = Onnx_OperatorSetIdProto()
    opset.version = 17
    proto.opsetImport = [opset]
    proto.graph.name = "tiny"
    proto.graph.input = [Self.value("image", [1, 3, 32, 32])]
    proto.graph.output = [Self.value("scores", [1, classes])]
    addConvolution("first", from: "image", channels: (3, channels))
    addNode("Relu", ["first"], "first_relu")
    addConvolution("second", from: "first_relu", channels: (channels, channels))
    addNode("Relu", ["second"], "features")
    addNode("GlobalAveragePool", ["features"], "pooled")
    addNode("Flatten", ["pooled"], "flat")
    addWeights("head_weight", [classes, channels])
    addWeights("head_bias", [classes])
    addNode(
      "Gemm", ["flat", "head_weight", "head_bias"], "scores", [Self.attribute("transB", 1)])
  }

  /// The file.
  package func encoded() throws -> [UInt8] {
    try proto.serializedBytes()
  }

  /// Puts the same number in place of every weight of a tensor.
  package mutating func fill(_ name: String, with number: Float) {
    for index in proto.graph.initializer.indices
    where proto.graph.initializer[index].name == name {
      let count = proto.graph.initializer[index].dims.reduce(1, *)
      proto.graph.initializer[index].rawData = Self.bytes(
        Array(repeating: number, count: Int(count)))
    }
  }

  /// Puts a tensor's bytes into a file beside the model.
  ///
  /// - Returns: The bytes of the file; nil where there is no such tensor.
  package mutating func moveWeights(of name: String, to file: String) -> [UInt8]? {
    guard let index = proto.graph.initializer.firstIndex(where: { $0.name == name }) else {
      return nil
    }
    let bytes = Array(proto.graph.initializer[index].rawData)
    var location = Onnx_StringStringEntryProto()
    (location.key, location.value) = ("location", file)
    proto.graph.initializer[index].rawData = Data()
    proto.graph.initializer[index].dataLocation = .external
    proto.graph.initializer[index].externalData = [location]
    return bytes
  }

  /// Makes another value the model's output.
  package mutating func setOutput(_ name: String) { proto.graph.output[0].name = name }

  /// Makes every node of one type another one.
  package mutating func replace(_ type: String, with other: String) {
    for index in proto.graph.node.indices where proto.graph.node[index].opType == type {
      proto.graph.node[index].opType = other
    }
  }

  /// The weights called `name`.
  package func weights(_ name: String) -> [Float] {
    let bytes = proto.graph.initializer.first { $0.name == name }?.rawData ?? Data()
    return bytes.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 4).map {
        Float(bitPattern: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self).littleEndian)
      }
    }
  }

  /// Appends a node without a name; its output names it.
  package mutating func addNode(
    _ type: String, _ inputs: [String], _ output: String,
    _ attributes: [Onnx_AttributeProto] = []
  ) {
    var node = Onnx_NodeProto()
    node.opType = type
    node.input = inputs
    node.output = [output]
    node.attribute = attributes
    proto.graph.node.append(node)
  }

  private mutating func addConvolution(
    _ name: String, from input: String, channels: (from: Int, to: Int)
  ) {
    addWeights("\(name)_weight", [channels.to, channels.from, 3, 3])
    addWeights("\(name)_bias", [channels.to])
    addNode(
      "Conv", [input, "\(name)_weight", "\(name)_bias"], name,
      [Self.attribute("kernel_shape", [3, 3]), Self.attribute("pads", [1, 1, 1, 1])])
  }

  /// Adds a tensor of random weights, scaled by the number of terms of each output.
  package mutating func addWeights(_ name: String, _ shape: [Int]) {
    let scale = (2 / Float(shape.dropFirst().reduce(1, *))).squareRoot()
    var tensor = Onnx_TensorProto()
    tensor.name = name
    tensor.dataType = 1
    tensor.dims = shape.map(Int64.init)
    let values = (0..<shape.reduce(1, *)).map { _ in
      scale * Float.random(in: -1...1, using: &numbers)
    }
    tensor.rawData = Self.bytes(values)
    proto.graph.initializer.append(tensor)
  }

  private static func bytes(_ values: [Float]) -> Data {
    values.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
  }

  private static func value(_ name: String, _ shape: [Int]) -> Onnx_ValueInfoProto {
    var value = Onnx_ValueInfoProto()
    value.name = name
    value.type.tensorType.elemType = 1
    value.type.tensorType.shape.dim = shape.map { size in
      var dimension = Onnx_TensorShapeProto.Dimension()
      dimension.dimValue = Int64(size)
      return dimension
    }
    return value
  }

  private static func attribute(_ name: String, _ number: Int64) -> Onnx_AttributeProto {
    var attribute = Onnx_AttributeProto()
    attribute.name = name
    attribute.type = .int
    attribute.i = number
    return attribute
  }

  private static func attribute(_ name: String, _ numbers: [Int64]) -> Onnx_AttributeProto {
    var attribute = Onnx_AttributeProto()
    attribute.name = name
    attribute.type = .ints
    attribute.ints = numbers
    return attribute
  }
}
