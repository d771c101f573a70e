/// The mean along axes.
struct ReduceMean: ReductionOperator {
  let algorithm = ReductionAlgorithm.mean
  let reduction: ReductionAttributes

  init(_ node: NodeReader) throws { reduction = try ReductionAttributes(node) }
}

/// The sum along axes.
struct ReduceSum: ReductionOperator {
  let algorithm = ReductionAlgorithm.sum
  let reduction: ReductionAttributes

  init(_ node: NodeReader) throws { reduction = try ReductionAttributes(node) }
}

/// The maximum along axes.
struct ReduceMax: ReductionOperator {
  let algorithm = ReductionAlgorithm.maximum
  let reduction: ReductionAttributes

  init(_ node: NodeReader) throws { reduction = try ReductionAttributes(node) }
}

/// Attributes of a reduction; since opset 13 (sum) or 18 the axes are an input.
struct ReductionAttributes: Sendable {
  let axes: [Int]?
  let keepsAxes: Bool
  let isEmptyNothing: Bool

  init(_ node: NodeReader) throws {
    axes = node.integers("axes")
    keepsAxes = node.integer("keepdims", default: 1) != 0
    isEmptyNothing = node.integer("noop_with_empty_axes", default: 0) != 0
  }

  /// The axes, counted from the front.
  func resolved(input: [Int]?, rank: Int) -> [Int] {
    let given = input ?? axes ?? []
    if given.isEmpty { return isEmptyNothing ? [] : Array(0..<rank) }
    return given.map { $0 < 0 ? $0 + rank : $0 }.sorted()
  }

  /// The shape after reducing, with and without the reduced axes.
  func shapes(_ shape: [Int], axes: [Int]) -> (kept: [Int], output: [Int]) {
    let kept = shape.indices.map { axes.contains($0) ? 1 : shape[$0] }
    let dropped = shape.indices.filter { !axes.contains($0) }.map { shape[$0] }
    return (kept, keepsAxes ? kept : dropped)
  }
}

/// What reductions have in common.
protocol ReductionOperator: Operator {
  var algorithm: ReductionAlgorithm { get }
  var reduction: ReductionAttributes { get }
}

extension ReductionOperator {
  func infer(_ node: NodeOperands) throws -> [Operand] {
    let shape = try node.input(0).shape
    let axes = reduction.resolved(input: try node.integers(1, "axes"), rank: shape.count)
    guard axes.allSatisfy(shape.indices.contains) else {
      throw node.failure("axes \(axes) are outside the \(shape.count) axes of its input")
    }
    return [Operand(shape: reduction.shapes(shape, axes: axes).output)]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (value, output) = (try node.input(0), try node.output())
    let (kept, result) = try shapes(node, in: plan)
    guard kept != plan.shape(value) else {
      return plan.define(
        output, sharing: plan.view(try plan.plainBuffer(of: value), as: try .plain(result)))
    }
    let reduced = try plan.reduced(value, algorithm, to: kept)
    plan.define(output, overwriting: plan.view(reduced, as: try .plain(result)))
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let value = try node.input(0)
    let shape = plan.shape(value)
    let (kept, _) = try shapes(node, in: plan)
    let after = try plan.plainGradient(of: try node.output())
    let strides = broadcastStrides(kept, to: shape)
    let before = plan.newBuffer(try .plain(shape))
    if algorithm == .maximum {
      try compileMaximumGradient(node, after, before, strides, in: plan)
    } else {
      let share = Float(elementCount(kept)) / Float(elementCount(shape))
      let scale = algorithm == .mean ? share : 1
      plan.emitLoop([after, before]) { pointers in
        forEachIndex(shape, strides) { pointers[1][$0] = scale * pointers[0][$1] }
      }
    }
    plan.contribute(before, to: value)
  }

  /// The gradient goes to every position that holds the maximum, in equal shares.
  private func compileMaximumGradient(
    _ node: PlannedNode, _ after: PlannedBuffer, _ before: PlannedBuffer, _ strides: [Int],
    in plan: PlanBuilder
  ) throws {
    let data = try plan.plainBuffer(of: try node.input(0))
    let maximum = try plan.plainBuffer(of: try node.output())
    let shape = data.descriptor.shape
    let count = elementCount(maximum.descriptor.shape)
    plan.emitLoop([data, maximum, after, before]) { pointers in
      var shares = Array(repeating: Float(0), count: count)
      forEachIndex(shape, strides) { if pointers[0][$0] == pointers[1][$1] { shares[$1] += 1 } }
      forEachIndex(shape, strides) {
        let isMaximum = pointers[0][$0] == pointers[1][$1]
        pointers[3][$0] = isMaximum ? pointers[2][$1] / shares[$1] : 0
      }
    }
  }

  private func shapes(
    _ node: PlannedNode, in plan: PlanBuilder
  ) throws -> (kept: [Int], output: [Int]) {
    let shape = plan.shape(try node.input(0))
    let given = node.optional(1).flatMap { plan.constant($0)?.integers }?.map { Int($0) }
    return reduction.shapes(shape, axes: reduction.resolved(input: given, rank: shape.count))
  }
}

extension PlanBuilder {
  /// A value reduced to a shape of the same rank; spatial axes go through pooling, which reads
  /// blocked layouts.
  func reduced(
    _ value: ValueID, _ algorithm: ReductionAlgorithm, to kept: [Int]
  ) throws -> PlannedBuffer {
    let shape = self.shape(value)
    if shape.count == 4, kept == [shape[0], shape[1], 1, 1], algorithm != .sum {
      return try plain(
        try globallyPooled(value, algorithm == .mean ? .averageWithoutPadding : .maximum).output)
    }
    let source = try plainBuffer(of: value)
    let result = newBuffer(try .plain(kept))
    let primitive = try PrimitiveDescriptor.reduction(
      algorithm, source: source.descriptor, destination: result.descriptor,
      attributes: PrimitiveAttributes(), on: engine)
    emit(primitive, [(.source, source), (.destination, result)])
    return result
  }
}
