/// `alpha A' B' + beta C` for matrices, A' and B' perhaps transposed. With a computed B or C it is a
/// product and a sum like any other.
struct Gemm: CompositeOperator {
  let alpha: Float
  let beta: Float
  let transposesLeft: Bool
  let transposesRight: Bool

  init(_ node: NodeReader) throws {
    alpha = node.float("alpha", default: 1)
    beta = node.float("beta", default: 1)
    transposesLeft = node.integer("transA", default: 0) != 0
    transposesRight = node.integer("transB", default: 0) != 0
  }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let (left, right) = (try node.input(0).shape, try node.input(1))
    guard left.count == 2, right.shape.count == 2 else {
      throw node.failure("matrices were expected, not shapes \(left) and \(right.shape)")
    }
    let a = transposesLeft ? [left[1], left[0]] : left
    let b = transposesRight ? [right.shape[1], right.shape[0]] : right.shape
    guard a[1] == b[0] else {
      throw node.failure("an input with \(a[1]) features does not fit weights for \(b[0])")
    }
    if let bias = node.optional(2) {
      guard broadcastShape([a[0], b[1]], bias.shape) == [a[0], b[1]] else {
        throw node.failure("a bias of shape \(bias.shape) does not fit \([a[0], b[1]])")
      }
    }
    return [Operand(shape: [a[0], b[1]])]
  }

  var foldsIntegers: Bool { true }

  func body(_ node: NodeOperands) throws -> NodeBody? {
    guard try node.input(1).constant == nil || node.optional(2).map({ $0.constant == nil }) == true
    else { return nil }
    var body = NodeBody(node)
    let (left, right) = (try body.input(0), try body.input(1))
    guard body.shape(left).count == 2, body.shape(right).count == 2 else {
      throw node.failure("matrices were expected")
    }
    var result = try body.add(
      "MatMul",
      [
        try body.transpose(left, transposesLeft ? [1, 0] : [0, 1]),
        try body.transpose(right, transposesRight ? [1, 0] : [0, 1]),
      ])
    if alpha != 1 { result = try body.add("Mul", [result, body.constant(alpha)]) }
    if let bias = body.optional(2) {
      let scaled = beta == 1 ? bias : try body.add("Mul", [bias, body.constant(beta)])
      result = try body.add("Add", [result, scaled])
    }
    try body.finish(result)
    return body
  }

  var hasWeights: Bool { true }

  func mixesPlaces(_ inputs: [ValueView?]) -> Bool {
    let view = inputs.first ?? nil
    return view.map { $0.axes.count == 2 && $0.axes[transposesLeft ? 0 : 1].isSpatial } ?? false
  }

  func views(_ node: ViewedNode) -> [ValueView?] {
    guard let view = node.first, view.axes.count == 2, let output = node.outputs.first else {
      return [nil]
    }
    let (rows, columns) = transposesLeft ? (1, 0) : (0, 1)
    let role: AxisFactor.Role = view.axes[columns].isSpatial ? .other : .channel
    return [
      ValueView(axes: [view.axes[rows], [AxisFactor(role: role, size: output[1])]])
    ]
  }

  func multiplications(_ inputs: [[Int]], output: [Int]) -> Double {
    Double(elementCount(output))
      * Double(inputs[1].count == 2 ? inputs[1][transposesRight ? 1 : 0] : 0)
  }

  /// Weights are read where they lie in the file: packing them would double the memory of networks that
  /// are mostly fully connected, and gains little for the batches that fit beside them.
  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let output = plan.shape(try node.output())
    let source = try source(node, in: plan)
    let weights = try weights(node, in: plan)
    let bias = try rowBias(node, columns: output[1], in: plan)
    let result =
      output[0] < Self.fewestRowsOfMatrixProduct
      ? try innerProduct(source, weights, bias, output, in: plan)
      : try matrixProduct(source, weights, bias, output, in: plan)
    plan.define(try node.output(), overwriting: try withFullBias(result, node, in: plan))
  }

  /// The rows from which oneDNN's matrix product is faster than its fully connected layer: 27 instead of
  /// 49 ms for 8 rows of VGG16's first one, but 44 instead of 30 ms for 3.
  private static let fewestRowsOfMatrixProduct = 4

  private func innerProduct(
    _ source: PlannedBuffer, _ weights: PlannedBuffer, _ bias: PlannedBuffer?, _ output: [Int],
    in plan: PlanBuilder
  ) throws -> PlannedBuffer {
    let primitive = try PrimitiveDescriptor.innerProduct(
      source: source.descriptor, weights: weights.descriptor, bias: bias?.descriptor,
      destination: try .plain(output), attributes: PrimitiveAttributes(), on: plan.engine)
    return emit(primitive, source, weights, bias, in: plan)
  }

  private func matrixProduct(
    _ source: PlannedBuffer, _ weights: PlannedBuffer, _ bias: PlannedBuffer?, _ output: [Int],
    in plan: PlanBuilder
  ) throws -> PlannedBuffer {
    let weights = plan.view(weights, as: try weights.descriptor.permuted([1, 0]))
    let bias = try bias.map { plan.view($0, as: try .plain([1, output[1]])) }
    let primitive = try PrimitiveDescriptor.matrixProduct(
      source: source.descriptor, weights: weights.descriptor, bias: bias?.descriptor,
      destination: try .plain(output), attributes: PrimitiveAttributes(), on: plan.engine)
    return emit(primitive, source, weights, bias, in: plan)
  }

  private func emit(
    _ primitive: PrimitiveDescriptor, _ source: PlannedBuffer, _ weights: PlannedBuffer,
    _ bias: PlannedBuffer?, in plan: PlanBuilder
  ) -> PlannedBuffer {
    let result = plan.newBuffer(primitive.destination)
    let biasArgument = bias.map { [(PrimitiveArgument.bias, $0)] } ?? []
    plan.emit(
      primitive,
      [(.source, source), (.weights, weights), (.destination, result)] + biasArgument)
    return result
  }

  private func scaledWeights(_ node: PlannedNode, in plan: PlanBuilder) throws -> Tensor {
    guard let tensor = plan.constant(try node.input(1)) else {
      throw node.failure("its weights must be constant")
    }
    return alpha == 1
      ? tensor : Tensor(shape: tensor.shape, floats: tensor.floats.map { $0 * alpha })
  }

  private func source(_ node: PlannedNode, in plan: PlanBuilder) throws -> PlannedBuffer {
    let value = try node.input(0)
    guard transposesLeft else { return try plan.plainBuffer(of: value) }
    let shape = plan.shape(value)
    let transposed = plan.view(
      try plan.plainBuffer(of: value),
      as: try .strided([shape[1], shape[0]], strides: [1, shape[1]]))
    return try plan.plain(transposed)
  }

  /// The weights as `[outputs, inputs]`, where they are.
  private func weights(_ node: PlannedNode, in plan: PlanBuilder) throws -> PlannedBuffer {
    let values = try scaledWeights(node, in: plan)
    let shape = values.shape
    let layout: MemoryDescriptor =
      transposesRight
      ? try .plain(shape) : try .strided([shape[1], shape[0]], strides: [1, shape[1]])
    let buffer = try plan.constantBuffer(values, name: "\(node.name) weights")
    return plan.view(buffer, as: layout)
  }

  /// The bias where it is one number a column.
  private func rowBias(
    _ node: PlannedNode, columns: Int, in plan: PlanBuilder
  ) throws -> PlannedBuffer? {
    guard let tensor = node.optional(2).flatMap({ plan.constant($0) }), isRow(tensor.shape) else {
      return nil
    }
    let values = tensor.floats.map { $0 * beta }
    let row = values.count == columns ? values : Array(repeating: values[0], count: columns)
    return try plan.constantBuffer(
      Tensor(shape: [columns], floats: row), name: "\(node.name) bias")
  }

  private func isRow(_ shape: [Int]) -> Bool {
    shape.count < 2 || shape[0] == 1
  }

  private func withFullBias(
    _ result: PlannedBuffer, _ node: PlannedNode, in plan: PlanBuilder
  ) throws -> PlannedBuffer {
    guard let value = node.optional(2), let tensor = plan.constant(value), !isRow(tensor.shape)
    else { return result }
    let scaled = Tensor(shape: tensor.shape, floats: tensor.floats.map { $0 * beta })
    let bias = try plan.constantBuffer(scaled, name: "\(node.name) bias")
    let primitive = try PrimitiveDescriptor.binary(
      .add, left: result.descriptor, right: bias.descriptor, destination: result.descriptor,
      attributes: PrimitiveAttributes(), on: plan.engine)
    plan.emit(primitive, [(.source, result), (.secondSource, bias), (.destination, result)])
    return result
  }

  /// `dA' = dY B'^T`.
  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let value = try node.input(0)
    let after = try plan.plainGradient(of: try node.output())
    let weights = try weights(node, in: plan)
    let output = plan.shape(try node.output())
    let before = plan.newBuffer(try .plain([output[0], weights.descriptor.shape[1]]))
    // As a fully connected layer: oneDNN's matrix product copies the weights on the way, which takes twice the
    // time for one row (54 instead of 26 ms for VGG16's first one).
    let turned = plan.view(weights, as: try weights.descriptor.permuted([1, 0]))
    let primitive = try PrimitiveDescriptor.innerProduct(
      source: after.descriptor, weights: turned.descriptor, bias: nil,
      destination: before.descriptor, attributes: PrimitiveAttributes(), on: plan.engine)
    plan.emit(primitive, [(.source, after), (.weights, turned), (.destination, before)])
    guard transposesLeft else { return plan.contribute(before, to: value) }
    let shape = plan.shape(value)
    plan.contribute(
      plan.view(before, as: try .strided(shape, strides: [1, shape[0]])), to: value)
  }
}

