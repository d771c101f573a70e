/// A constant of the graph: an array of numbers with a shape, row-major.
///
/// Numbers are float32 or int64; narrower types of the file are widened when they are read. Booleans
/// are integers 0 and 1.
package struct Tensor: Sendable {
  /// Where the numbers are.
  enum Storage: Sendable {
    case floats([Float])
    case integers([Int64])
    /// Little-endian numbers of the element type in a mapped file, perhaps unaligned.
    case mapped(MappedFile, offset: Int)
  }

  /// Dimensions, outermost first; empty for a scalar.
  package let shape: [Int]
  let storage: Storage
  /// The element type in the file; float32 or int64 where the numbers were computed.
  let elementType: ElementType

  /// - Parameters:
  ///   - shape: the dimensions.
  ///   - floats: as many values as the shape has elements.
  package init(shape: [Int], floats: [Float]) {
    precondition(floats.count == elementCount(shape), "as many values as elements")
    self.init(shape: shape, storage: .floats(floats), elementType: .float)
  }

  /// - Parameters:
  ///   - shape: the dimensions.
  ///   - integers: as many values as the shape has elements.
  package init(shape: [Int], integers: [Int64]) {
    precondition(integers.count == elementCount(shape), "as many values as elements")
    self.init(shape: shape, storage: .integers(integers), elementType: .int64)
  }

  /// Numbers that stay in the file until somebody reads them.
  ///
  /// - Parameters:
  ///   - shape: the dimensions.
  ///   - type: how each is stored.
  ///   - file: the file; the bytes lie within it.
  ///   - offset: where they begin.
  init(shape: [Int], _ type: ElementType = .float, mapped file: MappedFile, offset: Int) {
    self.init(shape: shape, storage: .mapped(file, offset: offset), elementType: type)
  }

  private init(shape: [Int], storage: Storage, elementType: ElementType) {
    self.shape = shape
    self.storage = storage
    self.elementType = elementType
  }

  /// The same numbers with other dimensions.
  func reshaped(_ shape: [Int]) -> Tensor {
    precondition(elementCount(shape) == count, "as many elements as before")
    return Tensor(shape: shape, storage: storage, elementType: elementType)
  }

  /// The same numbers as those of another type, which must hold them and be real or integer as they are.
  func typed(_ type: ElementType) -> Tensor {
    if case .mapped = storage {
      let held = integers.map { Storage.integers($0) } ?? .floats(floats)
      return Tensor(shape: shape, storage: held, elementType: type)
    }
    return Tensor(shape: shape, storage: storage, elementType: type)
  }

  /// The number of elements.
  package var count: Int { elementCount(shape) }

  /// Whether the numbers are integers.
  package var isInteger: Bool { !elementType.isReal }

  /// The numbers as float32; a copy where they are mapped or integers.
  package var floats: [Float] {
    switch storage {
    case .floats(let values): values
    case .integers(let values): values.map { Float($0) }
    case .mapped(let file, let offset):
      elementType.floats(mappedBytes(file, offset), count: count)
    }
  }

  /// The numbers as integers; nil where they are not.
  package var integers: [Int64]? {
    switch storage {
    case .integers(let values): values
    case .mapped(let file, let offset) where isInteger:
      elementType.integers(mappedBytes(file, offset), count: count)
    default: nil
    }
  }

  private func mappedBytes(_ file: MappedFile, _ offset: Int) -> UnsafeRawBufferPointer {
    let length = elementType.byteCount(of: count)
    return UnsafeRawBufferPointer(rebasing: file.bytes[offset..<offset + length])
  }

  /// The values where they lie in the mapped file; nil for others. x86 and ARM read unaligned numbers,
  /// and so do oneDNN's kernels.
  var borrowedMemory: AlignedMemory? {
    guard case .mapped(let file, let offset) = storage, elementType == .float else { return nil }
    return AlignedMemory(borrowing: file, offset..<offset + 4 * count)
  }

  /// Calls `body` with the address of the float32 values, which may be unaligned.
  func withFloatBytes<Result>(_ body: (UnsafeRawPointer) throws -> Result) rethrows -> Result {
    if case .mapped(let file, let offset) = storage, elementType == .float,
      let base = file.bytes.baseAddress
    {
      return try withExtendedLifetime(file) { try body(base + offset) }
    }
    // An empty tensor has an address too.
    let values = count == 0 ? [0] : floats
    return try values.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { preconditionFailure("an array with an element") }
      return try body(base)
    }
  }
}

/// The number of elements of a tensor of this shape; 1 for a scalar.
package func elementCount(_ shape: [Int]) -> Int { shape.reduce(1, *) }

/// The most elements that a tensor may have: 64 GiB of float32.
let largestElementCount = 1 << 34

/// The number of elements, or nil where a dimension is negative or there are more elements than
/// ``largestElementCount``. Dimensions of length 0 do not hide the size of the others, so that no
/// product of some of the dimensions overflows later.
func checkedElementCount(_ shape: [Int]) -> Int? {
  var product = 1
  for dimension in shape {
    guard dimension >= 0, dimension <= largestElementCount / product else { return nil }
    product *= max(1, dimension)
  }
  return shape.contains(0) ? 0 : product
}
