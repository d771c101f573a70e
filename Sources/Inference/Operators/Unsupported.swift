/// Stands for a node that cannot be run. Only what depends on it fails: a branch that nothing wanted
/// reads refuses no model.
struct Unsupported: Operator {
  let error: InferenceError

  init(_ error: InferenceError) { self.error = error }

  init(_ node: NodeReader) throws { throw node.unsupported("it stands for no operator") }

  func infer(_ node: NodeOperands) throws -> [Operand] { throw error }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws { throw error }
}
