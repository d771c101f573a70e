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
struct Erf: Operator {
  init(_ node: NodeReader) throws {}

  func infer(_ node: NodeOperands) throws -> [Operand] {
    [Operand(shape: try node.input(0).shape)]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let input = try plan.plainBuffer(of: try node.input(0))
    let output = plan.define(try node.output(), input.descriptor)
    let count = elementCount(input.descriptor.shape)
    plan.emitLoop([input, output]) { pointers in
      for index in 0..<count { pointers[1][index] = erff(pointers[0][index]) }
    }
    plan.record(ForwardRecord(input: input), for: node)
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    guard let input = try plan.record(for: node).input else { return }
    let after = try plan.plainGradient(of: try node.output())
    let before = plan.newBuffer(input.descriptor)
    let count = elementCount(input.descriptor.shape)
    let scale = 2 / Float.pi.squareRoot()
    plan.emitLoop([input, after, before]) { pointers in
      for index in 0..<count {
        let x = pointers[0][index]
        pointers[2][index] = pointers[1][index] * scale * expf(-x * x)
      }
    }
    plan.contribute(before, to: try node.input(0))
  }
}
