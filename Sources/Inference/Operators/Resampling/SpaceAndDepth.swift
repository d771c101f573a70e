/// Moves channels into blocks of places: `[N, C b^2, H, W]` becomes `[N, C, H b, W b]`; the block's
/// place comes before the channel (`DCR`) or behind it (`CRD`, PyTorch's pixel shuffle).
struct DepthToSpace: MovementOperator {
  let blockSize: Int
  let isDepthFirst: Bool

  init(_ node: NodeReader) throws {
    blockSize = try node.blockSize()
    let mode = node.string("mode", default: "DCR")
    guard ["DCR", "CRD"].contains(mode) else {
      throw node.unsupported("attribute mode = \(mode), DCR or CRD was expected")
    }
    isDepthFirst = mode == "DCR"
  }

  func views(_ node: ViewedNode) -> [ValueView?] { node.windowed(newChannels: true) }

  func movement(_ node: NodeOperands) throws -> Movement {
    let shape = try node.input(0).shape
    guard shape.count == 4, shape[1] % (blockSize * blockSize) == 0 else {
      throw node.failure("an input of shape \(shape) does not fit blocks of \(blockSize)")
    }
    let channels = shape[1] / (blockSize * blockSize)
    let result = [shape[0], channels, shape[2] * blockSize, shape[3] * blockSize]
    try node.check(result)
    // Axes of the result: image, channel, row, row in the block, column, column in the block.
    let split =
      isDepthFirst
      ? [shape[0], blockSize, blockSize, channels, shape[2], shape[3]]
      : [shape[0], channels, blockSize, blockSize, shape[2], shape[3]]
    let order = isDepthFirst ? [0, 3, 4, 1, 5, 2] : [0, 1, 4, 2, 5, 3]
    return Movement(outputs: [result], copies: [StridedCopy(permuting: split, order)])
  }
}

/// Moves blocks of places into channels: `[N, C, H b, W b]` becomes `[N, C b^2, H, W]`.
struct SpaceToDepth: MovementOperator {
  let blockSize: Int

  init(_ node: NodeReader) throws { blockSize = try node.blockSize() }

  func views(_ node: ViewedNode) -> [ValueView?] { node.windowed(newChannels: true) }

  func movement(_ node: NodeOperands) throws -> Movement {
    let shape = try node.input(0).shape
    guard shape.count == 4, shape[2] % blockSize == 0, shape[3] % blockSize == 0 else {
      throw node.failure("an input of shape \(shape) does not fit blocks of \(blockSize)")
    }
    let (rows, columns) = (shape[2] / blockSize, shape[3] / blockSize)
    let result = [shape[0], shape[1] * blockSize * blockSize, rows, columns]
    try node.check(result)
    let split = [shape[0], shape[1], rows, blockSize, columns, blockSize]
    return Movement(
      outputs: [result], copies: [StridedCopy(permuting: split, [0, 3, 5, 1, 2, 4])])
  }
}

extension NodeReader {
  /// The side of a block; its square must not overflow.
  fileprivate func blockSize() throws -> Int {
    guard let size = integer("blocksize"), (1..<1 << 31).contains(size) else {
      throw unsupported("attribute blocksize must be a positive number")
    }
    return size
  }
}

extension StridedCopy {
  /// A dense tensor with its axes in another order.
  fileprivate init(permuting shape: [Int], _ order: [Int]) {
    let strides = rowMajorStrides(shape)
    let extents = order.map { shape[$0] }
    self.init(
      extents: extents, sourceOffset: 0, sourceStrides: order.map { strides[$0] },
      destinationOffset: 0, destinationStrides: rowMajorStrides(extents))
  }
}
