/// `x < 0 ? slope x : x`, the slope broadcast to the input (He et al. 2015).
struct PRelu: PairwiseOperator {
  init(_ node: NodeReader) throws {}

  func value(_ a: Float, _ b: Float) -> Float { a < 0 ? a * b : a }

  func value(_ a: Int64, _ b: Int64) -> Int64? { a < 0 ? a &* b : a }

  func derivatives(_ a: Float, _ b: Float, _ y: Float) -> (Float, Float) {
    a > 0 ? (1, 0) : (b, a)
  }

  /// A constant slope that has the input's layout or one number an axis is a primitive of oneDNN.
  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (value, slopes) = (try node.input(0), try node.input(1))
    let shape = plan.shape(value)
    guard plan.constant(slopes) != nil, !shape.isEmpty, shape == plan.shape(try node.output())
    else { return try compilePairs(node, in: plan) }
    let data = try plan.buffer(of: value)
    let slope = plan.view(
      try plan.plainBuffer(of: slopes),
      as: try .plain(paddedShape(plan.shape(slopes), rank: shape.count)))
    let output = plan.define(try node.output(), data.descriptor)
    let descriptor = try PrimitiveDescriptor.prelu(
      data: data.descriptor, slope: slope.descriptor, attributes: PrimitiveAttributes(),
      on: plan.engine)
    plan.emit(descriptor, [(.source, data), (.weights, slope), (.destination, output)])
  }
}
