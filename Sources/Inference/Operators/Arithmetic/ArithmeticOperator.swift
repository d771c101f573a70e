/// An operator on two tensors, element by element, with ONNX's broadcasting.
protocol ArithmeticOperator: Operator {
  var algorithm: BinaryAlgorithm { get }
  var isCommutative: Bool { get }
  /// The function of the left operand when the right one is this scalar.
  func scalar(_ value: Float) -> ElementwiseFunction?
  func value(_ a: Float, _ b: Float) -> Float
  func value(_ a: Int64, _ b: Int64) -> Int64
  /// The gradients of both operands, broadcast to the output's shape; nil where nobody needs one.
  func gradients(
    _ gradient: PlannedBuffer, _ left: ValueID, _ right: ValueID, in plan: PlanBuilder
  ) throws -> (left: PlannedBuffer?, right: PlannedBuffer?)
}

extension ArithmeticOperator {
  func views(_ node: ViewedNode) -> [ValueView?] { node.broadcast() }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let (left, right) = (try node.input(0), try node.input(1))
    guard let shape = broadcastShape(left.shape, right.shape) else {
      throw node.failure("shapes \(left.shape) and \(right.shape) do not fit each other")
    }
    if let a = left.constant, let b = right.constant {
      try node.checkFoldable(shape)
      return [Operand(folded(a, b, shape))]
    }
    return [Operand(shape: shape)]
  }

  private func folded(_ a: Tensor, _ b: Tensor, _ shape: [Int]) -> Tensor {
    let pairs = BroadcastPair(a.shape, b.shape, to: shape)
    if let x = a.integers, let y = b.integers {
      var values = Array(repeating: Int64(0), count: elementCount(shape))
      pairs.forEach { values[$0] = value(x[$1], y[$2]) }
      return Tensor(shape: shape, integers: values)
    }
    let (x, y) = (a.floats, b.floats)
    var values = Array(repeating: Float(0), count: elementCount(shape))
    pairs.forEach { values[$0] = value(x[$1], y[$2]) }
    return Tensor(shape: shape, floats: values)
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    var (left, right) = (try node.input(0), try node.input(1))
    let output = try node.output()
    try plan.keepForGradient([left, right], of: output)
    if isCommutative, mustSwap(plan.shape(left), plan.shape(right), plan.constant(left) != nil) {
      swap(&left, &right)
    }
    if let function = scalarFunction(left, right, output, in: plan) {
      return try compileScalar(function, left, output, node, in: plan)
    }
    let result = try plan.combined(
      algorithm, try plan.broadcast(left, to: plan.shape(output)), right,
      inPlace: plan.shape(left) == plan.shape(output) && plan.mayOverwrite(left, at: node))
    plan.define(output, overwriting: result)
  }

  private func mustSwap(_ left: [Int], _ right: [Int], _ isLeftConstant: Bool) -> Bool {
    left == right ? isLeftConstant : elementCount(left) < elementCount(right)
  }

  private func scalarFunction(
    _ left: ValueID, _ right: ValueID, _ output: ValueID, in plan: PlanBuilder
  ) -> ElementwiseFunction? {
    guard plan.shape(left) == plan.shape(output), let tensor = plan.constant(right),
      tensor.count == 1
    else { return nil }
    return tensor.floats.first.flatMap { scalar($0) }
  }

  private func compileScalar(
    _ function: ElementwiseFunction, _ left: ValueID, _ output: ValueID, _ node: PlannedNode,
    in plan: PlanBuilder
  ) throws {
    let data = try plan.buffer(of: left)
    let result = plan.mayOverwrite(left, at: node) ? data : plan.newBuffer(data.descriptor)
    let primitive = try PrimitiveDescriptor.elementwise(
      function, data: data.descriptor, attributes: PrimitiveAttributes(), on: plan.engine)
    plan.emit(primitive, [(.source, data), (.destination, result)])
    plan.define(output, overwriting: result)
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (left, right) = (try node.input(0), try node.input(1))
    let gradient = try plan.gradient(of: try node.output())
    let terms = try gradients(gradient, left, right, in: plan)
    for (value, term) in [(left, terms.left), (right, terms.right)] {
      guard let term, plan.needsGradient(value) else { continue }
      plan.contribute(try plan.summed(term, to: plan.shape(value)), to: value)
    }
  }
}

extension PlanBuilder {
  /// Lets operands that the gradient of a product reads again outlast the forward pass, also those
  /// that have no gradient themselves.
  func keepForGradient(_ operands: [ValueID], of output: ValueID) throws {
    guard needsGradient(output) else { return }
    for value in operands where constant(value) == nil {
      define(value, sharing: try buffer(of: value))
    }
  }

  /// A function of every element of a buffer.
  func mapped(
    _ buffer: PlannedBuffer, _ function: ElementwiseFunction
  ) throws -> PlannedBuffer {
    let result = newBuffer(buffer.descriptor)
    let primitive = try PrimitiveDescriptor.elementwise(
      function, data: buffer.descriptor, attributes: PrimitiveAttributes(), on: engine)
    emit(primitive, [(.source, buffer), (.destination, result)])
    return result
  }

  /// `left op right`, where `right` is repeated along the axes that it lacks.
  func combined(
    _ algorithm: BinaryAlgorithm, _ left: PlannedBuffer, _ right: ValueID, inPlace: Bool = false
  ) throws -> PlannedBuffer {
    let target = left.descriptor.shape
    let shape = paddedShape(self.shape(right), rank: target.count)
    let other =
      shape == target
      ? try buffer(of: right, reshapedTo: shape, as: left.descriptor)
      : try buffer(of: right, reshapedTo: shape)
    let result = inPlace ? left : newBuffer(left.descriptor)
    let primitive = try PrimitiveDescriptor.binary(
      algorithm, left: left.descriptor, right: other.descriptor,
      destination: result.descriptor, attributes: PrimitiveAttributes(), on: engine)
    emit(primitive, [(.source, left), (.secondSource, other), (.destination, result)])
    return result
  }

  /// A value's buffer, repeated until it has the shape.
  func broadcast(_ value: ValueID, to target: [Int]) throws -> PlannedBuffer {
    if shape(value) == target { return try buffer(of: value) }
    let source = try plainBuffer(of: value)
    let result = newBuffer(try .plain(target))
    let strides = broadcastStrides(shape(value), to: target)
    emitLoop([source, result]) { pointers in
      forEachIndex(target, strides) { pointers[1][$0] = pointers[0][$1] }
    }
    return result
  }

  /// A gradient added up along the axes that broadcasting repeated.
  func summed(_ gradient: PlannedBuffer, to target: [Int]) throws -> PlannedBuffer {
    let shape = gradient.descriptor.shape
    if shape == target || (target.isEmpty && shape == [1]) { return gradient }
    let padded = paddedShape(target, rank: shape.count)
    if padded == shape { return view(try plain(gradient), as: try .plain(target)) }
    return view(try sum(gradient, to: padded), as: try .plain(target))
  }

  /// A buffer in row-major order.
  func plain(_ buffer: PlannedBuffer) throws -> PlannedBuffer {
    try converting(buffer, to: .plain(buffer.descriptor.shape))
  }

  private func buffer(
    of value: ValueID, reshapedTo shape: [Int], as wanted: MemoryDescriptor? = nil
  ) throws -> PlannedBuffer {
    if self.shape(value) != shape {
      let view = view(try plainBuffer(of: value), as: try .plain(shape))
      return try wanted.map { try converting(view, to: $0) } ?? view
    }
    guard let wanted else { return try plainBuffer(of: value) }
    return try buffer(of: value, as: wanted)
  }
}
