/// `1 / (1 + exp -x)`.
struct Sigmoid: ElementwiseOperator {
  init(_ node: NodeReader) throws {}

  func functions(
    _ constant: (Int) -> Tensor?, _ failure: (String) -> InferenceError
  ) throws -> [ElementwiseFunction] {
    [ElementwiseFunction(kind: .logistic)]
  }
}

/// `max(0, min(1, alpha x + beta))`.
struct HardSigmoid: ElementwiseOperator {
  let alpha: Float
  let beta: Float

  init(_ node: NodeReader) throws {
    alpha = node.float("alpha", default: 0.2)
    beta = node.float("beta", default: 0.5)
  }

  func functions(
    _ constant: (Int) -> Tensor?, _ failure: (String) -> InferenceError
  ) throws -> [ElementwiseFunction] {
    [.linear(scale: alpha, shift: beta), .clip(0, 1)]
  }
}

/// `x max(0, min(1, x / 6 + 1 / 2))`.
struct HardSwish: ElementwiseOperator {
  init() {}

  init(_ node: NodeReader) throws {}

  func functions(
    _ constant: (Int) -> Tensor?, _ failure: (String) -> InferenceError
  ) throws -> [ElementwiseFunction] {
    [ElementwiseFunction(kind: .hardSwish)]
  }
}

/// The hyperbolic tangent.
struct Tanh: ElementwiseOperator {
  init(_ node: NodeReader) throws {}

  func functions(
    _ constant: (Int) -> Tensor?, _ failure: (String) -> InferenceError
  ) throws -> [ElementwiseFunction] {
    [ElementwiseFunction(kind: .tanh)]
  }
}

/// `x sigmoid(alpha x)`: since opset 24, and what `Sigmoid` and `Mul` are fused into.
struct Swish: ElementwiseOperator {
  let alpha: Float

  init() { alpha = 1 }

  init(_ node: NodeReader) throws { alpha = node.float("alpha", default: 1) }

  func functions(
    _ constant: (Int) -> Tensor?, _ failure: (String) -> InferenceError
  ) throws -> [ElementwiseFunction] {
    [ElementwiseFunction(kind: .swish, alpha: alpha)]
  }
}
