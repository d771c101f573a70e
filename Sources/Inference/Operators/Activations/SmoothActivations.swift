import Foundation

/// `|x|`.
struct Abs: ElementwiseOperator {
  init(_ node: NodeReader) throws {}

  func functions(
    _ constant: (Int) -> Tensor?, _ failure: (String) -> InferenceError
  ) throws -> [ElementwiseFunction] {
    [ElementwiseFunction(kind: .abs)]
  }

  func value(_ x: Int64) -> Int64? { Int64(clamping: x.magnitude) }
}

/// `-x`.
struct Neg: ElementwiseOperator {
  init(_ node: NodeReader) throws {}

  func functions(
    _ constant: (Int) -> Tensor?, _ failure: (String) -> InferenceError
  ) throws -> [ElementwiseFunction] {
    [.linear(scale: -1, shift: 0)]
  }

  func value(_ x: Int64) -> Int64? { 0 &- x }
}

/// `exp x`.
struct Exp: ElementwiseOperator {
  init(_ node: NodeReader) throws {}

  func functions(
    _ constant: (Int) -> Tensor?, _ failure: (String) -> InferenceError
  ) throws -> [ElementwiseFunction] {
    [ElementwiseFunction(kind: .exp)]
  }
}

/// The natural logarithm.
struct Log: ElementwiseOperator {
  init(_ node: NodeReader) throws {}

  func functions(
    _ constant: (Int) -> Tensor?, _ failure: (String) -> InferenceError
  ) throws -> [ElementwiseFunction] {
    [ElementwiseFunction(kind: .log)]
  }
}

/// `log(1 + exp x)`.
struct Softplus: ElementwiseOperator {
  init(_ node: NodeReader) throws {}

  func functions(
    _ constant: (Int) -> Tensor?, _ failure: (String) -> InferenceError
  ) throws -> [ElementwiseFunction] {
    [ElementwiseFunction(kind: .softplus, alpha: 1)]
  }
}

/// `x tanh(log(1 + exp x))` (Misra 2019).
struct Mish: ElementwiseOperator {
  init(_ node: NodeReader) throws {}

  func functions(
    _ constant: (Int) -> Tensor?, _ failure: (String) -> InferenceError
  ) throws -> [ElementwiseFunction] {
    [ElementwiseFunction(kind: .mish)]
  }
}

/// `gamma (x > 0 ? x : alpha (exp x - 1))` (Klambauer et al. 2017).
struct Selu: ElementwiseOperator {
  let alpha: Float
  let gamma: Float

  init(_ node: NodeReader) throws {
    alpha = node.float("alpha", default: 1.67326319217681884765625)
    gamma = node.float("gamma", default: 1.05070102214813232421875)
  }

  func functions(
    _ constant: (Int) -> Tensor?, _ failure: (String) -> InferenceError
  ) throws -> [ElementwiseFunction] {
    [ElementwiseFunction(kind: .elu, alpha: alpha), .linear(scale: gamma, shift: 0)]
  }
}

/// `max(0, x) + min(0, alpha (exp(x / alpha) - 1))` (Barron 2017).
struct Celu: PointwiseOperator {
  let alpha: Float

  init(_ node: NodeReader) throws { alpha = node.float("alpha", default: 1) }

  func value(_ x: Float) -> Float { max(0, x) + min(0, alpha * expm1f(x / alpha)) }
  func derivative(_ x: Float, _ y: Float) -> Float { x > 0 ? 1 : expf(x / alpha) }
}

/// `x > alpha ? x : 0`.
struct ThresholdedRelu: PointwiseOperator {
  let alpha: Float

  init(_ node: NodeReader) throws { alpha = node.float("alpha", default: 1) }

  func value(_ x: Float) -> Float { x > alpha ? x : 0 }
  func derivative(_ x: Float, _ y: Float) -> Float { x > alpha ? 1 : 0 }
}

/// `x / (1 + |x|)`.
struct Softsign: PointwiseOperator {
  init(_ node: NodeReader) throws {}

  func value(_ x: Float) -> Float { x / (1 + abs(x)) }
  func derivative(_ x: Float, _ y: Float) -> Float {
    let divisor = 1 + abs(x)
    return 1 / (divisor * divisor)
  }
}

/// `x < -lambd ? x + bias : x > lambd ? x - bias : 0`.
struct Shrink: PointwiseOperator {
  let bias: Float
  let threshold: Float

  init(_ node: NodeReader) throws {
    bias = node.float("bias", default: 0)
    threshold = node.float("lambd", default: 0.5)
  }

  func value(_ x: Float) -> Float { x < -threshold ? x + bias : x > threshold ? x - bias : 0 }
  func derivative(_ x: Float, _ y: Float) -> Float { abs(x) > threshold ? 1 : 0 }
}