/// The matrix product of the last two axes, the others broadcast as in NumPy.
struct MatMul: Operator {
  init(_ node: NodeReader) throws {}

  var foldsIntegers: Bool { true }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let (left, right) = (try node.input(0).shape, try node.input(1).shape)
    guard !left.isEmpty, !right.isEmpty else { throw node.failure("scalars cannot be multiplied") }
    let (a, b) = matrices(left, right)
    guard a[a.count - 1] == b[b.count - 2],
      let batch = broadcastShape(Array(a.dropLast(2)), Array(b.dropLast(2)))
    else {
      throw node.failure("shapes \(left) and \(right) do not fit each other")
    }
    var shape = batch
    if left.count > 1 { shape.append(a[a.count - 2]) }
    if right.count > 1 { shape.append(b[b.count - 1]) }
    return [Operand(shape: shape)]
  }

  var hasWeights: Bool { true }

  func views(_ node: ViewedNode) -> [ValueView?] { node.multiplied() }

  func mixesPlaces(_ inputs: [ValueView?]) -> Bool {
    let (left, right) = (inputs.first ?? nil, inputs.count > 1 ? inputs[1] : nil)
    return left?.axes.last?.isSpatial == true
      || right.map { $0.axes.count > 1 && $0.axes[$0.axes.count - 2].isSpatial } == true
  }

  func multiplications(_ inputs: [[Int]], output: [Int]) -> Double {
    Double(elementCount(output)) * Double(inputs[1][max(0, inputs[1].count - 2)])
  }

  /// Both shapes as stacks of matrices of one rank; a vector becomes a row or a column.
  private func matrices(_ left: [Int], _ right: [Int]) -> ([Int], [Int]) {
    let a = left.count == 1 ? [1, left[0]] : left
    let b = right.count == 1 ? [right[0], 1] : right
    let rank = max(a.count, b.count)
    return (paddedShape(a, rank: rank), paddedShape(b, rank: rank))
  }

  private func product(_ a: [Int], _ b: [Int]) -> [Int] {
    (broadcastShape(Array(a.dropLast(2)), Array(b.dropLast(2))) ?? [])
      + [a[a.count - 2], b[b.count - 1]]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (left, right) = (try node.input(0), try node.input(1))
    try plan.keepForGradient([left, right], of: try node.output())
    let (a, b) = matrices(plan.shape(left), plan.shape(right))
    let source = plan.view(try plan.plainBuffer(of: left), as: try .plain(a))
    let weights = plan.view(try plan.plainBuffer(of: right), as: try .plain(b))
    let result = try multiplied(source, weights, product(a, b), in: plan)
    let output = try node.output()
    plan.define(output, overwriting: plan.view(result, as: try .plain(plan.shape(output))))
  }

  private func multiplied(
    _ left: PlannedBuffer, _ right: PlannedBuffer, _ shape: [Int], in plan: PlanBuilder
  ) throws -> PlannedBuffer {
    let result = plan.newBuffer(try .plain(shape))
    let primitive = try PrimitiveDescriptor.matrixProduct(
      source: left.descriptor, weights: right.descriptor, destination: result.descriptor,
      attributes: PrimitiveAttributes(), on: plan.engine)
    plan.emit(primitive, [(.source, left), (.weights, right), (.destination, result)])
    return result
  }

  /// `dA = dY B^T`, `dB = A^T dY`.
  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (left, right) = (try node.input(0), try node.input(1))
    let (a, b) = matrices(plan.shape(left), plan.shape(right))
    let after = plan.view(
      try plan.plainGradient(of: try node.output()), as: try .plain(product(a, b)))
    if plan.needsGradient(left) {
      let weights = try transposed(try plan.plainBuffer(of: right), b, in: plan)
      let full = product(product(a, b), weights.descriptor.shape)
      let gradient = try multiplied(after, weights, full, in: plan)
      try contribute(gradient, matrix: a, to: left, in: plan)
    }
    if plan.needsGradient(right) {
      let source = try transposed(try plan.plainBuffer(of: left), a, in: plan)
      let full = product(source.descriptor.shape, product(a, b))
      let gradient = try multiplied(source, after, full, in: plan)
      try contribute(gradient, matrix: b, to: right, in: plan)
    }
  }

  private func transposed(
    _ buffer: PlannedBuffer, _ shape: [Int], in plan: PlanBuilder
  ) throws -> PlannedBuffer {
    var (swapped, strides) = (shape, rowMajorStrides(shape))
    swapped.swapAt(shape.count - 1, shape.count - 2)
    strides.swapAt(shape.count - 1, shape.count - 2)
    return plan.view(buffer, as: try .strided(swapped, strides: strides))
  }

  private func contribute(
    _ gradient: PlannedBuffer, matrix shape: [Int], to value: ValueID, in plan: PlanBuilder
  ) throws {
    let summed = try plan.plain(try plan.summed(gradient, to: shape))
    plan.contribute(plan.view(summed, as: try .plain(plan.shape(value))), to: value)
  }
}
