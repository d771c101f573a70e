/// `scale (x - mean) / sqrt(variance + epsilon) + bias`, the statistics taken over the last axes of
/// each example (Ba et al. 2016). A scale or bias that is computed, or broadcast, is arithmetic behind
/// it. The second and third output, the statistics, exist in name only;
/// nothing that is supported reads them.
struct LayerNormalization: CompositeOperator {
  let axis: Int
  let epsilon: Float

  init(_ node: NodeReader) throws {
    axis = node.integer("axis", default: -1)
    epsilon = node.float("epsilon", default: 1e-5)
    try node.expect("stash_type", 1)
  }

  /// One without scale and bias.
  init(axis: Int, epsilon: Float) {
    self.axis = axis
    self.epsilon = epsilon
  }

  func body(_ node: NodeOperands) throws -> NodeBody? {
    let shape = try node.input(0).shape
    let normalized = Array(shape[try node.axis(axis, rank: shape.count)...])
    let parameters = (1...2).compactMap { node.optional($0) }
    if parameters.allSatisfy({ $0.constant != nil && $0.shape == normalized }) { return nil }
    for parameter in parameters where broadcastShape(shape, parameter.shape) != shape {
      throw node.failure("a scale or bias of shape \(parameter.shape) does not fit \(normalized)")
    }
    var body = NodeBody(node)
    var value = try body.add(
      LayerNormalization(axis: axis, epsilon: epsilon), "LayerNormalization",
      [try body.input(0)])
    if let scale = body.optional(1) { value = try body.add("Mul", [value, scale]) }
    if let bias = body.optional(2) { value = try body.add("Add", [value, bias]) }
    try body.finish(value, nil, nil)
    return body
  }

  var normalizes: Bool { true }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    if let body = try body(node) { return body.operands }
    let shape = try node.input(0).shape
    let axis = try node.axis(axis, rank: shape.count)
    let statistics = Array(shape[..<axis]) + Array(repeating: 1, count: shape.count - axis)
    return [shape, statistics, statistics].map { Operand(shape: $0) }
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let value = try node.input(0)
    let shape = plan.shape(value)
    let rows = try rows(shape)
    let data = plan.view(try plan.plainBuffer(of: value), as: rows)
    let primitive = try PrimitiveDescriptor.layerNormalization(
      data: rows, epsilon: epsilon, attributes: PrimitiveAttributes(), on: plan.engine)
    let statistics = primitive.statistics
    let (mean, variance) = (plan.newBuffer(statistics), plan.newBuffer(statistics))
    let result = plan.newBuffer(rows)
    plan.emit(
      primitive,
      [(.source, data), (.destination, result), (.mean, mean), (.variance, variance)]
        + (try parameters(node, count: rows.shape[1], in: plan)))
    plan.define(
      try node.output(), overwriting: plan.view(result, as: try .plain(shape)))
    plan.record(
      ForwardRecord(descriptor: primitive, input: data, statistics: [mean, variance]), for: node)
  }

  /// With `n = (x - mean) / sigma` and `d = g scale`: `(d - mean(d) - n mean(d n)) / sigma`. A loop:
  /// oneDNN's backward pass wants the gradients of scale and shift too.
  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let value = try node.input(0)
    let record = try plan.record(for: node)
    guard let data = record.input, record.statistics.count == 2 else { return }
    let after = plan.view(
      try plan.plainGradient(of: try node.output()), as: data.descriptor)
    let before = plan.newBuffer(data.descriptor)
    let (rows, columns) = (data.descriptor.shape[0], data.descriptor.shape[1])
    let scale = try parameters(node, count: columns, in: plan)[0].1
    let epsilon = epsilon
    plan.emitLoop([data, after, scale, before] + record.statistics) { pointers in
      for row in 0..<rows {
        let deviation = (pointers[5][row] + epsilon).squareRoot()
        Self.rowGradient(
          pointers[0] + row * columns, pointers[1] + row * columns, pointers[2],
          pointers[3] + row * columns, count: columns, mean: pointers[4][row],
          deviation: deviation)
      }
    }
    plan.contribute(plan.view(before, as: try .plain(plan.shape(value))), to: value)
  }

  private static func rowGradient(
    _ x: UnsafeMutablePointer<Float>, _ gradient: UnsafeMutablePointer<Float>,
    _ scale: UnsafeMutablePointer<Float>, _ result: UnsafeMutablePointer<Float>, count: Int,
    mean: Float, deviation: Float
  ) {
    let factor = 1 / deviation
    var (sum, product): (Float, Float) = (0, 0)
    for index in 0..<count {
      let scaled = gradient[index] * scale[index]
      sum += scaled
      product += scaled * (x[index] - mean)
    }
    let (meanSum, meanProduct) = (sum / Float(count), product * factor / Float(count))
    for index in 0..<count {
      let normalized = (x[index] - mean) * factor
      result[index] =
        (gradient[index] * scale[index] - meanSum - normalized * meanProduct) * factor
    }
  }

  private func rows(_ shape: [Int]) throws -> MemoryDescriptor {
    let axis = axis < 0 ? axis + shape.count : axis
    return try .plain([elementCount(Array(shape[..<axis])), elementCount(Array(shape[axis...]))])
  }

  private func parameters(
    _ node: PlannedNode, count: Int, in plan: PlanBuilder
  ) throws -> [(PrimitiveArgument, PlannedBuffer)] {
    let scale =
      node.optional(1).flatMap { plan.constant($0)?.floats }
      ?? Array(repeating: 1, count: count)
    let shift =
      node.optional(2).flatMap { plan.constant($0)?.floats }
      ?? Array(repeating: 0, count: count)
    return [
      (
        .scale,
        try plan.constantBuffer(
          Tensor(shape: [count], floats: scale), name: "\(node.name) scale")
      ),
      (
        .shift,
        try plan.constantBuffer(
          Tensor(shape: [count], floats: shift), name: "\(node.name) shift")
      ),
    ]
  }
}
