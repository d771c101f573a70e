/// Permutes the axes. Nothing is copied: the result is the same memory with permuted strides, and
/// whoever needs another layout asks for it.
struct Transpose: Operator {
  let permutation: [Int]?

  init(_ node: NodeReader) throws { permutation = node.integers("perm") }

  init(permutation: [Int]) { self.permutation = permutation }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let input = try node.input(0)
    let permutation = permutation(rank: input.shape.count)
    guard permutation.sorted() == Array(input.shape.indices) else {
      throw node.failure("perm \(permutation) does not fit an input of shape \(input.shape)")
    }
    let shape = permutation.map { input.shape[$0] }
    guard let constant = input.constant else { return [Operand(shape: shape)] }
    let source = rowMajorStrides(input.shape)
    let copy = StridedCopy(
      extents: shape, sourceOffset: 0, sourceStrides: permutation.map { source[$0] },
      destinationOffset: 0, destinationStrides: rowMajorStrides(shape))
    return [Operand(Movement(outputs: [shape], copies: [copy]).moved([constant]))]
  }

  var isFeature: Bool { false }

  func views(_ node: ViewedNode) -> [ValueView?] {
    [node.first.map { $0.permuted(permutation(rank: $0.axes.count)) }]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let buffer = try plan.buffer(of: try node.input(0))
    let permutation = permutation(rank: buffer.descriptor.shape.count)
    let permuted = try buffer.descriptor.permuted(permutation)
    plan.define(try node.output(), sharing: plan.view(buffer, as: permuted))
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let gradient = try plan.gradient(of: try node.output())
    let permutation = permutation(rank: gradient.descriptor.shape.count)
    var inverse = permutation
    for (position, axis) in permutation.enumerated() { inverse[axis] = position }
    let permuted = try gradient.descriptor.permuted(inverse)
    plan.contribute(plan.view(gradient, as: permuted), to: try node.input(0))
  }

  private func permutation(rank: Int) -> [Int] {
    permutation ?? Array((0..<rank).reversed())
  }
}
