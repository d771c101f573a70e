/// Cuts a tensor into parts along an axis.
struct Split: MovementOperator {
  let axis: Int
  let sizes: [Int]?
  let partCount: Int?

  init(_ node: NodeReader) throws {
    axis = node.integer("axis", default: 0)
    sizes = node.integers("split")
    partCount = node.integer("num_outputs")
  }

  func movement(_ node: NodeOperands) throws -> Movement {
    let shape = try node.input(0).shape
    let axis = try node.axis(axis, rank: shape.count)
    let sizes = try node.integers(1, "split") ?? sizes ?? equalParts(shape[axis], node.outputCount)
    guard sizes.allSatisfy({ (0...shape[axis]).contains($0) }),
      sizes.reduce(0, +) == shape[axis], sizes.count == node.outputCount
    else {
      throw node.failure(
        "\(node.outputCount) parts of \(sizes) do not add up to an axis of \(shape[axis])")
    }
    let strides = rowMajorStrides(shape)
    var (outputs, copies, offset): ([[Int]], [StridedCopy], Int) = ([], [], 0)
    for (index, size) in sizes.enumerated() {
      var part = shape
      part[axis] = size
      outputs.append(part)
      copies.append(
        StridedCopy(
          output: index, extents: part, sourceOffset: offset * strides[axis],
          sourceStrides: strides, destinationOffset: 0,
          destinationStrides: rowMajorStrides(part)))
      offset += size
    }
    return Movement(outputs: outputs, copies: copies)
  }

  func views(_ node: ViewedNode) -> [ValueView?] {
    let length = node.shape(0).count
    let axis = axis < 0 ? axis + length : axis
    var start = 0
    return node.outputs.map { shape in
      guard shape.indices.contains(axis) else { return nil }
      defer { start += shape[axis] }
      return node.selected(axis: axis, Array(start..<start + shape[axis]))
    }
  }

  /// Since opset 18 the last part may be smaller.
  private func equalParts(_ length: Int, _ count: Int) -> [Int] {
    let size = (length + count - 1) / max(1, count)
    return (0..<count).map { max(0, min(size, length - $0 * size)) }
  }
}

/// Takes a range with a step along axes; the ranges are attributes before opset 10, inputs since.
struct Slice: MovementOperator {
  let starts: [Int]?
  let ends: [Int]?
  let axes: [Int]?

  init(_ node: NodeReader) throws {
    starts = node.integers("starts")
    ends = node.integers("ends")
    axes = node.integers("axes")
  }

  func views(_ node: ViewedNode) -> [ValueView?] {
    guard let copy = try? movement(node.operands).copies.first, var view = node.first else {
      return [nil]
    }
    let (shape, strides) = (node.shape(0), rowMajorStrides(node.shape(0)))
    guard !shape.contains(0), !copy.extents.contains(0) else { return [nil] }
    var offset = copy.sourceOffset
    for axis in shape.indices {
      let first = offset / strides[axis]
      offset %= strides[axis]
      let step = copy.sourceStrides[axis] / strides[axis]
      view.axes[axis] = view.axes[axis].selecting(
        (0..<copy.extents[axis]).map { first + $0 * step }, of: shape[axis])
    }
    return [ValueView(axes: view.axes)]
  }

  func movement(_ node: NodeOperands) throws -> Movement {
    let shape = try node.input(0).shape
    guard let starts = try node.integers(1, "starts") ?? starts,
      let ends = try node.integers(2, "ends") ?? ends
    else { throw node.failure("its starts and ends must be constant") }
    let axes = try node.integers(3, "axes") ?? axes ?? Array(starts.indices)
    let steps = try node.integers(4, "steps") ?? Array(repeating: 1, count: starts.count)
    guard starts.count == ends.count, axes.count == starts.count, steps.count == starts.count,
      !steps.contains(0)
    else { throw node.failure("its starts, ends, axes and steps differ in length") }
    var strides = rowMajorStrides(shape)
    var (extents, offset) = (shape, 0)
    let resolved = try axes.map { try node.axis($0, rank: shape.count) }
    guard Set(resolved).count == axes.count else { throw node.failure("an axis is named twice") }
    for (index, axis) in resolved.enumerated() {
      let range = range(starts[index], ends[index], steps[index], shape[axis])
      offset += range.first * strides[axis]
      if range.count > 1 { strides[axis] *= steps[index] }
      extents[axis] = range.count
    }
    let copy = StridedCopy(
      extents: extents, sourceOffset: offset, sourceStrides: strides, destinationOffset: 0,
      destinationStrides: rowMajorStrides(extents))
    return Movement(outputs: [extents], copies: [copy])
  }

  /// The clamping rules of the specification, which are NumPy's.
  private func range(
    _ start: Int, _ end: Int, _ step: Int, _ size: Int
  ) -> (first: Int, count: Int) {
    let start = start < 0 ? max(start, -size) + size : min(start, size)
    let end = end < 0 ? max(end, -size - 1) + size : min(end, size)
    if step > 0 {
      let (first, last) = (min(start, size), min(max(end, 0), size))
      return (first, max(0, last > first ? (last - first - 1) / step + 1 : 0))
    }
    let (first, last) = (min(start, size - 1), max(end, -1))
    return (max(first, 0), max(0, first > last ? (first - last - 1) / -step + 1 : 0))
  }
}
