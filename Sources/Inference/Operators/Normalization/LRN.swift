/// Local response normalisation across channels (Krizhevsky et al. 2012, section 3.3):
/// `x / (bias + alpha / size sum x^2)^beta` over `size` neighbouring channels. oneDNN does it for an
/// odd number of them and images; others are pooled along the channels.
struct LRN: CompositeOperator {
  let constants: LocalResponse

  init(_ node: NodeReader) throws {
    guard let size = node.integer("size"), (1..<1 << 31).contains(size) else {
      throw node.unsupported("attribute size must be a positive number")
    }
    constants = LocalResponse(
      size: size, alpha: node.float("alpha", default: 0.0001),
      beta: node.float("beta", default: 0.75), bias: node.float("bias", default: 1))
  }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let shape = try node.input(0).shape
    guard shape.count >= 3 else { throw node.failure("an input [N, C, H, W] was expected") }
    return [Operand(shape: shape)]
  }

  func body(_ node: NodeOperands) throws -> NodeBody? {
    var body = NodeBody(node)
    let value = try body.input(0)
    let shape = body.shape(value)
    if shape.count == 4, constants.size % 2 == 1 { return nil }
    let (before, after) = ((constants.size - 1) / 2, constants.size / 2)
    let columns = try body.reshape(
      try body.add("Mul", [value, value]),
      [shape[0], 1, shape[1], elementCount(Array(shape[2...]))])
    let mean = try body.add(
      "AveragePool", [columns],
      [
        "kernel_shape": .integers([constants.size, 1]), "pads": .integers([before, 0, after, 0]),
        "count_include_pad": .integer(1),
      ])
    let scaled = try body.add("Mul", [mean, body.constant(constants.alpha)])
    let shifted = try body.add("Add", [scaled, body.constant(constants.bias)])
    let divisor = try body.add("Pow", [shifted, body.constant(constants.beta)])
    try body.finish(try body.add("Div", [value, try body.reshape(divisor, shape)]))
    return body
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let value = try node.input(0)
    let data = try plan.buffer(of: value)
    let primitive = try PrimitiveDescriptor.localResponse(
      constants, data: data.descriptor, attributes: PrimitiveAttributes(), on: plan.engine)
    let result = plan.define(try node.output(), data.descriptor)
    var record = ForwardRecord(descriptor: primitive, input: data)
    var arguments: [(PrimitiveArgument, PlannedBuffer)] = [
      (.source, data), (.destination, result),
    ]
    if primitive.workspace.byteCount > 0 {
      let workspace = plan.newBuffer(primitive.workspace)
      arguments.append((.workspace, workspace))
      record.workspace = workspace
    }
    plan.emit(primitive, arguments)
    plan.record(record, for: node)
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let record = try plan.record(for: node)
    guard let forward = record.descriptor, let data = record.input else { return }
    let after = try plan.gradient(of: try node.output(), as: data.descriptor)
    let before = plan.newBuffer(data.descriptor)
    let primitive = try PrimitiveDescriptor.localResponseGradient(
      constants, data: data.descriptor, attributes: PrimitiveAttributes(), hint: forward,
      on: plan.engine)
    var arguments: [(PrimitiveArgument, PlannedBuffer)] = [
      (.source, data), (.destinationGradient, after), (.sourceGradient, before),
    ]
    if let workspace = record.workspace { arguments.append((.workspace, workspace)) }
    plan.emit(primitive, arguments)
    plan.contribute(before, to: try node.input(0))
  }
}
