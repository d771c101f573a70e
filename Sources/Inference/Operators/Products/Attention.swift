/// Scaled dot-product attention (Vaswani et al. 2017), `softmax(scale Q K^T + mask) V`, of `[N, L,
/// heads size]` or `[N, heads, L, size]`, with masks, past keys, fewer heads of keys than of queries,
/// and the scores capped by a tanh. The cap comes before the mask, so that what is masked stays so.
struct Attention: CompositeOperator {
  let isCausal: Bool
  let scale: Float?
  let softcap: Float
  let queryHeads: Int?
  let keyHeads: Int?
  let outputMode: Int

  init(_ node: NodeReader) throws {
    isCausal = node.integer("is_causal", default: 0) != 0
    scale = node.float("scale")
    softcap = node.float("softcap", default: 0)
    queryHeads = node.integer("q_num_heads")
    keyHeads = node.integer("kv_num_heads")
    outputMode = node.integer("qk_matmul_output_mode", default: 0)
    node.ignore("softmax_precision")
    for heads in [queryHeads, keyHeads] {
      if let heads, !(1..<1 << 31).contains(heads) {
        throw node.unsupported("the number of heads must be positive")
      }
    }
  }

  func mixesPlaces(_ inputs: [ValueView?]) -> Bool {
    inputs.dropFirst().prefix(2).contains { $0?.axes.contains(where: \.isSpatial) == true }
  }

  /// Every query stays in its place and takes the channels of the values.
  func views(_ node: ViewedNode) -> [ValueView?] {
    guard var query = node.first, node.inputs.count > 2, let value = node.inputs[2],
      query.axes.count == value.axes.count, !query.axes.isEmpty
    else { return node.placewise() }
    let last = query.axes.count - 1
    if node.outputs.first?[last] == value.axes[last].size { query.axes[last] = value.axes[last] }
    return [ValueView(axes: query.axes)]
  }

  func body(_ node: NodeOperands) throws -> NodeBody? {
    var body = NodeBody(node)
    let isFlat = body.shape(try body.input(0)).count == 3
    let query = try heads(try body.input(0), queryHeads, node, &body)
    var key = try heads(try body.input(1), keyHeads, node, &body)
    var value = try heads(try body.input(2), keyHeads, node, &body)
    if let past = body.optional(4) {
      key = try body.add("Concat", [past, key], ["axis": .integer(2)])
    }
    if let past = body.optional(5) {
      value = try body.add("Concat", [past, value], ["axis": .integer(2)])
    }
    let present = (key, value)
    let headCount = body.shape(query)[1]
    key = try repeated(key, headCount, node, &body)
    value = try repeated(value, headCount, node, &body)
    let size = body.shape(query)[3]
    let factor = scale ?? 1 / Float(size).squareRoot()
    let scaled = try body.add("Mul", [query, body.constant(factor)])
    let products = try body.add("MatMul", [scaled, try body.transpose(key, [0, 1, 3, 2])])
    let capped = try capped(products, &body)
    let masked = try masked(capped, node, &body)
    let weights = try body.add("Softmax", [masked], ["axis": .integer(-1)])
    var result = try body.add("MatMul", [weights, value])
    if isFlat {
      result = try body.transpose(result, [0, 2, 1, 3])
      let shape = body.shape(result)
      result = try body.reshape(result, [shape[0], shape[1], shape[2] * shape[3]])
    }
    let shown = [products, masked, capped, weights]
    guard shown.indices.contains(outputMode) else {
      throw node.failure("attribute qk_matmul_output_mode = \(outputMode), 0 to 3 was expected")
    }
    try body.finish(result, present.0, present.1, shown[outputMode])
    return body
  }

