/// `scale (x - mean) / sqrt(variance + epsilon) + bias`, the statistics taken over the last axes of
/// each example (Ba et al. 2016).
struct LayerNormalization: Operator {
  let axis: Int
  let epsilon: Float

  init(_ node: NodeReader) throws {
    axis = node.integer("axis", default: -1)
    epsilon = node.float("epsilon", default: 1e-5)
    try node.expect("stash_type", 1)
  }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let shape = try node.input(0).shape
    let axis = try node.axis(axis, rank: shape.count)
    let normalized = Array(shape[axis...])
    for index in 1...2 {
      guard let parameter = node.optional(index) else { continue }
      guard parameter.constant != nil, parameter.shape == normalized else {
        throw node.failure("input \(index) must be constant and of shape \(normalized)")
      }
    }
    if node.outputCount > 1 { throw node.failure("its outputs 1 and 2 are not supported") }
    return [Operand(shape: shape)]
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

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let value = try node.input(0)
    let record = try plan.record(for: node)
    guard let forward = record.descriptor, let data = record.input else { return }
    let rows = data.descriptor
    let after = plan.view(try plan.plainGradient(of: try node.output()), as: rows)
    let before = plan.newBuffer(rows)
    let primitive = try PrimitiveDescriptor.layerNormalizationGradient(
      data: rows, statistics: record.statistics[0].descriptor, epsilon: epsilon,
      attributes: PrimitiveAttributes(), hint: forward, on: plan.engine)
    let parameters = try parameters(node, count: rows.shape[1], in: plan)
    plan.emit(
      primitive,
      [
        (.source, data), (.destinationGradient, after), (.sourceGradient, before),
        (.mean, record.statistics[0]), (.variance, record.statistics[1]), parameters[0],
      ])
    plan.contribute(plan.view(before, as: try .plain(plan.shape(value))), to: value)
  }

  private func rows(_ shape: [Int]) throws -> MemoryDescriptor {
    let axis = axis < 0 ? axis + shape.count : axis
    return try .plain([elementCount(Array(shape[..<axis])), elementCount(Array(shape[axis...]))])
  }

  private func parameters(
    _ node: PlannedNode, count: Int, in plan: PlanBuilder
  ) throws -> [(PrimitiveArgument, PlannedBuffer)] {
    let scale = node.optional(1).flatMap { plan.constant($0)?.floats }
      ?? Array(repeating: 1, count: count)
    let shift = node.optional(2).flatMap { plan.constant($0)?.floats }
      ?? Array(repeating: 0, count: count)
    return [
      (
        .weights,
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
