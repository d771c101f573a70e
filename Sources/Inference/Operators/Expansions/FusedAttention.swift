import ONNXProto

// Attention as ONNX Runtime fuses it (`com.microsoft`), written as its matrix products and its softmax.

/// `Attention(x, weights, bias, mask, past, attention bias)`: queries, keys and values by one product.
func expandAttention(_ node: inout NodeExpansion) throws {
  try node.refuse(3, "mask")
  try node.refuse(4, "past")
  try node.attributes.expect("unidirectional", 0)
  try node.attributes.expect("do_rotary", 0)
  node.attributes.ignore(["mask_filter_value", "past_present_share_buffer", "rotary_embedding_dim"])
  let sizes = node.attributes.integers("qkv_hidden_sizes")
  var product = node.add("MatMul", [try node.input(0), try node.input(1)])
  if let bias = node.optional(2) { product = node.add("Add", [product, bias]) }
  let split = sizes.flatMap { $0.isEmpty ? nil : node.constant($0) }
  let parts = node.add("Split", [product, split], [.integer("axis", 2)], outputs: 3)
  let heads = try node.headCount()
  let values = parts.map { node.splitIntoHeads($0, heads) }
  node.giveAttention(values[0], values[1], values[2], bias: node.optional(5))
}

/// `MultiHeadAttention(query, key, value, bias, mask, attention bias)`: each `[N, L, C]`, or all in one
/// `[N, L, heads, 3, C]`.
func expandMultiHeadAttention(_ node: inout NodeExpansion) throws {
  try node.refuse(4, "mask")
  try node.refuse(6, "past")
  try node.refuse(7, "past")
  try node.attributes.expect("unidirectional", 0)
  node.attributes.ignore(["mask_filter_value"])
  let heads = try node.headCount()
  var values = [try node.input(0)]
  if let key = node.optional(1), let value = node.optional(2) {
    values += [key, value]
    if let bias = node.optional(3) {
      let parts = node.add("Split", [bias], [.integer("axis", 0)], outputs: 3)
      values = zip(values, parts).map { node.add("Add", [$0, $1]) }
    }
    values = values.map { node.splitIntoHeads($0, heads) }
  } else {
    try node.refuse(1, "packed keys and values")
    try node.refuse(3, "bias of packed values")
    let packed = values[0]
    values = (0..<3).map { part in
      let index = node.add("Constant", [], [.integer("value_int", part)])
      let chosen = node.add("Gather", [packed, index], [.integer("axis", 3)])
      return node.add("Transpose", [chosen], [.integers("perm", [0, 2, 1, 3])])
    }
  }
  node.giveAttention(values[0], values[1], values[2], bias: node.optional(5))
}

extension NodeExpansion {
  fileprivate func headCount() throws -> Int {
    let count = attributes.integer("num_heads", default: 0)
    guard count > 0 else { throw attributes.unsupported("attribute num_heads is missing") }
    return count
  }

  /// `[N, L, C]` as `[N, heads, L, C / heads]`.
  fileprivate mutating func splitIntoHeads(_ value: String, _ heads: Int) -> String {
    let shape = constant([0, 0, heads, -1])
    let split = add("Reshape", [value, shape])
    return add("Transpose", [split], [.integers("perm", [0, 2, 1, 3])])
  }

  /// `softmax(Q K^T / sqrt(C) + bias) V`, the heads joined again.
  fileprivate mutating func giveAttention(
    _ query: String, _ key: String, _ value: String, bias: String?
  ) {
    let keys = add("Transpose", [key], [.integers("perm", [0, 1, 3, 2])])
    var scores = add("MatMul", [query, keys])
    let scale = attributes.float("scale", default: 0)
    if scale != 0 {
      scores = add("Mul", [scores, constant(scale)])
    } else {
      let size = add("Shape", [query], [.integer("start", 3)])
      let root = add("Sqrt", [add("Cast", [size], [.integer("to", 1)])])
      scores = add("Div", [scores, root])
    }
    if let bias { scores = add("Add", [scores, bias]) }
    let weights = add("Softmax", [scores], [.integer("axis", -1)])
    let mixed = add("MatMul", [weights, value])
    let joined = add("Transpose", [mixed], [.integers("perm", [0, 2, 1, 3])])
    let shape = constant([0, 0, -1])
    give(add("Reshape", [joined, shape]))
  }
}
