/// Repeats a tensor along axes of length 1 until it has the given shape.
struct Expand: MovementOperator {
  init(_ node: NodeReader) throws {}

  func movement(_ node: NodeOperands) throws -> Movement {
    let shape = try node.input(0).shape
    guard let target = try node.integers(1, "shape"),
      let result = broadcastShape(shape, target)
    else { throw node.failure("an input of shape \(shape) cannot be expanded to its shape input") }
    try node.check(result)
    let copy = StridedCopy(
      extents: result, sourceOffset: 0, sourceStrides: broadcastStrides(shape, to: result),
      destinationOffset: 0, destinationStrides: rowMajorStrides(result))
    return Movement(outputs: [result], copies: [copy])
  }
}
