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
  case string = 8
  case bool = 9
  case float16 = 10
  case double = 11
  case uint32 = 12
  case uint64 = 13
  case bfloat16 = 16
  case float8E4M3FN = 17
  case float8E4M3FNUZ = 18
  case float8E5M2 = 19
  case float8E5M2FNUZ = 20
  case uint4 = 21
  case int4 = 22
  case float4E2M1 = 23
  case uint2 = 25
  case int2 = 26

  /// Whether values of the type are real numbers, which the engine holds as float32.
  var isReal: Bool {
    switch self {
    case .float, .float16, .double, .bfloat16: true
    default: smallFloat != nil
    }
  }

  /// Bits of one element in `raw_data`; 0 for strings, which have none there.
  var bitCount: Int {
    switch self {
    case .string: 0
    case .uint2, .int2: 2
    case .uint4, .int4, .float4E2M1: 4
    case .uint8, .int8, .bool, .float8E4M3FN, .float8E4M3FNUZ, .float8E5M2, .float8E5M2FNUZ: 8
    case .uint16, .int16, .float16, .bfloat16: 16
    case .float, .int32, .uint32: 32
    case .int64, .double, .uint64: 64
    }
  }

  /// Bytes of so many elements in `raw_data`; several small ones share a byte.
  func byteCount(of count: Int) -> Int { (count * bitCount + 7) / 8 }

  /// The integers that the type can hold; nil for types of other values.
  var integerRange: ClosedRange<Int64>? {
    switch self {
    case .uint2, .uint4, .uint8, .uint16, .uint32:
      let end: Int64 = 1 << Int64(bitCount)
      return 0...(end - 1)
    case .int2, .int4, .int8, .int16, .int32:
      let end: Int64 = 1 << Int64(bitCount - 1)
      return -end...(end - 1)
    case .int64: return Int64.min...Int64.max
    case .uint64: return 0...Int64.max
    case .bool: return 0...1
    default: return nil
    }
  }

  /// The format of a real type of 8 bits or fewer.
  var smallFloat: SmallFloat? {
    switch self {
    case .float8E4M3FN: .e4m3FN
    case .float8E4M3FNUZ: .e4m3FNUZ
    case .float8E5M2: .e5m2
    case .float8E5M2FNUZ: .e5m2FNUZ
    case .float4E2M1: .e2m1
    default: nil
    }
  }

  /// A number rounded to the nearest of the type, ties to even; the number itself where the type is as wide
  /// as what the engine computes with, or no real type.
  func rounded(_ value: Float) -> Float {
    switch self {
    case .float16: Float(Float16(value))
    case .bfloat16: Self.roundedToBrain(value)
    default: smallFloat?.rounded(value, saturates: true) ?? value
    }
  }

  private static func roundedToBrain(_ value: Float) -> Float {
    guard value.isFinite else { return value }
    let bits = value.bitPattern
    return Float(bitPattern: (bits &+ 0x7FFF &+ (bits >> 16 & 1)) & 0xFFFF_0000)
  }

  // MARK: Raw data

  /// Little-endian raw data as float32.
  ///
  /// - Parameters:
  ///   - bytes: at least `byteCount(of: count)` bytes.
  ///   - count: how many elements.
  /// - Returns: the numbers.
  func floats(_ bytes: UnsafeRawBufferPointer, count: Int) -> [Float] {
    switch self {
    case .float: values(bytes, count) { (x: Float) in x }
    case .double: values(bytes, count) { (x: Double) in Float(x) }
    case .float16: values(bytes, count) { Self.half($0) }
    case .bfloat16: values(bytes, count) { Self.brain($0) }
    case .uint8: values(bytes, count) { (x: UInt8) in Float(x) }
    case .int8: values(bytes, count) { (x: Int8) in Float(x) }
    case .float8E4M3FN, .float8E4M3FNUZ, .float8E5M2, .float8E5M2FNUZ, .float4E2M1:
      small(bytes, count).map { smallFloat?.value(UInt8($0)) ?? 0 }
    default: integers(bytes, count: count).map { Float($0) }
    }
  }

  /// Little-endian raw data as int64; reals are truncated towards zero.
  func integers(_ bytes: UnsafeRawBufferPointer, count: Int) -> [Int64] {
    switch self {
    case .uint2, .uint4, .uint8: small(bytes, count)
    case .int2, .int4: small(bytes, count).map { Self.signed($0, bits: bitCount) }
    case .bool: values(bytes, count) { (x: UInt8) in x == 0 ? 0 : 1 }
    case .int8: values(bytes, count) { (x: Int8) in Int64(x) }
    case .uint16: values(bytes, count) { (x: UInt16) in Int64(x) }
    case .int16: values(bytes, count) { (x: Int16) in Int64(x) }
    case .int32: values(bytes, count) { (x: Int32) in Int64(x) }
    case .uint32: values(bytes, count) { (x: UInt32) in Int64(x) }
    case .int64: values(bytes, count) { (x: Int64) in x }
    case .uint64: values(bytes, count) { (x: UInt64) in Int64(clamping: x) }
    case .string: Array(0..<Int64(count))
    default: floats(bytes, count: count).map { Int64(exactly: $0.rounded(.towardZero)) ?? 0 }
    }
  }

  /// Elements of 8 bits or fewer without their sign, the first in the lowest bits of a byte.
  private func small(_ bytes: UnsafeRawBufferPointer, _ count: Int) -> [Int64] {
    let (bits, inByte) = (bitCount, 8 / bitCount)
    let mask = UInt8(truncatingIfNeeded: (1 << bits) - 1)
    return (0..<count).map { Int64(bytes[$0 / inByte] >> UInt8($0 % inByte * bits) & mask) }
  }

  private static func signed(_ value: Int64, bits: Int) -> Int64 {
    value >= 1 << Int64(bits - 1) ? value - 1 << Int64(bits) : value
  }

  private static func half(_ bits: UInt16) -> Float { Float(Float16(bitPattern: bits)) }

  private static func brain(_ bits: UInt16) -> Float { Float(bitPattern: UInt32(bits) << 16) }

  private func values<Stored: BitwiseCopyable, Value>(
    _ bytes: UnsafeRawBufferPointer, _ count: Int, _ widen: (Stored) -> Value
  ) -> [Value] {
    let size = MemoryLayout<Stored>.size
    return (0..<count).map {
      widen(bytes.loadUnaligned(fromByteOffset: $0 * size, as: Stored.self))
    }
  }

  // MARK: Typed data

  /// Reads the typed field that the specification names for this type; nil when the number of
  /// values does not fit the shape. Strings, which only label what is computed, become their indices.
  func tensor(shape: [Int], typedDataOf proto: Onnx_TensorProto) -> Tensor? {
    let count = elementCount(shape)
    switch self {
    case .float:
      guard proto.floatData.count == count else { return nil }
      return Tensor(shape: shape, floats: proto.floatData)
    case .double:
      guard proto.doubleData.count == count else { return nil }
      return Tensor(shape: shape, floats: proto.doubleData.map { Float($0) }).typed(self)
    case .int64:
      guard proto.int64Data.count == count else { return nil }
      return Tensor(shape: shape, integers: proto.int64Data)
    case .uint64, .uint32:
      guard proto.uint64Data.count == count else { return nil }
      let values = proto.uint64Data.map { Int64(clamping: $0) }
      return Tensor(shape: shape, integers: values).typed(self)
    case .string:
      guard proto.stringData.count == count else { return nil }
      return Tensor(shape: shape, integers: Array(0..<Int64(count))).typed(self)
    default:
      return tensor(shape: shape, fieldsOf32Bits: proto.int32Data)
    }
  }

  /// Types of up to 32 bits stand in the low bits of `int32_data`; several small ones share one, as in a byte.
  private func tensor(shape: [Int], fieldsOf32Bits fields: [Int32]) -> Tensor? {
    let count = elementCount(shape)
    let inField = max(1, 8 / bitCount)
    guard fields.count == (count + inField - 1) / inField else { return nil }
    let bytes = fields.flatMap { field in
      withUnsafeBytes(of: field.littleEndian) { Array($0.prefix(max(1, bitCount / 8))) }
    }
    return bytes.withUnsafeBytes { tensor(shape: shape, bytes: $0) }
  }

  /// Little-endian raw data as a tensor; the length has been checked.
  func tensor(shape: [Int], bytes: UnsafeRawBufferPointer) -> Tensor {
    let count = elementCount(shape)
    return isReal
      ? Tensor(shape: shape, floats: floats(bytes, count: count)).typed(self)
      : Tensor(shape: shape, integers: integers(bytes, count: count)).typed(self)
  }
}
