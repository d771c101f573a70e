/// The sums of all elements up to each place along an axis, itself included or not, from the front or
/// from the back.
struct CumSum: Operator {
  let isExclusive: Bool
  let isReversed: Bool

  init(_ node: NodeReader) throws {
    isExclusive = node.integer("exclusive", default: 0) != 0
    isReversed = node.integer("reverse", default: 0) != 0
  }

  var foldsIntegers: Bool { true }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let shape = try node.input(0).shape
    _ = try axis(node, shape)
    return [Operand(shape: shape)]
  }

  private func axis(_ node: NodeOperands, _ shape: [Int]) throws -> Int {
    guard let axis = try node.integers(1, "axis")?.first else {
      throw node.failure("its axis must be a constant integer")
    }
    return try node.axis(axis, rank: shape.count)
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let source = try plan.plainBuffer(of: try node.input(0))
    let result = plan.define(try node.output(), source.descriptor)
    try emit(source, result, isReversed, node, in: plan)
  }

  /// The transpose sums from the other end.
  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let value = try node.input(0)
    let after = try plan.plainGradient(of: try node.output())
    let before = plan.newBuffer(after.descriptor)
    try emit(after, before, !isReversed, node, in: plan)
    plan.contribute(before, to: value)
  }

  private func emit(
    _ source: PlannedBuffer, _ result: PlannedBuffer, _ fromBack: Bool, _ node: PlannedNode,
    in plan: PlanBuilder
  ) throws {
    let shape = plan.shape(try node.input(0))
    let axis = try axis(plan.operands(of: node), shape)
    let (length, outer) = (shape[axis], elementCount(Array(shape[..<axis])))
    let inner = elementCount(Array(shape[(axis + 1)...]))
    let isExclusive = isExclusive
    plan.emitLoop([source, result]) { pointers in
      for block in 0..<outer {
        for column in 0..<inner {
          var sum: Float = 0
          for step in 0..<length {
            let place = fromBack ? length - 1 - step : step
            let index = (block * length + place) * inner + column
            let next = sum + pointers[0][index]
            pointers[1][index] = isExclusive ? sum : next
            sum = next
          }
        }
      }
    }
  }
}
