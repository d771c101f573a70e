import Foundation

/// The mean along axes.
struct ReduceMean: ReductionOperator {
  let reduction: ReductionAttributes

  init(_ node: NodeReader) throws { reduction = try ReductionAttributes(node) }

  var pooling: PoolingAlgorithm? { .averageWithoutPadding }
  func finish(_ joined: Float, count: Int) -> Float { joined / Float(count) }
  func derivative(_ x: Float, _ y: Float, count: Int) -> Float { 1 / Float(count) }
  func reduced(_ values: [Int64]) -> Int64? {
    values.isEmpty ? nil : values.reduce(0, &+) / Int64(values.count)
  }
}

/// The sum along axes.
struct ReduceSum: ReductionOperator {
  let reduction: ReductionAttributes

  init(_ node: NodeReader) throws { reduction = try ReductionAttributes(node) }

  func derivative(_ x: Float, _ y: Float, count: Int) -> Float { 1 }
  func reduced(_ values: [Int64]) -> Int64? { values.reduce(0, &+) }
}

/// The maximum along axes.
struct ReduceMax: ReductionOperator {
  let reduction: ReductionAttributes

  init(_ node: NodeReader) throws { reduction = try ReductionAttributes(node) }

  var pooling: PoolingAlgorithm? { .maximum }
  var initial: Float { -.infinity }
  var isExtreme: Bool { true }
  func join(_ a: Float, _ b: Float) -> Float { a > b || a.isNaN ? a : b }
  func derivative(_ x: Float, _ y: Float, count: Int) -> Float { x == y ? 1 : 0 }
  func reduced(_ values: [Int64]) -> Int64? { values.max() ?? .min }
}

/// The minimum along axes.
struct ReduceMin: ReductionOperator {
  let reduction: ReductionAttributes

  init(_ node: NodeReader) throws { reduction = try ReductionAttributes(node) }

  var initial: Float { .infinity }
  var isExtreme: Bool { true }
  func join(_ a: Float, _ b: Float) -> Float { a < b || a.isNaN ? a : b }
  func derivative(_ x: Float, _ y: Float, count: Int) -> Float { x == y ? 1 : 0 }
  func reduced(_ values: [Int64]) -> Int64? { values.min() ?? .max }
}

/// The product along axes.
struct ReduceProd: ReductionOperator {
  let reduction: ReductionAttributes

  init(_ node: NodeReader) throws { reduction = try ReductionAttributes(node) }

  var initial: Float { 1 }
  func join(_ a: Float, _ b: Float) -> Float { a * b }
  func derivative(_ x: Float, _ y: Float, count: Int) -> Float { y / x }
  func reduced(_ values: [Int64]) -> Int64? { values.reduce(1, &*) }

  /// The product of the other factors, which may have zeros among them.
  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (value, output) = (try node.input(0), try node.output())
    let loop = try loop(node, in: plan)
    let data = try plan.plainBuffer(of: value)
    let after = try plan.plainGradient(of: output)
    let before = plan.newBuffer(data.descriptor)
    let count = elementCount(plan.shape(output))
    plan.emitLoop([data, after, before]) { pointers in
      let (x, after, before) = (pointers[0], pointers[1], pointers[2])
      var products = Array(repeating: Float(1), count: count)
      var zeros = Array(repeating: 0, count: count)
      loop.forEach {
        if x[$0] == 0 { zeros[$1] += 1 } else { products[$1] *= x[$0] }
      }
      loop.forEach {
        let others = x[$0] == 0 ? zeros[$1] - 1 : zeros[$1]
        let product = x[$0] == 0 ? products[$1] : products[$1] / x[$0]
        before[$0] = others == 0 ? after[$1] * product : 0
      }
    }
    plan.contribute(before, to: value)
  }
}

/// The sum of absolute values along axes.
struct ReduceL1: ReductionOperator {
  let reduction: ReductionAttributes

  init(_ node: NodeReader) throws { reduction = try ReductionAttributes(node) }

  func element(_ x: Float) -> Float { abs(x) }
  func derivative(_ x: Float, _ y: Float, count: Int) -> Float { x > 0 ? 1 : x < 0 ? -1 : 0 }
  func reduced(_ values: [Int64]) -> Int64? {
    values.reduce(0) { $0 &+ Int64(clamping: $1.magnitude) }
  }
}

/// The square root of the sum of squares along axes; its gradient at 0 is 0.
struct ReduceL2: ReductionOperator {
  let reduction: ReductionAttributes

  init(_ node: NodeReader) throws { reduction = try ReductionAttributes(node) }

  func element(_ x: Float) -> Float { x * x }
  func finish(_ joined: Float, count: Int) -> Float { joined.squareRoot() }
  func derivative(_ x: Float, _ y: Float, count: Int) -> Float { y == 0 ? 0 : x / y }
}

/// The sum of squares along axes.
struct ReduceSumSquare: ReductionOperator {
  let reduction: ReductionAttributes

  init(_ node: NodeReader) throws { reduction = try ReductionAttributes(node) }

  func element(_ x: Float) -> Float { x * x }
  func derivative(_ x: Float, _ y: Float, count: Int) -> Float { 2 * x }
  func reduced(_ values: [Int64]) -> Int64? { values.reduce(0) { $0 &+ $1 &* $1 } }
}

/// The logarithm of the sum along axes.
struct ReduceLogSum: ReductionOperator {
  let reduction: ReductionAttributes

  init(_ node: NodeReader) throws { reduction = try ReductionAttributes(node) }

  func finish(_ joined: Float, count: Int) -> Float { logf(joined) }
  func derivative(_ x: Float, _ y: Float, count: Int) -> Float { expf(-y) }
}

/// The logarithm of the sum of exponentials along axes, the maximum taken out first so that nothing
/// overflows.
struct ReduceLogSumExp: CompositeOperator {
  let reduction: ReductionAttributes

  init(_ node: NodeReader) throws { reduction = try ReductionAttributes(node) }

  func body(_ node: NodeOperands) throws -> NodeBody? {
    var body = NodeBody(node)
    let value = try body.input(0)
    let shape = body.shape(value)
    let axes = reduction.resolved(input: try node.integers(1, "axes"), rank: shape.count)
    guard axes.allSatisfy(shape.indices.contains) else {
      throw node.failure("axes \(axes) are outside the \(shape.count) axes of its input")
    }
    let reduced = body.constant(axes)
    let settings: [String: BodyAttribute] = ["noop_with_empty_axes": .integer(1)]
    let largest = try body.add("ReduceMax", [value, reduced], settings)
    let shifted = try body.add("Exp", [try body.add("Sub", [value, largest])])
    let sum = try body.add("Log", [try body.add("ReduceSum", [shifted, reduced], settings)])
    let result = try body.add("Add", [sum, largest])
    try body.finish(try body.reshape(result, reduction.shapes(shape, axes: axes).output))
    return body
  }
}
