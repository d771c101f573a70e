/// Swaps the last two axes. No operator of a file: what `FusedMatMul` does with its operands.
struct MatrixTranspose: Operator {
  init(_ node: NodeReader) throws {}

  var isFeature: Bool { false }

  func views(_ node: ViewedNode) -> [ValueView?] {
    Self.transpose(node.shape(0).count).views(node)
  }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let rank = try node.input(0).shape.count
    guard rank >= 2 else { throw node.failure("a matrix was expected") }
    return try Self.transpose(rank).infer(node)
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    try Self.transpose(plan.shape(try node.input(0)).count).compile(node, in: plan)
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    try Self.transpose(plan.shape(try node.input(0)).count).compileGradient(node, in: plan)
  }

  private static func transpose(_ rank: Int) -> Transpose {
    Transpose(permutation: Array(0..<rank - 2) + [rank - 1, rank - 2])
  }
}
