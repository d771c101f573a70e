/// `scale (x - mean) / sqrt(variance + epsilon) + bias` with stored statistics (Ioffe and Szegedy
/// 2015, inference form). Behind a convolution it is folded into the weights.
struct BatchNormalization: Operator {
  let epsilon: Float
  /// Activations that follow, done in the same pass.
  var activations: [ElementwiseFunction] = []

  init(_ node: NodeReader) throws {
    epsilon = node.float("epsilon", default: 1e-5)
    node.ignore("momentum", "spatial")
    try node.expect("training_mode", 0)
  }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let shape = try node.input(0).shape
    guard shape.count >= 2 else { throw node.failure("its input has no channel axis") }
    for index in 1...4 {
      let parameter = try node.input(index)
      guard parameter.constant != nil, parameter.shape == [shape[1]] else {
        throw node.failure(
          "input \(index) must be constant, one number for each of \(shape[1]) channels")
      }
    }
    return [Operand(shape: shape)]
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
