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

/// `x^y` with a constant exponent, one for all elements or one for each.
struct Pow: Operator {
  init(_ node: NodeReader) throws {}

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let (base, exponent) = (try node.input(0), try node.input(1))
    guard exponent.constant != nil else { throw node.failure("its exponent must be constant") }
    guard let shape = broadcastShape(base.shape, exponent.shape) else {
      throw node.failure("shapes \(base.shape) and \(exponent.shape) do not fit each other")
    }
    return [Operand(shape: shape)]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (value, output) = (try node.input(0), try node.output())
    let exponent = try exponent(node, in: plan)
    if exponent.count == 1, plan.shape(value) == plan.shape(output), let power = exponent.first {
      let data = try plan.buffer(of: value)
      let result = try plan.mapped(
        data, ElementwiseFunction(kind: .power, alpha: 1, beta: power))
      plan.define(output, overwriting: result)
      plan.record(ForwardRecord(input: data, output: result), for: node)
      return
    }
    let shape = plan.shape(output)
    let base = try plan.plain(try plan.broadcast(value, to: shape))
    let powers = try plan.plain(try plan.broadcast(try node.input(1), to: shape))
    let result = plan.define(output, try .plain(shape))
    let count = elementCount(shape)
    plan.emitLoop([base, powers, result]) { pointers in
      for index in 0..<count { pointers[2][index] = powf(pointers[0][index], pointers[1][index]) }
    }
    plan.record(ForwardRecord(statistics: [base, powers]), for: node)
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let record = try plan.record(for: node)
    guard record.statistics.isEmpty else {
      return try compileGradient(node, base: record.statistics[0], record.statistics[1], in: plan)
    }
    guard let power = try exponent(node, in: plan).first, let output = record.output else { return }
    let before = try plan.elementwiseGradient(
      try plan.gradient(of: try node.output()),
      ElementwiseFunction(kind: .power, alpha: 1, beta: power), input: record.input,
      output: output)
    plan.contribute(before, to: try node.input(0))
  }

  /// `g y x^(y - 1)`, added up where the base was repeated.
  private func compileGradient(
    _ node: PlannedNode, base: PlannedBuffer, _ powers: PlannedBuffer, in plan: PlanBuilder
  ) throws {
    let (value, output) = (try node.input(0), try node.output())
    let after = try plan.plainGradient(of: output)
    let before = plan.newBuffer(after.descriptor)
    let count = elementCount(plan.shape(output))
    plan.emitLoop([after, base, powers, before]) { pointers in
      for index in 0..<count {
        let power = pointers[2][index]
        pointers[3][index] = pointers[0][index] * power * powf(pointers[1][index], power - 1)
      }
    }
    plan.contribute(try plan.summed(before, to: plan.shape(value)), to: value)
  }

  private func exponent(_ node: PlannedNode, in plan: PlanBuilder) throws -> [Float] {
    plan.constant(try node.input(1))?.floats ?? []
  }
}
