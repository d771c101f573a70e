import ONNXProto

/// The element types of `TensorProto.DataType` that are read, by their numbers.
enum ElementType: Int32 {
  case float = 1
  case uint8 = 2
  case int8 = 3
  case uint16 = 4
  case int16 = 5
  case int32 = 6
  case int64 = 7
  case bool = 9
  case float16 = 10
  case double = 11
  case uint32 = 12
  case uint64 = 13
  case bfloat16 = 16

  /// Whether values of the type are real numbers, which the engine holds as float32.
  var isReal: Bool {
    switch self {
    case .float, .float16, .double, .bfloat16: true
    default: false
    }
  }

  /// Bytes of one element in `raw_data`.
  var byteCount: Int {
    switch self {
    case .uint8, .int8, .bool: 1
    case .uint16, .int16, .float16, .bfloat16: 2
    case .float, .int32, .uint32: 4
    case .int64, .double, .uint64: 8
    }
  }

  /// Widens little-endian raw data to float32 or int64; the length has been checked.
  func tensor(shape: [Int], bytes: UnsafeRawBufferPointer) -> Tensor {
    switch self {
    case .float: Tensor(shape: shape, floats: values(bytes) { (x: Float) in x })
    case .double: Tensor(shape: shape, floats: values(bytes) { (x: Double) in Float(x) })
    case .float16: Tensor(shape: shape, floats: values(bytes) { Self.half($0) })
    case .bfloat16: Tensor(shape: shape, floats: values(bytes) { Self.brain($0) })
    case .uint8: Tensor(shape: shape, integers: values(bytes) { (x: UInt8) in Int64(x) })
    case .bool: Tensor(shape: shape, integers: values(bytes) { (x: UInt8) in x == 0 ? 0 : 1 })
    case .int8: Tensor(shape: shape, integers: values(bytes) { (x: Int8) in Int64(x) })
    case .uint16: Tensor(shape: shape, integers: values(bytes) { (x: UInt16) in Int64(x) })
    case .int16: Tensor(shape: shape, integers: values(bytes) { (x: Int16) in Int64(x) })
    case .int32: Tensor(shape: shape, integers: values(bytes) { (x: Int32) in Int64(x) })
    case .uint32: Tensor(shape: shape, integers: values(bytes) { (x: UInt32) in Int64(x) })
    case .int64: Tensor(shape: shape, integers: values(bytes) { (x: Int64) in x })
    case .uint64:
      Tensor(shape: shape, integers: values(bytes) { (x: UInt64) in Int64(clamping: x) })
    }
  }

  /// Reads the typed field that the specification names for this type; nil when the number of
  /// values does not fit the shape.
  func tensor(shape: [Int], typedDataOf proto: Onnx_TensorProto) -> Tensor? {
    let count = elementCount(shape)
    switch self {
    case .float:
      return proto.floatData.count == count
        ? Tensor(shape: shape, floats: proto.floatData) : nil
    case .double:
      return proto.doubleData.count == count
        ? Tensor(shape: shape, floats: proto.doubleData.map { Float($0) }) : nil
    case .float16, .bfloat16:
      guard proto.int32Data.count == count else { return nil }
      let bits = proto.int32Data.map { UInt16(truncatingIfNeeded: $0) }
      return Tensor(shape: shape, floats: bits.map(self == .float16 ? Self.half : Self.brain))
    case .int64, .uint64, .uint32:
      guard proto.int64Data.count == count else { return nil }
      return Tensor(shape: shape, integers: proto.int64Data)
    default:
      guard proto.int32Data.count == count else { return nil }
      return Tensor(shape: shape, integers: proto.int32Data.map { Int64($0) })
    }
  }

  private static func half(_ bits: UInt16) -> Float { Float(Float16(bitPattern: bits)) }

  private static func brain(_ bits: UInt16) -> Float { Float(bitPattern: UInt32(bits) << 16) }

  private func values<Stored: BitwiseCopyable, Value>(
    _ bytes: UnsafeRawBufferPointer, _ widen: (Stored) -> Value
  ) -> [Value] {
    let size = MemoryLayout<Stored>.size
    return (0..<bytes.count / size).map {
      widen(bytes.loadUnaligned(fromByteOffset: $0 * size, as: Stored.self))
    }
  }
}
