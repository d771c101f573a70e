import Foundation
import ONNXProto

/// Turns `TensorProto` messages into ``Tensor`` values (ONNX IR specification, "Tensors").
struct TensorReader {
  /// The model file: raw data and the folder of external data are looked up there.
  let file: MappedFile
  private var external: [String: MappedFile] = [:]

  init(file: MappedFile) { self.file = file }

  /// Reads one tensor.
  ///
  /// - Parameters:
  ///   - proto: the message, its raw bytes perhaps taken out.
  ///   - range: where its raw bytes are in the model file; nil when the message holds them.
  /// - Returns: the tensor; raw data of more than a few elements stays in the mapped file.
  /// - Throws: ``InferenceError/malformed(file:problem:)`` for lengths that do not fit the shape,
  ///   ``InferenceError/unsupported(file:problem:)`` for other element types,
  ///   ``InferenceError/fileNotFound(path:)`` for missing external data.
  mutating func tensor(_ proto: Onnx_TensorProto, rawData range: Range<Int>?) throws -> Tensor {
    let shape = try shape(of: proto)
    guard let type = ElementType(rawValue: proto.dataType) else {
      throw InferenceError.unsupported(
        file: file.path,
        problem: "tensor \(proto.name) has element type \(proto.dataType),"
          + " a type of real numbers, integers or strings was expected")
    }
    if proto.dataLocation == .external {
      let (file, range) = try externalData(proto)
      return try tensor(proto.name, shape, type, in: file, range)
    }
    if let range { return try tensor(proto.name, shape, type, in: file, range) }
    if !proto.rawData.isEmpty {
      return try proto.rawData.withUnsafeBytes { try copied(proto.name, shape, type, $0) }
    }
    return try typedData(proto, shape, type)
  }

  /// Reads a sparse tensor: its values at their places, 0 elsewhere.
  ///
  /// - Parameter proto: values, and their indices as positions or as one row of coordinates a value.
  /// - Returns: the dense tensor.
  /// - Throws: ``InferenceError/malformed(file:problem:)`` for indices that do not fit.
  mutating func tensor(_ proto: Onnx_SparseTensorProto) throws -> Tensor {
    let name = proto.values.name
    let shape = proto.dims.map { Int($0) }
    guard let count = checkedElementCount(shape), count <= 1 << 28 else {
      throw malformed(name, "has the impossible shape \(shape)")
    }
    let values = try tensor(proto.values, rawData: nil)
    let indices = try tensor(proto.indices, rawData: nil)
    let strides = rowMajorStrides(shape)
    let width = indices.shape.count == 2 ? shape.count : 1
    guard let numbers = indices.integers?.map({ Int($0) }), numbers.count == values.count * width
    else { throw malformed(name, "has other indices than its \(values.count) values need") }
    let positions = try (0..<values.count).map { index -> Int in
      let row = numbers[index * width..<index * width + width]
      if indices.shape.count != 2 { return row.first ?? 0 }
      guard zip(row, shape).allSatisfy({ (0..<$1).contains($0) }) else {
        throw malformed(name, "has an index outside of its shape \(shape)")
      }
      return zip(row, strides).reduce(0) { $0 + $1.0 * $1.1 }
    }
    guard positions.allSatisfy((0..<count).contains) else {
      throw malformed(name, "has an index outside of its shape \(shape)")
    }
    if let integers = values.integers {
      var dense = Array(repeating: Int64(0), count: count)
      for (position, value) in zip(positions, integers) { dense[position] = value }
      return Tensor(shape: shape, integers: dense)
    }
    var dense = Array(repeating: Float(0), count: count)
    for (position, value) in zip(positions, values.floats) { dense[position] = value }
    return Tensor(shape: shape, floats: dense)
  }

  private func shape(of proto: Onnx_TensorProto) throws -> [Int] {
    let shape = proto.dims.map { Int($0) }
    guard checkedElementCount(shape) != nil else {
      throw malformed(proto.name, "has the impossible shape \(shape)")
    }
    return shape
  }

