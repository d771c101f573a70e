/// NumPy's array files (NEP 1, format version 1.0): one array with its shape.
public struct NPY: Sendable, Equatable {
  /// The elements, in C order.
  public enum Values: Sendable, Equatable {
    /// `<f4`.
    case float32([Float])
    /// `<i8`.
    case int64([Int64])
  }

  /// The length of each dimension; empty for a single number.
  public let shape: [Int]

  /// The elements, in C order.
  public let values: Values

  /// An array.
  ///
  /// It is a programmer error to pass another number of values than the shape has.
  ///
  /// - Parameters:
  ///   - shape: The length of each dimension.
  ///   - values: The elements, in C order.
  public init(shape: [Int], values: Values) {
    precondition(shape.reduce(1, *) == values.count, "an array has as many values as its shape")
    self.shape = shape
    self.values = values
  }

  /// The elements, if they are floats.
  public var floats: [Float]? {
    if case .float32(let floats) = values { floats } else { nil }
  }

  /// The elements, if they are integers.
  public var integers: [Int64]? {
    if case .int64(let integers) = values { integers } else { nil }
  }

  /// The bytes of the file, header padded so that the elements start at a multiple of 64.
  public func encoded() -> [UInt8] {
    let lengths = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let text = "{'descr': '\(values.description)', 'fortran_order': False, 'shape': (\(lengths)), }"
    let preamble = Self.magic + [1, 0]
    let unpadded = preamble.count + 2 + text.utf8.count + 1
    let padding = (64 - unpadded % 64) % 64
    let length = text.utf8.count + padding + 1
    var bytes = preamble + [UInt8(length & 0xFF), UInt8(length >> 8)]
    bytes += Array(text.utf8) + Array(repeating: UInt8(ascii: " "), count: padding)
    bytes.append(UInt8(ascii: "\n"))
    values.append(to: &bytes)
    return bytes
  }

  /// The first bytes of every file.
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
}

extension NPY.Values {
  /// How many elements there are.
  public var count: Int {
    switch self {
    case .float32(let floats): floats.count
    case .int64(let integers): integers.count
    }
  }

  /// NumPy's name of the element type.
  fileprivate var description: String {
    switch self {
    case .float32: "<f4"
    case .int64: "<i8"
    }
  }

  fileprivate func append(to bytes: inout [UInt8]) {
    switch self {
    case .float32(let floats):
      let patterns = floats.map(\.bitPattern.littleEndian)
      patterns.withUnsafeBytes { bytes.append(contentsOf: $0) }
    case .int64(let integers):
      let patterns = integers.map(\.littleEndian)
      patterns.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }
  }
}
