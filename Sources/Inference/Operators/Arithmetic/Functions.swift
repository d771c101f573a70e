import Foundation

/// `1 / x`.
struct Reciprocal: PointwiseOperator {
  init(_ node: NodeReader) throws {}

  func value(_ x: Float) -> Float { 1 / x }
  func derivative(_ x: Float, _ y: Float) -> Float { -y * y }
}

/// The sine.
struct Sin: PointwiseOperator {
  init(_ node: NodeReader) throws {}

  func value(_ x: Float) -> Float { sinf(x) }
  func derivative(_ x: Float, _ y: Float) -> Float { cosf(x) }
}

/// The cosine.
struct Cos: PointwiseOperator {
  init(_ node: NodeReader) throws {}

  func value(_ x: Float) -> Float { cosf(x) }
  func derivative(_ x: Float, _ y: Float) -> Float { -sinf(x) }
}

/// The tangent.
struct Tan: PointwiseOperator {
  init(_ node: NodeReader) throws {}

  func value(_ x: Float) -> Float { tanf(x) }
  func derivative(_ x: Float, _ y: Float) -> Float { 1 + y * y }
}

/// The inverse of the sine.
struct Asin: PointwiseOperator {
  init(_ node: NodeReader) throws {}

  func value(_ x: Float) -> Float { asinf(x) }
  func derivative(_ x: Float, _ y: Float) -> Float { 1 / (1 - x * x).squareRoot() }
}

/// The inverse of the cosine.
struct Acos: PointwiseOperator {
  init(_ node: NodeReader) throws {}

  func value(_ x: Float) -> Float { acosf(x) }
  func derivative(_ x: Float, _ y: Float) -> Float { -1 / (1 - x * x).squareRoot() }
}

/// The inverse of the tangent.
struct Atan: PointwiseOperator {
  init(_ node: NodeReader) throws {}

  func value(_ x: Float) -> Float { atanf(x) }
  func derivative(_ x: Float, _ y: Float) -> Float { 1 / (1 + x * x) }
}

/// The hyperbolic sine.
struct Sinh: PointwiseOperator {
  init(_ node: NodeReader) throws {}

  func value(_ x: Float) -> Float { sinhf(x) }
  func derivative(_ x: Float, _ y: Float) -> Float { coshf(x) }
}

/// The hyperbolic cosine.
struct Cosh: PointwiseOperator {
  init(_ node: NodeReader) throws {}

  func value(_ x: Float) -> Float { coshf(x) }
  func derivative(_ x: Float, _ y: Float) -> Float { sinhf(x) }
}

/// The inverse of the hyperbolic sine.
struct Asinh: PointwiseOperator {
  init(_ node: NodeReader) throws {}

  func value(_ x: Float) -> Float { asinhf(x) }
  func derivative(_ x: Float, _ y: Float) -> Float { 1 / (x * x + 1).squareRoot() }
}

/// The inverse of the hyperbolic cosine.
struct Acosh: PointwiseOperator {
  init(_ node: NodeReader) throws {}

  func value(_ x: Float) -> Float { acoshf(x) }
  func derivative(_ x: Float, _ y: Float) -> Float { 1 / (x * x - 1).squareRoot() }
}

/// The inverse of the hyperbolic tangent.
struct Atanh: PointwiseOperator {
  init(_ node: NodeReader) throws {}

  func value(_ x: Float) -> Float { atanhf(x) }
  func derivative(_ x: Float, _ y: Float) -> Float { 1 / (1 - x * x) }
}
