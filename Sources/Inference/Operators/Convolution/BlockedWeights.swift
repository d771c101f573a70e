/// Weights of `com.microsoft.nchwc.Conv` in the order of `Conv`. No operator of a file.
///
/// The file holds `[O/b][I/b][h][w][b of I][b of O]`; where the input has fewer channels than a block, or one
/// for each filter, `[O/b][I][h][w][b of O]`. The dimensions that it declares are those of `[O, I, h, w]`.
struct BlockedWeights: ConstantOperator {
  private let block: Int
  private let group: Int

  init(_ node: NodeReader) throws {
    block = node.integer("block", default: 16)
    group = node.integer("group", default: 1)
  }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let input = try node.input(0)
    let shape = input.shape
    guard let values = input.constant?.floats, shape.count == 4, shape[0] % block == 0,
      shape[1] < block || shape[1] % block == 0
    else {
      throw node.failure(
        "weights of shape \(shape) do not fit blocks of \(block) channels; the file was made for another"
          + " CPU: save the model without layout optimisation (ORT_ENABLE_EXTENDED)")
    }
    let inBlock = shape[1] < block ? 1 : block
    let stored = [
      shape[0] / block, shape[1] / inBlock, shape[2] * shape[3], inBlock, block,
    ]
    let strides = rowMajorStrides(stored)
    let area = shape[2] * shape[3]
    var ordered = Array(repeating: Float(0), count: values.count)
    var position = 0
    for filter in 0..<shape[0] {
      for channel in 0..<shape[1] {
        let place =
          filter / block * strides[0] + filter % block + channel / inBlock * strides[1]
          + channel % inBlock * strides[3]
        for tap in 0..<area {
          ordered[position] = values[place + tap * strides[2]]
          position += 1
        }
      }
    }
    return [Operand(Tensor(shape: shape, floats: ordered))]
  }
}

/// Channels filled up with empty ones to whole blocks. No operator of a file.
struct WholeChannelBlocks: MovementOperator {
  private let block: Int

  init(_ node: NodeReader) throws { block = node.integer("block", default: 16) }

  func views(_ node: ViewedNode) -> [ValueView?] { node.windowed(newChannels: true) }

  func movement(_ node: NodeOperands) throws -> Movement {
    let shape = try node.input(0).shape
    guard shape.count == 4 else { throw node.failure("an input [N, C, H, W] was expected") }
    var result = shape
    result[1] = (shape[1] + block - 1) / block * block
    try node.check(result)
    let copy = StridedCopy(
      extents: shape, sourceOffset: 0, sourceStrides: rowMajorStrides(shape),
      destinationOffset: 0, destinationStrides: rowMajorStrides(result))
    return Movement(outputs: [result], copies: [copy], fill: 0)
  }
}
