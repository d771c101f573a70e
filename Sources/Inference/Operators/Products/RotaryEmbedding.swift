/// Turns pairs of features by angles that grow with the place (Su et al. 2021); the pairs are
/// neighbours (`interleaved`) or the two halves.
struct RotaryEmbedding: CompositeOperator {
  let isInterleaved: Bool
  let headCount: Int
  let rotatedCount: Int

  init(_ node: NodeReader) throws {
    isInterleaved = node.integer("interleaved", default: 0) != 0
    headCount = node.integer("num_heads", default: 0)
    rotatedCount = node.integer("rotary_embedding_dim", default: 0)
    guard (0..<1 << 31).contains(headCount), (0..<1 << 31).contains(rotatedCount) else {
      throw node.unsupported("num_heads and rotary_embedding_dim must not be negative")
    }
  }

  func body(_ node: NodeOperands) throws -> NodeBody? {
    var body = NodeBody(node)
    let value = try body.input(0)
    let shape = body.shape(value)
    var heads = value
    if shape.count == 4 {
      heads = try body.transpose(value, [0, 2, 1, 3])
    } else {
      guard shape.count == 3, headCount > 0, shape[2] % headCount == 0 else {
        throw node.failure("an input of shape \(shape) has not \(headCount) heads")
      }
      heads = try body.reshape(value, [shape[0], shape[1], headCount, shape[2] / headCount])
    }
    let size = body.shape(heads)[3]
    let rotated = rotatedCount == 0 ? size : rotatedCount
    guard rotated <= size, rotated % 2 == 0 else {
      throw node.failure("\(rotated) of \(size) features cannot be turned in pairs")
    }
    let parts = try pairs(heads, rotated, &body)
    let (cosine, sine) = (try angles(1, node, &body), try angles(2, node, &body))
    let real = try body.add(
      "Sub", [try body.add("Mul", [cosine, parts.0]), try body.add("Mul", [sine, parts.1])])
    let imaginary = try body.add(
      "Add", [try body.add("Mul", [sine, parts.0]), try body.add("Mul", [cosine, parts.1])])
    var result = try joined(real, imaginary, &body)
    if rotated < size {
      let rest = try slice(heads, rotated, size, 1, &body)
      result = try body.add("Concat", [result, rest], ["axis": .integer(-1)])
    }
    guard body.shape(result) == body.shape(heads) else {
      throw node.failure("its angles do not fit an input of shape \(shape)")
    }
    try body.finish(
      shape.count == 4
        ? try body.transpose(result, [0, 2, 1, 3]) : try body.reshape(result, shape))
    return body
  }

  private func slice(
    _ value: NodeBody.Value, _ start: Int, _ end: Int, _ step: Int, _ body: inout NodeBody
  ) throws -> NodeBody.Value {
    let axis = body.shape(value).count - 1
    let ranges = [start, end, axis, step].map { body.constant([$0]) }
    return try body.add("Slice", [value] + ranges)
  }

  private func pairs(
    _ heads: NodeBody.Value, _ count: Int, _ body: inout NodeBody
  ) throws -> (NodeBody.Value, NodeBody.Value) {
    isInterleaved
      ? (try slice(heads, 0, count, 2, &body), try slice(heads, 1, count, 2, &body))
      : (
        try slice(heads, 0, count / 2, 1, &body), try slice(heads, count / 2, count, 1, &body)
      )
  }

  private func joined(
    _ real: NodeBody.Value, _ imaginary: NodeBody.Value, _ body: inout NodeBody
  ) throws -> NodeBody.Value {
    guard isInterleaved else {
      return try body.add("Concat", [real, imaginary], ["axis": .integer(-1)])
    }
    let shape = body.shape(real)
    let columns = try [real, imaginary].map { try body.reshape($0, shape + [1]) }
    let joined = try body.add("Concat", columns, ["axis": .integer(-1)])
    return try body.reshape(joined, Array(shape.dropLast()) + [2 * (shape.last ?? 1)])
  }

  /// The cosines or sines as `[N, L, 1, pairs]`, picked by the places where those are given.
  private func angles(
    _ index: Int, _ node: NodeOperands, _ body: inout NodeBody
  ) throws -> NodeBody.Value {
    var cache = try body.input(index)
    if let places = body.optional(3) {
      cache = try body.add("Gather", [cache, places], ["axis": .integer(0)])
    }
    let shape = body.shape(cache)
    guard shape.count == 3 else { throw node.failure("its angles have the shape \(shape)") }
    return try body.reshape(cache, [shape[0], shape[1], 1, shape[2]])
  }
}