  /// `[N, L, heads size]` as `[N, heads, L, size]`.
  private func heads(
    _ value: NodeBody.Value, _ count: Int?, _ node: NodeOperands, _ body: inout NodeBody
  ) throws -> NodeBody.Value {
    let shape = body.shape(value)
    if shape.count == 4 { return value }
    guard shape.count == 3, let count, shape[2] % count == 0 else {
      throw node.failure("an input of shape \(shape) has not \(count ?? 0) heads")
    }
    let split = try body.reshape(value, [shape[0], shape[1], count, shape[2] / count])
    return try body.transpose(split, [0, 2, 1, 3])
  }

  /// Every head of keys or values once for each of the heads of queries that share it.
  private func repeated(
    _ value: NodeBody.Value, _ count: Int, _ node: NodeOperands, _ body: inout NodeBody
  ) throws -> NodeBody.Value {
    let shape = body.shape(value)
    if shape[1] == count { return value }
    guard shape[1] > 0, count % shape[1] == 0 else {
      throw node.failure("\(count) heads of queries do not fit \(shape[1]) heads of keys")
    }
    let single = try body.reshape(value, [shape[0], shape[1], 1, shape[2], shape[3]])
    let target = body.constant([shape[0], shape[1], count / shape[1], shape[2], shape[3]])
    let all = try body.add("Expand", [single, target])
    return try body.reshape(all, [shape[0], count, shape[2], shape[3]])
  }

  private func capped(
    _ scores: NodeBody.Value, _ body: inout NodeBody
  ) throws -> NodeBody.Value {
    guard softcap > 0 else { return scores }
    let limit = body.constant(softcap)
    return try body.add(
      "Mul", [try body.add("Tanh", [try body.add("Div", [scores, limit])]), limit])
  }

  private func masked(
    _ scores: NodeBody.Value, _ node: NodeOperands, _ body: inout NodeBody
  ) throws -> NodeBody.Value {
    var result = scores
    let shape = body.shape(scores)
    if let mask = try mask(node, keys: shape[3]) {
      result = try body.add("Add", [result, body.constant(mask)])
    }
    if isCausal {
      let past = node.optional(4)?.shape[2] ?? 0
      result = try body.add("Add", [result, body.constant(causal(shape[2], shape[3], past))])
    }
    if let lengths = try node.integers(6, "nonpad_kv_seqlen") {
      let padding = lengths.flatMap { length in
        (0..<shape[3]).map { $0 < length ? Float(0) : -.infinity }
      }
      let mask = Tensor(shape: [lengths.count, 1, 1, shape[3]], floats: padding)
      result = try body.add("Add", [result, body.constant(mask)])
    }
    guard body.shape(result) == shape else {
      throw node.failure("its mask does not fit scores of shape \(shape)")
    }
    return result
  }

  /// The mask as what is added to the scores, lengthened to all keys. A computed one could be truths
  /// or numbers, which look alike when a network runs.
  private func mask(_ node: NodeOperands, keys: Int) throws -> Tensor? {
    guard let operand = node.optional(3) else { return nil }
    guard let tensor = operand.constant else {
      throw node.failure("its mask must not depend on the image")
    }
    let values =
      tensor.integers.map { $0.map { $0 != 0 ? Float(0) : -.infinity } } ?? tensor.floats
    guard let length = tensor.shape.last, length < keys, length > 0 else {
      return Tensor(shape: tensor.shape, floats: values)
    }
    let padding = Array(repeating: -Float.infinity, count: keys - length)
    let rows = (0..<values.count / length).flatMap {
      values[$0 * length..<($0 + 1) * length] + padding
    }
    return Tensor(shape: Array(tensor.shape.dropLast()) + [keys], floats: rows)
  }

  /// Keys behind a query's own place are hidden from it; past keys come before all places.
  private func causal(_ queries: Int, _ keys: Int, _ past: Int) -> Tensor {
    let values = (0..<queries).flatMap { query in
      (0..<keys).map { $0 <= query + past ? Float(0) : -.infinity }
    }
    return Tensor(shape: [queries, keys], floats: values)
  }
}
