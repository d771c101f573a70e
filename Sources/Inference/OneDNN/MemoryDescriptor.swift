import COneDNN

/// Dimensions and layout of a float32 tensor as oneDNN knows it. A value.
struct MemoryDescriptor {
  private let box: Box

  /// Owns a handle; layouts are never changed, so that copies share it.
  private final class Box: Sendable {
    nonisolated(unsafe) let handle: OpaquePointer?

    init(_ handle: OpaquePointer?) { self.handle = handle }

    deinit { camtui_memory_desc_destroy(handle) }
  }

  /// Runs one of the shim's functions that make a layout, and owns what it makes.
  init(_ operation: String, _ create: (inout OpaquePointer?) -> dnnl_status_t) throws {
    var handle: OpaquePointer?
    try check(create(&handle), operation)
    box = Box(try required(handle, operation))
  }

  /// Takes over a layout that oneDNN gave; none is an empty tensor.
  init(owning handle: OpaquePointer?) { box = Box(handle) }

  /// Read by the other wrappers in this folder only, while they hold the descriptor.
  var handle: OpaquePointer? { box.handle }

  /// A row-major (C order) tensor.
  static func plain(_ shape: [Int]) throws -> MemoryDescriptor {
    try strided(shape, strides: rowMajorStrides(shape))
  }

  /// A tensor whose layout a primitive chooses.
  static func any(_ shape: [Int]) throws -> MemoryDescriptor {
    try tagged(shape, dnnl_format_tag_any)
  }

  /// A batch of pictures `[N, K, h, w]` whose channels lie in blocks of 8 or 16, the last one filled up with
  /// zeros.
  static func channelBlocks(_ shape: [Int], of lanes: Int) throws -> MemoryDescriptor {
    try tagged(shape, lanes == 16 ? dnnl_nChw16c : dnnl_nChw8c)
  }

  private static func tagged(
    _ shape: [Int], _ tag: dnnl_format_tag_t
  ) throws -> MemoryDescriptor {
    let dimensions = oneDNNDimensions(shape)
    return try MemoryDescriptor("describing a tensor of shape \(shape)") {
      camtui_memory_desc_tagged(&$0, Int32(dimensions.count), dimensions, tag)
    }
  }

  /// A view with the given strides, in elements.
  static func strided(_ shape: [Int], strides: [Int]) throws -> MemoryDescriptor {
    let dimensions = oneDNNDimensions(shape)
    let steps = shape.isEmpty ? [1] : strides.map(Int64.init)
    return try MemoryDescriptor("describing a strided tensor of shape \(shape)") {
      camtui_memory_desc_strided(&$0, Int32(dimensions.count), dimensions, steps)
    }
  }

  /// The part `[offset, offset + shape)` of this tensor, sharing its memory.
  func part(shape: [Int], offset: [Int]) throws -> MemoryDescriptor {
    try MemoryDescriptor("taking a part of a tensor") {
      camtui_memory_desc_part(&$0, handle, oneDNNDimensions(shape), offset.map(Int64.init))
    }
  }

  /// The same memory seen with other dimensions. Dense row-major layouts always can.
  func reshaped(_ shape: [Int]) throws -> MemoryDescriptor {
    if isPlain { return try .plain(shape) }
    let dimensions = oneDNNDimensions(shape)
    return try MemoryDescriptor("reshaping a tensor") {
      camtui_memory_desc_reshape(&$0, handle, Int32(dimensions.count), dimensions)
    }
  }

  /// The same memory with axes permuted: axis `i` of the result is axis `permutation[i]`.
  func permuted(_ permutation: [Int]) throws -> MemoryDescriptor {
    guard !permutation.isEmpty else { return self }
    var inverse = permutation.map { Int32($0) }
    for (position, axis) in permutation.enumerated() { inverse[axis] = Int32(position) }
    return try MemoryDescriptor("permuting axes") {
      camtui_memory_desc_permute(&$0, handle, inverse)
    }
  }

  /// Bytes that the layout needs, padding included.
  var byteCount: Int { camtui_memory_desc_size(handle) }

  /// The dimensions, outermost first; a scalar has the one dimension 1.
  var shape: [Int] { numbers(camtui_memory_desc_dimensions(handle), rank) }

  /// Whether the layout is dense and row-major.
  var isPlain: Bool {
    guard let blocking, blocking.sizes.isEmpty else { return false }
    let shape = shape
    let expected = rowMajorStrides(shape)
    return shape == blocking.padded
      && shape.indices.allSatisfy { shape[$0] == 1 || blocking.strides[$0] == expected[$0] }
  }

  /// Whether elements lie as in another descriptor of the same shape, the strides of the axes before
  /// `axis`, which must have length 1, left aside.
  func hasLayout(of other: MemoryDescriptor, ignoringAxesBefore axis: Int) -> Bool {
    guard let left = blocking, let right = other.blocking, shape == other.shape else {
      return false
    }
    return left.padded == right.padded && left.sizes == right.sizes && left.axes == right.axes
      && left.strides.dropFirst(axis) == right.strides.dropFirst(axis)
  }

  /// How the elements of a blocked layout lie, in elements.
  struct Blocking {
    /// The dimensions with their padding.
    let padded: [Int]
    let strides: [Int]
    /// The inner blocks, outermost first: their lengths and the axes that they are of.
    let sizes: [Int]
    let axes: [Int]
  }

  /// The blocking; nil for layouts that only oneDNN understands.
  var blocking: Blocking? {
    let inner = Int(camtui_memory_desc_inner_blocks(handle))
    guard inner >= 0 else { return nil }
    return Blocking(
      padded: numbers(camtui_memory_desc_padded_dimensions(handle), rank),
      strides: numbers(camtui_memory_desc_strides(handle), rank),
      sizes: numbers(camtui_memory_desc_inner_sizes(handle), inner),
      axes: numbers(camtui_memory_desc_inner_axes(handle), inner))
  }

  private var rank: Int { Int(camtui_memory_desc_rank(handle)) }

  private func numbers(_ first: UnsafePointer<Int64>?, _ count: Int) -> [Int] {
    UnsafeBufferPointer(start: first, count: first == nil ? 0 : count).map { Int($0) }
  }
}

extension MemoryDescriptor: Hashable {
  static func == (left: MemoryDescriptor, right: MemoryDescriptor) -> Bool {
    left.box === right.box || camtui_memory_desc_equal(left.handle, right.handle) != 0
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(byteCount)
    hasher.combine(shape)
  }
}

/// Strides, in elements, of a dense row-major tensor.
package func rowMajorStrides(_ shape: [Int]) -> [Int] {
  var strides = Array(repeating: 1, count: shape.count)
  for axis in shape.indices.dropLast().reversed() {
    strides[axis] = strides[axis + 1] * max(1, shape[axis + 1])
  }
  return strides
}

/// oneDNN knows no scalars: they are tensors with one dimension.
private func oneDNNDimensions(_ shape: [Int]) -> [Int64] {
  shape.isEmpty ? [1] : shape.map(Int64.init)
}
