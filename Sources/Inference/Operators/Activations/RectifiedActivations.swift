/// `max(0, x)`.
struct Relu: ElementwiseOperator {
  init(_ node: NodeReader) throws {}

  func functions(
    _ constant: (Int) -> Tensor?, _ failure: (String) -> InferenceError
  ) throws -> [ElementwiseFunction] {
    [.relu]
  }
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
struct Clip: ElementwiseOperator {
  let low: Float?
  let high: Float?

  init(_ node: NodeReader) throws {
    low = node.float("min")
    high = node.float("max")
  }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    for bound in 1...2 where node.optional(bound).map({ $0.constant == nil }) == true {
      throw node.failure("a bound must be a constant scalar")
    }
    _ = try functions({ node.optional($0)?.constant }, node.failure)
    return [Operand(shape: try node.input(0).shape)]
  }

  func functions(
    _ constant: (Int) -> Tensor?, _ failure: (String) -> InferenceError
  ) throws -> [ElementwiseFunction] {
    let lower = try bound(constant(1), failure) ?? low ?? -.greatestFiniteMagnitude
    let upper = try bound(constant(2), failure) ?? high ?? .greatestFiniteMagnitude
    return [.clip(lower, upper)]
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
