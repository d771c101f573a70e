import Foundation

/// `x (1 + erf(x / sqrt 2)) / 2`, or its approximation by tanh (Hendrycks and Gimpel 2016).
struct Gelu: ElementwiseOperator {
  let isApproximate: Bool

  init(_ node: NodeReader) throws {
    let approximation = node.string("approximate", default: "none")
    guard ["none", "tanh"].contains(approximation) else {
      throw node.unsupported("attribute approximate = \(approximation), none or tanh was expected")
    }
    isApproximate = approximation == "tanh"
  }

  /// The exact form, for a chain of nodes that computes it.
  init() { isApproximate = false }

  func functions(
    _ constant: (Int) -> Tensor?, _ failure: (String) -> InferenceError
  ) throws -> [ElementwiseFunction] {
    [ElementwiseFunction(kind: isApproximate ? .geluTanh : .geluErf)]
  }
}

/// The error function; its derivative is `2 / sqrt(pi) exp(-x^2)`. oneDNN has it only within GELU,
/// so it is a loop here; exporters use it for GELU, where fusion removes it.
struct Erf: PointwiseOperator {
  init(_ node: NodeReader) throws {}

  func value(_ x: Float) -> Float { erff(x) }
  func derivative(_ x: Float, _ y: Float) -> Float { 2 / Float.pi.squareRoot() * expf(-x * x) }
}
