/// An operator that applies a function that oneDNN does not have to two tensors, element by element,
/// with ONNX's broadcasting.
protocol PairwiseOperator: Operator {
  /// The function.
  func value(_ a: Float, _ b: Float) -> Float

  /// The function of integers; nil where it gives no integer.
  func value(_ a: Int64, _ b: Int64) -> Int64?

  /// Its derivatives with respect to `a` and to `b`, where its value is `y`.
  func derivatives(_ a: Float, _ b: Float, _ y: Float) -> (Float, Float)

  /// Whether the value is a truth: 0 or 1, an integer whatever the operands are.
  var isPredicate: Bool { get }
}

/// A comparison or a function of truths: its value does not change with small changes.
protocol PredicateOperator: PairwiseOperator {
  func holds(_ a: Float, _ b: Float) -> Bool
  func holds(_ a: Int64, _ b: Int64) -> Bool
}

extension PredicateOperator {
  var isPredicate: Bool { true }

  func value(_ a: Float, _ b: Float) -> Float { holds(a, b) ? 1 : 0 }

  func value(_ a: Int64, _ b: Int64) -> Int64? { holds(a, b) ? 1 : 0 }

  func derivatives(_ a: Float, _ b: Float, _ y: Float) -> (Float, Float) { (0, 0) }

  func passesGradient(to input: Int) -> Bool { false }
}

extension PairwiseOperator {
  func views(_ node: ViewedNode) -> [ValueView?] { node.broadcast() }

  var isPredicate: Bool { false }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let (left, right) = (try node.input(0), try node.input(1))
    guard let shape = broadcastShape(left.shape, right.shape) else {
      throw node.failure("shapes \(left.shape) and \(right.shape) do not fit each other")
    }
    guard let a = left.constant, let b = right.constant else { return [Operand(shape: shape)] }
    try node.checkFoldable(shape)
    return [Operand(folded(a, b, shape))]
  }

  private func folded(_ a: Tensor, _ b: Tensor, _ shape: [Int]) -> Tensor {
    let pairs = BroadcastPair(a.shape, b.shape, to: shape)
    if let x = a.integers, let y = b.integers {
      var values = Array(repeating: Int64(0), count: elementCount(shape))
      var isInteger = true
      pairs.forEach {
        if let result = value(x[$1], y[$2]) { values[$0] = result } else { isInteger = false }
      }
      if isInteger { return Tensor(shape: shape, integers: values) }
    }
    let (x, y) = (a.floats, b.floats)
    var values = Array(repeating: Float(0), count: elementCount(shape))
    pairs.forEach { values[$0] = value(x[$1], y[$2]) }
    guard isPredicate else { return Tensor(shape: shape, floats: values) }
    return Tensor(shape: shape, integers: values.map { $0 == 0 ? 0 : 1 })
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    try compilePairs(node, in: plan)
  }

  /// Adds the loop over all pairs of elements.
  func compilePairs(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (left, right) = (try node.input(0), try node.input(1))
    let output = try node.output()
    try plan.keepForGradient([left, right], of: output)
    let shape = plan.shape(output)
    let pairs = BroadcastPair(plan.shape(left), plan.shape(right), to: shape)
    let (a, b) = (try plan.plainBuffer(of: left), try plan.plainBuffer(of: right))
    let result = plan.define(output, try .plain(shape))
    plan.emitLoop([a, b, result]) { pointers in
      let (a, b, y) = (pointers[0], pointers[1], pointers[2])
      pairs.forEach { y[$0] = value(a[$1], b[$2]) }
    }
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    try compilePairsGradient(node, in: plan)
  }

  /// Adds the loops over all pairs for the gradients of both operands.
  func compilePairsGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (left, right) = (try node.input(0), try node.input(1))
    let output = try node.output()
    let shape = plan.shape(output)
    let pairs = BroadcastPair(plan.shape(left), plan.shape(right), to: shape)
    let operands = [
      try plan.plainBuffer(of: left), try plan.plainBuffer(of: right),
      try plan.plainBuffer(of: output), try plan.plainGradient(of: output),
    ]
    for (index, operand) in [left, right].enumerated()
    where plan.needsGradient(operand) && passesGradient(to: index) {
      let term = plan.newBuffer(try .plain(shape))
      plan.emitLoop(operands + [term]) { pointers in
        let (a, b, y, after, before) = (
          pointers[0], pointers[1], pointers[2], pointers[3], pointers[4]
        )
        pairs.forEach {
          let slopes = derivatives(a[$1], b[$2], y[$0])
          before[$0] = after[$0] * (index == 0 ? slopes.0 : slopes.1)
        }
      }
      plan.contribute(try plan.summed(term, to: plan.shape(operand)), to: operand)
    }
  }
}

/// Two row-major tensors read as if both had a common shape.
struct BroadcastPair: Sendable {
  private let shape: [Int]
  private let left: [Int]
  private let right: [Int]

  init(_ left: [Int], _ right: [Int], to shape: [Int]) {
    self.shape = shape
    self.left = broadcastStrides(left, to: shape)
    self.right = broadcastStrides(right, to: shape)
  }

  /// Visits every position of the common shape, with the positions in both tensors.
  @inline(__always)
  func forEach(_ body: (_ position: Int, _ left: Int, _ right: Int) -> Void) {
    let count = elementCount(shape)
    guard let length = shape.last, count > 0 else {
      if count > 0 { body(0, 0, 0) }
      return
    }
    var index = Array(repeating: 0, count: shape.count)
    var (a, b) = (0, 0)
    let (stepA, stepB) = (left[shape.count - 1], right[shape.count - 1])
    for row in 0..<count / length {
      for column in 0..<length {
        body(row * length + column, a + column * stepA, b + column * stepB)
      }
      for axis in shape.indices.dropLast().reversed() {
        index[axis] += 1
        a += left[axis]
        b += right[axis]
        if index[axis] < shape[axis] { break }
        a -= left[axis] * shape[axis]
        b -= right[axis] * shape[axis]
        index[axis] = 0
      }
    }
  }
}
