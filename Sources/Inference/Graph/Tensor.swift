/// A constant of the graph: an array of numbers with a shape, row-major.
///
/// Numbers are float32 or int64; narrower types of the file are widened when it is read. Booleans
/// are integers 0 and 1.
package struct Tensor: Sendable {
  /// Where the numbers are.
  enum Storage: Sendable {
    case floats([Float])
    case integers([Int64])
    /// `count` little-endian float32 in a mapped file, perhaps unaligned.
    case mapped(MappedFile, offset: Int)
  }

  /// Dimensions, outermost first; empty for a scalar.
  package let shape: [Int]
  let storage: Storage

  /// - Parameters:
  ///   - shape: the dimensions.
  ///   - floats: as many values as the shape has elements.
  package init(shape: [Int], floats: [Float]) {
    precondition(floats.count == elementCount(shape), "as many values as elements")
    self.shape = shape
    storage = .floats(floats)
  }

  /// - Parameters:
  ///   - shape: the dimensions.
  ///   - integers: as many values as the shape has elements.
  package init(shape: [Int], integers: [Int64]) {
    precondition(integers.count == elementCount(shape), "as many values as elements")
    self.shape = shape
    storage = .integers(integers)
  }

  init(shape: [Int], mapped file: MappedFile, offset: Int) {
    self.shape = shape
    storage = .mapped(file, offset: offset)
  }

  /// The same numbers with other dimensions.
  func reshaped(_ shape: [Int]) -> Tensor {
    precondition(elementCount(shape) == count, "as many elements as before")
    return Tensor(shape: shape, storage: storage)
  }

  private init(shape: [Int], storage: Storage) {
    self.shape = shape
    self.storage = storage
  }

  /// The number of elements.
  package var count: Int { elementCount(shape) }

  /// Whether the numbers are integers.
  package var isInteger: Bool {
    if case .integers = storage { true } else { false }
  }

  /// The numbers as float32; a copy where they are mapped or integers.
  package var floats: [Float] {
    switch storage {
    case .floats(let values): values
    case .integers(let values): values.map { Float($0) }
    case .mapped(let file, let offset):
      [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
        let bytes = file.bytes[offset..<offset + count * 4]
        UnsafeMutableRawBufferPointer(buffer).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: bytes))
        initialized = count
      }
    }
  }

  /// The numbers as integers; nil where they are not.
  package var integers: [Int64]? {
    if case .integers(let values) = storage { values } else { nil }
  }

  /// The values where they lie in the mapped file; nil for others. x86 and ARM read unaligned numbers,
  /// and so do oneDNN's kernels.
  var borrowedMemory: AlignedMemory? {
    guard case .mapped(let file, let offset) = storage else { return nil }
    return AlignedMemory(borrowing: file, offset..<offset + 4 * count)
  }

  /// Calls `body` with the address of the float32 values, which may be unaligned.
  func withFloatBytes<Result>(_ body: (UnsafeRawPointer) throws -> Result) rethrows -> Result {
    if case .mapped(let file, let offset) = storage, let base = file.bytes.baseAddress {
      return try withExtendedLifetime(file) { try body(base + offset) }
    }
    // One element more than needed, so that an empty tensor has an address too.
    return try (floats + [0]).withUnsafeBytes { bytes in
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
