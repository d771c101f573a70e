/// Repeats a tensor along axes of length 1 until it has the given shape.
struct Expand: MovementOperator {
  init(_ node: NodeReader) throws {}

  func views(_ node: ViewedNode) -> [ValueView?] { node.broadcast() }

  func movement(_ node: NodeOperands) throws -> Movement {
    let shape = try node.input(0).shape
    guard let target = try node.integers(1, "shape") else {
      throw node.failure("its shape must be constant")
    }
    guard let result = broadcastShape(shape, target) else {
      throw node.failure("an input of shape \(shape) cannot be expanded to the shape \(target)")
    }
    try node.check(result)
    let copy = StridedCopy(
      extents: result, sourceOffset: 0, sourceStrides: broadcastStrides(shape, to: result),
      destinationOffset: 0, destinationStrides: rowMajorStrides(result))
    return Movement(outputs: [result], copies: [copy])
  }
}

/// Repeats a tensor along every axis as often as its second input says.
struct Tile: MovementOperator {
  init(_ node: NodeReader) throws {}

  func movement(_ node: NodeOperands) throws -> Movement {
    let shape = try node.input(0).shape
    guard let repeats = try node.integers(1, "repeats"), repeats.count == shape.count,
      repeats.allSatisfy({ $0 >= 0 })
    else { throw node.failure("its repeats must be \(shape.count) constants, one an axis") }
    let result = try zip(shape, repeats).map { length, count in
      let (product, isTooLarge) = length.multipliedReportingOverflow(by: count)
      guard !isTooLarge else { throw node.failure("its output would be too large") }
      return product
    }
    try node.check(result)
    // Every axis is seen as two: the repetitions, which do not move the source, and the axis itself.
    let (source, destination) = (rowMajorStrides(shape), rowMajorStrides(result))
    var copy = StridedCopy(
      extents: [], sourceOffset: 0, sourceStrides: [], destinationOffset: 0,
      destinationStrides: [])
    for axis in shape.indices {
      if repeats[axis] != 1 {
        copy.extents.append(repeats[axis])
        copy.sourceStrides.append(0)
        copy.destinationStrides.append(shape[axis] * destination[axis])
      }
      copy.extents.append(shape[axis])
      copy.sourceStrides.append(source[axis])
      copy.destinationStrides.append(destination[axis])
    }
    return Movement(outputs: [result], copies: [copy])
  }
}
