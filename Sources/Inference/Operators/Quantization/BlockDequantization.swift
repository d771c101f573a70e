/// The weights of `MatMulNBits` as a real matrix `[K, N]`. No operator of a file.
///
/// Column n is stored in blocks along K, `bits` bits an element, the first in the lowest bits of a byte; every block
/// has a scale and perhaps a zero point, packed likewise or real. `w = (q - zero) scale`, zero `2^(bits - 1)` where
/// none is given. Indices tell which block's scale an element has where it is not its own.
struct BlockDequantization: ConstantOperator, QuantizingOperator {
  private let rows: Int
  private let columns: Int
  private let bits: Int
  private let block: Int

  init(_ node: NodeReader) throws {
    rows = node.integer("K", default: 0)
    columns = node.integer("N", default: 0)
    bits = node.integer("bits", default: 4)
    block = node.integer("block_size", default: 0)
    guard [2, 4, 8].contains(bits), (1..<1 << 31).contains(rows), (1..<1 << 31).contains(columns),
      (1..<1 << 31).contains(block), checkedElementCount([rows, columns]) != nil
    else {
      throw node.unsupported("weights of 2, 4 or 8 bits in blocks were expected")
    }
  }

  private var blocks: Int { (rows + block - 1) / block }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let (packed, scales) = (try node.input(0), try node.input(1))
    guard let bytes = packed.constant?.integers, let scale = scales.constant?.floats else {
      throw node.failure("its weights and scales must be constant")
    }
    try node.checkFoldable([rows, columns])
    let blockBytes = (block * bits + 7) / 8
    guard bytes.count == columns * blocks * blockBytes, scale.count == columns * blocks else {
      throw node.failure(
        "weights of shape \(packed.shape) and scales of shape \(scales.shape) do not fit a matrix"
          + " [\(rows), \(columns)] in blocks of \(block)")
    }
    let zeros = try zeros(node.optional(2)?.constant, node)
    let groups = try groups(node.optional(3)?.constant, node)
    var values = Array(repeating: Float(0), count: rows * columns)
    for column in 0..<columns {
      for row in 0..<rows {
        let place = (column * blocks + row / block) * blockBytes
        let parameter = column * blocks + (groups?[row] ?? row / block)
        let element = Self.element(row % block, bits) { bytes[place + $0] }
        values[row * columns + column] = (Float(element) - zeros[parameter]) * scale[parameter]
      }
    }
    return [Operand(Tensor(shape: [rows, columns], floats: values))]
  }

  /// An element of packed bytes.
  private static func element(_ index: Int, _ bits: Int, _ byte: (Int) -> Int64) -> Int64 {
    let inByte = 8 / bits
    return byte(index / inByte) >> Int64(index % inByte * bits) & (1 << Int64(bits) - 1)
  }

  /// The zero point of every block, a column's one after the other; packed ones begin a byte a column.
  private func zeros(_ tensor: Tensor?, _ node: NodeOperands) throws -> [Float] {
    guard let tensor else {
      return Array(repeating: Float(1 << (bits - 1)), count: columns * blocks)
    }
    guard let bytes = tensor.integers else {
      guard tensor.count == columns * blocks else { throw misfit(tensor, node) }
      return tensor.floats
    }
    let columnBytes = (blocks * bits + 7) / 8
    guard bytes.count == columns * columnBytes else { throw misfit(tensor, node) }
    return (0..<columns * blocks).map { index in
      let column = index / blocks * columnBytes
      return Float(Self.element(index % blocks, bits) { bytes[column + $0] })
    }
  }

  private func groups(_ tensor: Tensor?, _ node: NodeOperands) throws -> [Int]? {
    guard let tensor else { return nil }
    guard let indices = tensor.integers, indices.count >= rows,
      indices.allSatisfy({ (0..<Int64(blocks)).contains($0) })
    else { throw misfit(tensor, node) }
    return indices.map { Int($0) }
  }

  private func misfit(_ tensor: Tensor, _ node: NodeOperands) -> InferenceError {
    node.failure(
      "zero points or indices of shape \(tensor.shape) do not fit \(columns) columns of \(blocks)"
        + " blocks")
  }
}
