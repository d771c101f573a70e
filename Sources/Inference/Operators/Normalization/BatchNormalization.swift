/// `scale (x - mean) / sqrt(variance + epsilon) + bias` with stored statistics (Ioffe and Szegedy
/// 2015, inference form). Behind a convolution it is folded into the weights; statistics that are
/// computed are arithmetic. The training form takes them from the batch, which is done only for the
/// batch that the file is for: in another the images would change each other's maps.
struct BatchNormalization: CompositeOperator {
  let epsilon: Float
  let momentum: Float
  let isTraining: Bool
  /// Activations that follow, done in the same pass.
  var activations: [ElementwiseFunction] = []

  init(_ node: NodeReader) throws {
    epsilon = node.float("epsilon", default: 1e-5)
    momentum = node.float("momentum", default: 0.9)
    try node.expect("spatial", 1)
    // Before opset 14 the number of outputs says it.
    isTraining =
      node.integer("training_mode", default: 0) != 0 || (node.opset < 14 && node.outputCount > 1)
  }

  func body(_ node: NodeOperands) throws -> NodeBody? {
    let shape = try node.input(0).shape
    guard shape.count >= 2 else { throw node.failure("its input has no channel axis") }
    for index in 1...4 where try node.input(index).shape != [shape[1]] {
      throw node.failure("input \(index) must be one number for each of \(shape[1]) channels")
    }
    if !isTraining, (1...4).allSatisfy({ node.optional($0)?.constant != nil }) { return nil }
    var body = NodeBody(node)
    var (mean, variance) = (try body.input(3), try body.input(4))
    if isTraining { (mean, variance) = try batchStatistics(node, &body) }
    let column = [shape[1]] + Array(repeating: 1, count: shape.count - 2)
    let shifted = try body.add("Add", [variance, body.constant(epsilon)])
    let deviation = try body.reshape(try body.add("Sqrt", [shifted]), column)
    let centred = try body.add("Sub", [try body.input(0), try body.reshape(mean, column)])
    let normal = try body.add("Div", [centred, deviation])
    let result = try body.scaledAndShifted(
      normal, try body.input(1), try body.input(2), node)
    guard isTraining else {
      try body.finish(result)
      return body
    }
    let running = try zip([3, 4], [mean, variance]).map { index, current in
      let old = try body.add("Mul", [try body.input(index), body.constant(momentum)])
      let new = try body.add("Mul", [current, body.constant(1 - momentum)])
      return try body.add("Add", [old, new])
    }
    try body.finish(result, running[0], running[1], mean, variance)
    return body
  }

  private func batchStatistics(
    _ node: NodeOperands, _ body: inout NodeBody
  ) throws -> (mean: NodeBody.Value, variance: NodeBody.Value) {
    guard node.batch.actual == node.batch.declared else {
      throw node.failure(
        "in training mode it mixes the images of a batch; export the network in evaluation mode"
          + " (model.eval())")
    }
    let value = try body.input(0)
    let shape = body.shape(value)
    let axes = body.constant(shape.indices.filter { $0 != 1 })
    let mean = try body.add("ReduceMean", [value, axes])
    let centred = try body.add("Sub", [value, mean])
    let squares = try body.add("Mul", [centred, centred])
    let variance = try body.add("ReduceMean", [squares, axes])
    return (try body.reshape(mean, [shape[1]]), try body.reshape(variance, [shape[1]]))
  }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    if let body = try body(node) { return body.operands }
    return [Operand(shape: try node.input(0).shape)]
  }

  /// Scale and shift of every channel.
  func affine(name: String, parameters: [Tensor]) -> ChannelAffine {
    let values = parameters.map(\.floats)
    let (scale, bias, mean, variance) = (values[0], values[1], values[2], values[3])
    let factors = scale.indices.map { scale[$0] / (variance[$0] + epsilon).squareRoot() }
    let shifts = scale.indices.map { bias[$0] - mean[$0] * factors[$0] }
    return ChannelAffine(name: name, scale: factors, shift: shifts)
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let value = try node.input(0)
    let data = try plan.buffer(of: value)
    let (scale, shift) = try parameters(node, in: plan)
    let result = plan.mayOverwrite(value, at: node) ? data : plan.newBuffer(data.descriptor)
    let chain: [PostOperation] =
      [.add(shift.descriptor)] + activations.map { .elementwise($0) }
    let primitive = try PrimitiveDescriptor.binary(
      .multiply, left: data.descriptor, right: scale.descriptor,
      destination: result.descriptor, attributes: PrimitiveAttributes(chain), on: plan.engine)
    plan.emit(
      primitive,
      [
        (.source, data), (.secondSource, scale), (.postOperation(0), shift),
        (.destination, result),
      ])
    plan.define(try node.output(), overwriting: result)
    plan.record(ForwardRecord(output: result), for: node)
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    guard let output = try plan.record(for: node).output else { return }
    var gradient = try plan.gradient(of: try node.output())
    for function in activations.reversed() {
      gradient = try plan.elementwiseGradient(gradient, function, input: nil, output: output)
    }
    let (scale, _) = try parameters(node, in: plan)
    let before = plan.newBuffer(gradient.descriptor)
    let primitive = try PrimitiveDescriptor.binary(
      .multiply, left: gradient.descriptor, right: scale.descriptor,
      destination: before.descriptor, attributes: PrimitiveAttributes(), on: plan.engine)
    plan.emit(
      primitive, [(.source, gradient), (.secondSource, scale), (.destination, before)])
    plan.contribute(before, to: try node.input(0))
  }

  private func parameters(
    _ node: PlannedNode, in plan: PlanBuilder
  ) throws -> (scale: PlannedBuffer, shift: PlannedBuffer) {
    let tensors = try (1...4).compactMap { plan.constant(try node.input($0)) }
    guard tensors.count == 4 else { throw node.failure("its parameters must be constant") }
    let affine = affine(name: node.name, parameters: tensors)
    let rank = plan.shape(try node.input(0)).count
    let shape = [1, affine.scale.count] + Array(repeating: 1, count: rank - 2)
    return (
      try plan.constantBuffer(
        Tensor(shape: shape, floats: affine.scale), name: "\(node.name) scale"),
      try plan.constantBuffer(
        Tensor(shape: shape, floats: affine.shift), name: "\(node.name) shift")
    )
  }
}
