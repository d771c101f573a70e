/// `exp(x) / sum exp(x)` along an axis.
///
/// Before opset 13 the input is seen as a matrix: all axes from `axis` (default 1) on are one.
struct Softmax: SoftmaxOperator {
  let axis: Int
  let isFlattening: Bool
  let isLogarithm = false

  init(_ node: NodeReader) throws {
    isFlattening = node.opset < 13
    axis = node.integer("axis", default: node.opset < 13 ? 1 : -1)
  }
}

/// The logarithm of ``Softmax``.
struct LogSoftmax: SoftmaxOperator {
  let axis: Int
  let isFlattening: Bool
  let isLogarithm = true

  init(_ node: NodeReader) throws {
    isFlattening = node.opset < 13
    axis = node.integer("axis", default: node.opset < 13 ? 1 : -1)
  }
}

/// What the two have in common.
protocol SoftmaxOperator: Operator {
  var axis: Int { get }
  var isFlattening: Bool { get }
  var isLogarithm: Bool { get }
}

extension SoftmaxOperator {
  func infer(_ node: NodeOperands) throws -> [Operand] {
    let shape = try node.input(0).shape
    _ = try node.axis(axis, rank: shape.count)
    return [Operand(shape: shape)]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (value, output) = (try node.input(0), try node.output())
    let (descriptor, axis) = try layout(plan.shape(value))
    let data = plan.view(try plan.plainBuffer(of: value), as: descriptor)
    let result = plan.newBuffer(descriptor)
    let primitive = try PrimitiveDescriptor.softmax(
      logarithm: isLogarithm, data: descriptor, axis: axis, attributes: PrimitiveAttributes(),
      on: plan.engine)
    plan.emit(primitive, [(.source, data), (.destination, result)])
    plan.define(output, overwriting: plan.view(result, as: try .plain(plan.shape(value))))
    plan.record(ForwardRecord(descriptor: primitive, output: result), for: node)
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let value = try node.input(0)
    let record = try plan.record(for: node)
    guard let forward = record.descriptor, let output = record.output else { return }
    let (descriptor, axis) = try layout(plan.shape(value))
    let after = plan.view(try plan.plainGradient(of: try node.output()), as: descriptor)
    let before = plan.newBuffer(descriptor)
    let primitive = try PrimitiveDescriptor.softmaxGradient(
      logarithm: isLogarithm, data: descriptor, axis: axis, attributes: PrimitiveAttributes(),
      hint: forward, on: plan.engine)
    plan.emit(
      primitive,
      [(.destination, output), (.destinationGradient, after), (.sourceGradient, before)])
    plan.contribute(plan.view(before, as: try .plain(plan.shape(value))), to: value)
  }

  private func layout(_ shape: [Int]) throws -> (MemoryDescriptor, Int) {
    let axis = axis < 0 ? axis + shape.count : axis
    guard isFlattening else { return (try .plain(shape), shape.isEmpty ? 0 : axis) }
    let matrix = [elementCount(Array(shape[..<axis])), elementCount(Array(shape[axis...]))]
    return (try .plain(matrix), 1)
  }
}
