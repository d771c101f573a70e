import COneDNN

/// Dimensions and layout of a float32 tensor as oneDNN knows it. A value.
struct MemoryDescriptor {
  /// Read by the other wrappers in this folder only.
  let raw: dnnl_memory_desc_t

  init(raw: dnnl_memory_desc_t) {
    self.raw = raw
  }

  /// A row-major (C order) tensor.
  static func plain(_ shape: [Int]) throws -> MemoryDescriptor {
    try strided(shape, strides: rowMajorStrides(shape))
  }

  /// A tensor whose layout a primitive chooses.
  static func any(_ shape: [Int]) throws -> MemoryDescriptor {
    var raw = dnnl_memory_desc_t()
    let dimensions = oneDNNDimensions(shape)
    try check(
      camtui_memory_desc_any(&raw, Int32(dimensions.count), dimensions),
      "describing a tensor of shape \(shape)")
    return MemoryDescriptor(raw: raw)
  }

  /// A view with the given strides, in elements.
  static func strided(_ shape: [Int], strides: [Int]) throws -> MemoryDescriptor {
    var raw = dnnl_memory_desc_t()
    let dimensions = oneDNNDimensions(shape)
    let steps = shape.isEmpty ? [1] : strides.map(Int64.init)
    try check(
      camtui_memory_desc_strided(&raw, Int32(dimensions.count), dimensions, steps),
      "describing a strided tensor of shape \(shape)")
    return MemoryDescriptor(raw: raw)
  }

  /// The part `[offset, offset + shape)` of this tensor, sharing its memory.
  func part(shape: [Int], offset: [Int]) throws -> MemoryDescriptor {
    var parent = raw
    var result = dnnl_memory_desc_t()
    try check(
      dnnl_memory_desc_init_submemory(
        &result, &parent, oneDNNDimensions(shape), offset.map(Int64.init)),
      "taking a part of a tensor")
    return MemoryDescriptor(raw: result)
  }

  /// The same memory seen with other dimensions. Dense row-major layouts always can.
  func reshaped(_ shape: [Int]) throws -> MemoryDescriptor {
    if isPlain { return try .plain(shape) }
    var source = raw
    var result = dnnl_memory_desc_t()
    let dimensions = oneDNNDimensions(shape)
    try check(
      dnnl_memory_desc_reshape(&result, &source, Int32(dimensions.count), dimensions),
      "reshaping a tensor")
    return MemoryDescriptor(raw: result)
  }

  /// The same memory with axes permuted: axis `i` of the result is axis `permutation[i]`.
  func permuted(_ permutation: [Int]) throws -> MemoryDescriptor {
    guard !permutation.isEmpty else { return self }
    var inverse = permutation.map { Int32($0) }
    for (position, axis) in permutation.enumerated() { inverse[axis] = Int32(position) }
    var source = raw
    var result = dnnl_memory_desc_t()
    try check(dnnl_memory_desc_permute_axes(&result, &source, inverse), "permuting axes")
    return MemoryDescriptor(raw: result)
  }

  /// Bytes that the layout needs, padding included.
  var byteCount: Int {
    withUnsafePointer(to: raw) { dnnl_memory_desc_get_size($0) }
  }

  /// The dimensions, outermost first; a scalar has the one dimension 1.
  var shape: [Int] {
    withUnsafePointer(to: raw) { pointer in
      (0..<camtui_memory_desc_rank(pointer)).map {
        Int(camtui_memory_desc_dimension(pointer, $0))
      }
    }
  }

  /// Whether the layout is dense and row-major.
  var isPlain: Bool {
    withUnsafePointer(to: raw) { pointer in
      guard camtui_memory_desc_inner_blocks(pointer) == 0 else { return false }
      let expected = rowMajorStrides(shape)
      return shape.indices.allSatisfy { axis in
        let index = Int32(axis)
        return camtui_memory_desc_padded_dimension(pointer, index) == Int64(shape[axis])
          && (shape[axis] == 1
            || camtui_memory_desc_stride(pointer, index) == Int64(expected[axis]))
      }
    }
  }

  /// Whether elements lie as in another descriptor of the same shape, the strides of the axes before
  /// `axis`, which must have length 1, left aside.
  func hasLayout(of other: MemoryDescriptor, ignoringAxesBefore axis: Int) -> Bool {
    withUnsafePointer(to: raw) { left in
      withUnsafePointer(to: other.raw) { right in
        camtui_memory_desc_same_blocking(left, right, Int32(axis)) != 0
      }
    }
  }

}

extension MemoryDescriptor: Hashable {
  static func == (left: MemoryDescriptor, right: MemoryDescriptor) -> Bool {
    withUnsafePointer(to: left.raw) { l in
      withUnsafePointer(to: right.raw) { r in dnnl_memory_desc_equal(l, r) != 0 }
    }
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
