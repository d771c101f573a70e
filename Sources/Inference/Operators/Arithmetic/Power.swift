import Foundation

/// `sqrt(x)`.
struct Sqrt: ElementwiseOperator {
  init(_ node: NodeReader) throws {}

  func functions(
    _ constant: (Int) -> Tensor?, _ failure: (String) -> InferenceError
  ) throws -> [ElementwiseFunction] {
    [ElementwiseFunction(kind: .sqrt)]
  }
}

/// `x^y`, element by element, with broadcasting.
struct Pow: PairwiseOperator {
  init(_ node: NodeReader) throws {}

  func value(_ a: Float, _ b: Float) -> Float { powf(a, b) }

  /// Integers to a power that is no negative one; nil where the result has no 64 bits.
  func value(_ a: Int64, _ b: Int64) -> Int64? {
    guard b >= 0 else { return nil }
    var (result, base, exponent) = (Int64(1), a, b)
    while exponent > 0 {
      if exponent & 1 == 1 {
        let (product, overflow) = result.multipliedReportingOverflow(by: base)
        guard !overflow else { return nil }
        result = product
      }
      exponent >>= 1
      if exponent > 0 {
        let (square, overflow) = base.multipliedReportingOverflow(by: base)
        guard !overflow else { return nil }
        base = square
      }
    }
    return result
  }

  /// `y x^(y - 1)` and `x^y log x`; the latter is 0 at 0, where the power is.
  func derivatives(_ a: Float, _ b: Float, _ y: Float) -> (Float, Float) {
    (b == 0 ? 0 : b * powf(a, b - 1), y == 0 ? 0 : y * logf(a))
  }

  /// One constant exponent for all is a primitive of oneDNN.
  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (value, output) = (try node.input(0), try node.output())
    guard let power = try exponent(node, in: plan) else {
      return try compilePairs(node, in: plan)
    }
    let data = try plan.buffer(of: value)
    let result = try plan.mapped(data, power)
    plan.define(output, overwriting: result)
    plan.record(ForwardRecord(input: data, output: result), for: node)
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    guard let power = try exponent(node, in: plan) else {
      return try compilePairsGradient(node, in: plan)
    }
    let record = try plan.record(for: node)
    guard let output = record.output else { return }
    let before = try plan.elementwiseGradient(
      try plan.gradient(of: try node.output()), power, input: record.input, output: output)
    plan.contribute(before, to: try node.input(0))
  }

  private func exponent(
    _ node: PlannedNode, in plan: PlanBuilder
  ) throws -> ElementwiseFunction? {
    guard let tensor = plan.constant(try node.input(1)), tensor.count == 1,
      plan.shape(try node.input(0)) == plan.shape(try node.output()),
      let power = tensor.floats.first
    else { return nil }
    return ElementwiseFunction(kind: .power, alpha: 1, beta: power)
  }
}

/// The remainder of a division: with the divisor's sign, or (`fmod`) with the dividend's.
struct Mod: PairwiseOperator {
  let keepsSign: Bool

  init(_ node: NodeReader) throws { keepsSign = node.integer("fmod", default: 0) != 0 }

  func value(_ a: Float, _ b: Float) -> Float {
    let remainder = fmodf(a, b)
    return keepsSign || remainder == 0 || (remainder < 0) == (b < 0) ? remainder : remainder + b
  }

  func value(_ a: Int64, _ b: Int64) -> Int64? {
    guard b != 0 else { return 0 }
    let remainder = a.remainderReportingOverflow(dividingBy: b).partialValue
    return keepsSign || remainder == 0 || (remainder < 0) == (b < 0) ? remainder : remainder + b
  }

  func derivatives(_ a: Float, _ b: Float, _ y: Float) -> (Float, Float) {
    (1, -((a - y) / b).rounded())
  }
}
