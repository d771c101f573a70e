/// `scale x / sqrt(mean(x^2) + epsilon)` over the last axes (Zhang and Sennrich 2019).
struct RMSNormalization: CompositeOperator {
  let axis: Int
  let epsilon: Float

  init(_ node: NodeReader) throws {
    axis = node.integer("axis", default: -1)
    epsilon = node.float("epsilon", default: 1e-5)
    try node.expect("stash_type", 1)
  }

  var normalizes: Bool { true }

  func body(_ node: NodeOperands) throws -> NodeBody? {
    var body = NodeBody(node)
    let value = try body.input(0)
    let rank = body.shape(value).count
    let axes = body.constant(Array(try node.axis(axis, rank: rank)..<rank))
    let squares = try body.add("Mul", [value, value])
    let mean = try body.add("ReduceMean", [squares, axes])
    let shifted = try body.add("Add", [mean, body.constant(epsilon)])
    let normal = try body.add("Div", [value, try body.add("Sqrt", [shifted])])
    let result = try body.add("Mul", [normal, try body.input(1)])
    guard body.shape(result) == body.shape(value) else {
      throw node.failure("a scale of shape \(body.shape(try body.input(1))) does not fit")
    }
    try body.finish(result)
    return body
  }
}

/// `x / |x|`, the norm (`p` 1 or 2) taken along an axis; 0 where it is 0.
struct LpNormalization: CompositeOperator {
  let axis: Int
  let power: Int

  init(_ node: NodeReader) throws {
    axis = node.integer("axis", default: -1)
    power = node.integer("p", default: 2)
    guard [1, 2].contains(power) else {
      throw node.unsupported("attribute p = \(power), 1 or 2 was expected")
    }
  }

  func body(_ node: NodeOperands) throws -> NodeBody? {
    var body = NodeBody(node)
    let value = try body.input(0)
    let axes = body.constant([try node.axis(axis, rank: body.shape(value).count)])
    let norm = try body.add(power == 1 ? "ReduceL1" : "ReduceL2", [value, axes])
    let divisor = try body.add("Max", [norm, body.constant(Float.leastNormalMagnitude)])
    try body.finish(try body.add("Div", [value, divisor]))
    return body
  }
}

/// `(x - mean) / sqrt(variance)` over axes.
struct MeanVarianceNormalization: CompositeOperator {
  let axes: [Int]

  init(_ node: NodeReader) throws { axes = node.integers("axes") ?? [0, 2, 3] }

  func body(_ node: NodeOperands) throws -> NodeBody? {
    var body = NodeBody(node)
    let value = try body.input(0)
    let rank = body.shape(value).count
    let resolved = body.constant(try axes.map { try node.axis($0, rank: rank) })
    let centred = try body.add("Sub", [value, try body.add("ReduceMean", [value, resolved])])
    let squares = try body.add("Mul", [centred, centred])
    let deviation = try body.add("Sqrt", [try body.add("ReduceMean", [squares, resolved])])
    let divisor = try body.add("Add", [deviation, body.constant(1e-9)])
    try body.finish(try body.add("Div", [centred, divisor]))
    return body
  }
}
