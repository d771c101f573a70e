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

/// An operator that brings several axes down to one number: `finish(join of element(x))`.
protocol ReductionOperator: Operator {
  var reduction: ReductionAttributes { get }

  /// What nothing at all is reduced to, before `finish`.
  var initial: Float { get }
  func element(_ x: Float) -> Float
  func join(_ a: Float, _ b: Float) -> Float
  /// What `count` joined elements are in the end.
  func finish(_ joined: Float, count: Int) -> Float
  /// The derivative of the result `y` with respect to one of the `count` elements, `x`.
  func derivative(_ x: Float, _ y: Float, count: Int) -> Float

  /// The same of integers.
  func reduced(_ values: [Int64]) -> Int64?
  /// The pooling that does it over the spatial axes of images.
  var pooling: PoolingAlgorithm? { get }
  /// Whether the gradient belongs to the elements that equal the result, in equal shares.
  var isExtreme: Bool { get }
}

extension ReductionOperator {
  func views(_ node: ViewedNode) -> [ValueView?] {
    let given = node.operands.optional(1)?.constant?.integers?.map { Int(clamping: $0) }
    return node.reduced(reduction.resolved(input: given, rank: node.shape(0).count))
  }

  var initial: Float { 0 }
  func element(_ x: Float) -> Float { x }
  func join(_ a: Float, _ b: Float) -> Float { a + b }
  func finish(_ joined: Float, count: Int) -> Float { joined }
  func reduced(_ values: [Int64]) -> Int64? { nil }
  var pooling: PoolingAlgorithm? { nil }
  var isExtreme: Bool { false }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let input = try node.input(0)
    let shape = input.shape
    let axes = reduction.resolved(input: try node.integers(1, "axes"), rank: shape.count)
    guard axes.allSatisfy(shape.indices.contains) else {
      throw node.failure("axes \(axes) are outside the \(shape.count) axes of its input")
    }
    let (kept, output) = reduction.shapes(shape, axes: axes)
    if let integers = input.constant?.integers,
      let result = folded(integers, ReductionLoop(shape, to: kept), elementCount(kept))
    {
      return [Operand(Tensor(shape: output, integers: result))]
    }
    return [Operand(shape: output)]
  }

  private func folded(_ values: [Int64], _ loop: ReductionLoop, _ count: Int) -> [Int64]? {
    var groups = Array(repeating: [Int64](), count: count)
    loop.forEach { groups[$1].append(values[$0]) }
    let results = groups.compactMap { reduced($0) }
    return results.count == count ? results : nil
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (value, output) = (try node.input(0), try node.output())
    let (kept, shape) = try shapes(node, in: plan)
    let input = plan.shape(value)
    if input.count == 4, kept == [input[0], input[1], 1, 1], let pooling, !input.contains(0) {
      let pooled = try plan.plain(try plan.globallyPooled(value, pooling).output)
      return plan.define(output, overwriting: plan.view(pooled, as: try .plain(shape)))
    }
    let source = try plan.plainBuffer(of: value)
    let result = plan.newBuffer(try .plain(kept))
    let loop = ReductionLoop(input, to: kept)
    let count = elementCount(kept)
    plan.emitLoop([source, result]) { pointers in
      loop.reduce(pointers[0], pointers[1], initial, { element($0) }, { join($0, $1) })
      for index in 0..<count {
        pointers[1][index] = finish(pointers[1][index], count: loop.share)
      }
    }
    plan.define(output, overwriting: plan.view(result, as: try .plain(shape)))
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (value, output) = (try node.input(0), try node.output())
    let loop = try loop(node, in: plan)
    let data = try plan.plainBuffer(of: value)
    let result = try plan.plainBuffer(of: output)
    let after = try plan.plainGradient(of: output)
    let before = plan.newBuffer(data.descriptor)
    let count = elementCount(plan.shape(output))
    plan.emitLoop([data, result, after, before]) { pointers in
      let (x, y, after, before) = (pointers[0], pointers[1], pointers[2], pointers[3])
      var shares = Array(repeating: Float(1), count: count)
      if isExtreme {
        shares = Array(repeating: 0, count: count)
        loop.forEach { if x[$0] == y[$1] { shares[$1] += 1 } }
      }
      loop.forEach {
        before[$0] = after[$1] * derivative(x[$0], y[$1], count: loop.share) / shares[$1]
      }
    }
    plan.contribute(before, to: value)
  }

  /// The way from the input to the result.
  func loop(_ node: PlannedNode, in plan: PlanBuilder) throws -> ReductionLoop {
    ReductionLoop(plan.shape(try node.input(0)), to: try shapes(node, in: plan).kept)
  }

  private func shapes(
    _ node: PlannedNode, in plan: PlanBuilder
  ) throws -> (kept: [Int], output: [Int]) {
    let shape = plan.shape(try node.input(0))
    let given = node.optional(1).flatMap { plan.constant($0)?.integers }?.map { Int($0) }
    return reduction.shapes(shape, axes: reduction.resolved(input: given, rank: shape.count))
  }
}