  private func tensor(
    _ name: String, _ shape: [Int], _ type: ElementType, in file: MappedFile, _ range: Range<Int>
  ) throws -> Tensor {
    guard type == .float || elementCount(shape) > Self.mostCopied else {
      return try copied(name, shape, type, UnsafeRawBufferPointer(rebasing: file.bytes[range]))
    }
    try checkLength(name, shape, type, bytes: range.count)
    return Tensor(shape: shape, type, mapped: file, offset: range.lowerBound)
  }

  /// Shapes, axes and scales are read often; weights once, when they are packed.
  private static let mostCopied = 64

  private func copied(
    _ name: String, _ shape: [Int], _ type: ElementType, _ bytes: UnsafeRawBufferPointer
  ) throws -> Tensor {
    try checkLength(name, shape, type, bytes: bytes.count)
    return type.tensor(shape: shape, bytes: bytes)
  }

  private func checkLength(
    _ name: String, _ shape: [Int], _ type: ElementType, bytes: Int
  ) throws {
    guard type != .string else { throw malformed(name, "holds strings as raw data") }
    let expected = type.byteCount(of: elementCount(shape))
    guard bytes == expected else {
      throw malformed(name, "has \(bytes) bytes of data, \(expected) were expected for \(shape)")
    }
  }

  private func typedData(
    _ proto: Onnx_TensorProto, _ shape: [Int], _ type: ElementType
  ) throws -> Tensor {
    let tensor = type.tensor(shape: shape, typedDataOf: proto)
    guard let tensor else {
      throw malformed(
        proto.name, "has not the \(elementCount(shape)) values that its shape \(shape) needs")
    }
    return tensor
  }

  /// External data (IR specification, "External tensor data"): a file in the model's own folder.
  private mutating func externalData(
    _ proto: Onnx_TensorProto
  ) throws -> (MappedFile, Range<Int>) {
    let entries = Dictionary(
      proto.externalData.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    guard let location = entries["location"], !location.isEmpty,
      !location.hasPrefix("/"), !location.split(separator: "/").contains("..")
    else {
      throw malformed(proto.name, "names external data outside the model's folder")
    }
    let data = try externalFile(location, of: proto.name)
    let offset = Int(entries["offset"] ?? "0") ?? -1
    guard (0...data.count).contains(offset) else {
      throw malformed(proto.name, "lies outside its external file \(location)")
    }
    let length = entries["length"].map { Int($0) ?? -1 } ?? (data.count - offset)
    guard (0...data.count - offset).contains(length) else {
      throw malformed(proto.name, "lies outside its external file \(location)")
    }
    return (data, offset..<offset + length)
  }

  private mutating func externalFile(
    _ location: String, of tensor: String
  ) throws -> MappedFile {
    if let known = external[location] { return known }
    let folder = (file.path as NSString).deletingLastPathComponent
    let opened: MappedFile
    do {
      opened = try MappedFile(path: (folder as NSString).appendingPathComponent(location))
    } catch InferenceError.fileNotFound {
      throw externalProblem(tensor, location, "which is missing (no such file)")
    } catch InferenceError.fileUnreadable(_, let reason) {
      throw externalProblem(tensor, location, "which cannot be read (\(reason))")
    }
    if let found = FileSignature.of(opened.bytes, in: FileSignature.placeholders) {
      throw externalProblem(tensor, location, "which is \(found.kind): \(found.advice)")
    }
    external[location] = opened
    return opened
  }

  private func externalProblem(
    _ tensor: String, _ location: String, _ reason: String
  ) -> InferenceError {
    .externalData(file: file.path, tensor: tensor, data: location, reason: reason)
  }

  /// The paths of the files beside the model that were read, in order.
  var externalPaths: [String] { external.values.map(\.path).sorted() }

  private func malformed(_ name: String, _ problem: String) -> InferenceError {
    .malformed(file: file.path, problem: "tensor \(name) \(problem)")
  }
}
