/// Local response normalisation across channels (Krizhevsky et al. 2012, section 3.3):
/// `x / (bias + alpha / size sum x^2)^beta` over `size` neighbouring channels.
struct LRN: Operator {
  let constants: LocalResponse

  init(_ node: NodeReader) throws {
    guard let size = node.integer("size"), size > 0, size % 2 == 1 else {
      throw node.unsupported("attribute size must be odd")
    }
    constants = LocalResponse(
      size: size, alpha: node.float("alpha", default: 0.0001),
      beta: node.float("beta", default: 0.75), bias: node.float("bias", default: 1))
  }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let shape = try node.input(0).shape
    guard shape.count == 4 else { throw node.failure("an input [N, C, H, W] was expected") }
    return [Operand(shape: shape)]
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
