/// `max(0, x)`.
struct Relu: ElementwiseOperator {
  init(_ node: NodeReader) throws {}

  func functions(
    _ constant: (Int) -> Tensor?, _ failure: (String) -> InferenceError
  ) throws -> [ElementwiseFunction] {
    [.relu]
  }

  func value(_ x: Int64) -> Int64? { max(0, x) }
}

/// `x < 0 ? alpha x : x`.
struct LeakyRelu: ElementwiseOperator {
  let alpha: Float

  init(_ node: NodeReader) throws { alpha = node.float("alpha", default: 0.01) }

  func functions(
    _ constant: (Int) -> Tensor?, _ failure: (String) -> InferenceError
  ) throws -> [ElementwiseFunction] {
    [ElementwiseFunction(kind: .relu, alpha: alpha)]
  }
}

/// `x < 0 ? alpha (exp x - 1) : x`.
struct Elu: ElementwiseOperator {
  let alpha: Float

  init(_ node: NodeReader) throws { alpha = node.float("alpha", default: 1) }

  func functions(
    _ constant: (Int) -> Tensor?, _ failure: (String) -> InferenceError
  ) throws -> [ElementwiseFunction] {
    [ElementwiseFunction(kind: .elu, alpha: alpha)]
  }
}

/// `min(max(x, low), high)`; the bounds are attributes before opset 11, inputs since.
///
/// Bounds that are computed, or not one number, are minima and maxima like any other.
struct Clip: ElementwiseOperator, CompositeOperator {
  let low: Float?
  let high: Float?

  init(_ node: NodeReader) throws {
    low = node.float("min")
    high = node.float("max")
  }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let input = try node.input(0)
    for bound in 1...2 where node.optional(bound).map({ elementCount($0.shape) != 1 }) == true {
      throw node.failure("a bound must be one number")
    }
    let bounds = (1...2).map { node.optional($0)?.constant }
    guard isComputed(node) || input.constant?.isInteger != true else {
      let low = bounds[0]?.integers?.first ?? .min
      let high = bounds[1]?.integers?.first ?? .max
      let values = (input.constant?.integers ?? []).map { min(max($0, low), high) }
      return [Operand(Tensor(shape: input.shape, integers: values))]
    }
    return [Operand(shape: input.shape)]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    try compileElementwise(node, in: plan)
  }

  private func isComputed(_ node: NodeOperands) -> Bool {
    (1...2).contains { node.optional($0).map { $0.constant == nil } == true }
  }

  func body(_ node: NodeOperands) throws -> NodeBody? {
    guard isComputed(node) else { return nil }
    var body = NodeBody(node)
    var value = try body.input(0)
    for (index, name) in [(1, "Max"), (2, "Min")] {
      guard let bound = body.optional(index) else { continue }
      value = try body.add(name, [value, try body.reshape(bound, [])])
    }
    try body.finish(value)
    return body
  }

  func functions(
    _ constant: (Int) -> Tensor?, _ failure: (String) -> InferenceError
  ) throws -> [ElementwiseFunction] {
    let lower = try bound(constant(1), failure) ?? low ?? -.greatestFiniteMagnitude
    let upper = try bound(constant(2), failure) ?? high ?? .greatestFiniteMagnitude
    // The upper bound wins where the two cross.
    return [.clip(min(lower, upper), upper)]
  }

  private func bound(
    _ tensor: Tensor?, _ failure: (String) -> InferenceError
  ) throws -> Float? {
    guard let tensor else { return nil }
    guard tensor.count == 1, let value = tensor.floats.first else {
      throw failure("a bound must be a constant scalar")
    }
    return value
  }
}
