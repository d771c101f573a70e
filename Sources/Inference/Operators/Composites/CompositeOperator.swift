/// An operator that is written as other operators. It needs to say no more than which: shapes,
/// folding, execution, fusion and the gradient follow from theirs.
protocol CompositeOperator: Operator {
  /// The operators that do the work for inputs of these shapes; nil where the node is done as it is.
  ///
  /// - Throws: ``InferenceError/invalidNode(node:type:problem:)`` where the inputs do not fit.
  func body(_ node: NodeOperands) throws -> NodeBody?
}

extension CompositeOperator {
  func infer(_ node: NodeOperands) throws -> [Operand] {
    guard let body = try body(node) else { throw node.failure("its inputs do not fit") }
    return body.operands
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    throw node.failure("it was not written as other operators")
  }
}
