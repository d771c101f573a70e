/// `x < 0 ? slope x : x`, the slope broadcast to the input (He et al. 2015).
struct PRelu: Operator {
  init(_ node: NodeReader) throws {}

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let shape = try node.input(0).shape
    let slope = try node.input(1)
    guard slope.constant != nil else { throw node.failure("its slope must be constant") }
    guard broadcastShape(shape, slope.shape) == shape else {
      throw node.failure("a slope of shape \(slope.shape) does not fit an input of \(shape)")
    }
    return [Operand(shape: shape)]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let data = try plan.buffer(of: try node.input(0))
    let slope = try slope(node, in: plan)
    let output = plan.define(try node.output(), data.descriptor)
    let descriptor = try PrimitiveDescriptor.prelu(
      data: data.descriptor, slope: slope.descriptor, attributes: PrimitiveAttributes(),
      on: plan.engine)
    plan.emit(descriptor, [(.source, data), (.weights, slope), (.destination, output)])
    plan.record(ForwardRecord(input: data), for: node)
  }

  /// `g (x > 0 ? 1 : slope)`, a loop: oneDNN's own backward pass also wants the slope's gradient.
  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let value = try node.input(0)
    let data = try plan.plainBuffer(of: value)
    let after = try plan.plainGradient(of: try node.output())
    let before = plan.newBuffer(data.descriptor)
    let shape = plan.shape(value)
    let slope = try slope(node, in: plan)
    let steps = broadcastStrides(slope.descriptor.shape, to: shape)
    plan.emitLoop([data, slope, after, before]) { pointers in
      forEachIndex(shape, steps) { position, slopeIndex in
        let isPositive = pointers[0][position] > 0
        pointers[3][position] =
          pointers[2][position] * (isPositive ? 1 : pointers[1][slopeIndex])
      }
    }
    plan.contribute(before, to: value)
  }

  private func slope(_ node: PlannedNode, in plan: PlanBuilder) throws -> PlannedBuffer {
    let value = try node.input(1)
    let rank = plan.shape(try node.input(0)).count
    let shape = paddedShape(plan.shape(value), rank: rank)
    return plan.view(try plan.plainBuffer(of: value), as: try .plain(shape))
  }
}
