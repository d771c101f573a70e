/// `A + B` with broadcasting.
struct Add: ArithmeticOperator {
  let algorithm = BinaryAlgorithm.add
  let isCommutative = true

  init(_ node: NodeReader) throws {}

  func scalar(_ value: Float) -> ElementwiseFunction? { .linear(scale: 1, shift: value) }
  func value(_ a: Float, _ b: Float) -> Float { a + b }
  func value(_ a: Int64, _ b: Int64) -> Int64 { a &+ b }

  func gradients(
    _ gradient: PlannedBuffer, _ left: ValueID, _ right: ValueID, in plan: PlanBuilder
  ) throws -> (left: PlannedBuffer?, right: PlannedBuffer?) {
    (gradient, gradient)
  }
}

/// `A - B` with broadcasting.
struct Sub: ArithmeticOperator {
  let algorithm = BinaryAlgorithm.subtract
  let isCommutative = false

  init(_ node: NodeReader) throws {}

  func scalar(_ value: Float) -> ElementwiseFunction? { .linear(scale: 1, shift: -value) }
  func value(_ a: Float, _ b: Float) -> Float { a - b }
  func value(_ a: Int64, _ b: Int64) -> Int64 { a &- b }

  func gradients(
    _ gradient: PlannedBuffer, _ left: ValueID, _ right: ValueID, in plan: PlanBuilder
  ) throws -> (left: PlannedBuffer?, right: PlannedBuffer?) {
    guard plan.needsGradient(right) else { return (gradient, nil) }
    return (gradient, try plan.mapped(gradient, .linear(scale: -1, shift: 0)))
  }
}

/// `A B`, element by element, with broadcasting.
struct Mul: ArithmeticOperator {
  let algorithm = BinaryAlgorithm.multiply
  let isCommutative = true

  init(_ node: NodeReader) throws {}

  func scalar(_ value: Float) -> ElementwiseFunction? { .linear(scale: value, shift: 0) }
  func value(_ a: Float, _ b: Float) -> Float { a * b }
  func value(_ a: Int64, _ b: Int64) -> Int64 { a &* b }

  func gradients(
    _ gradient: PlannedBuffer, _ left: ValueID, _ right: ValueID, in plan: PlanBuilder
  ) throws -> (left: PlannedBuffer?, right: PlannedBuffer?) {
    (
      plan.needsGradient(left) ? try plan.combined(.multiply, gradient, right) : nil,
      plan.needsGradient(right) ? try plan.combined(.multiply, gradient, left) : nil
    )
  }
}

/// `A / B`, element by element, with broadcasting; integers are truncated towards zero.
struct Div: ArithmeticOperator {
  let algorithm = BinaryAlgorithm.divide
  let isCommutative = false

  init(_ node: NodeReader) throws {}

  func scalar(_ value: Float) -> ElementwiseFunction? {
    value == 0 ? nil : .linear(scale: 1 / value, shift: 0)
  }
  func value(_ a: Float, _ b: Float) -> Float { a / b }
  func value(_ a: Int64, _ b: Int64) -> Int64 {
    b == 0 ? 0 : a.dividedReportingOverflow(by: b).partialValue
  }

  func gradients(
    _ gradient: PlannedBuffer, _ left: ValueID, _ right: ValueID, in plan: PlanBuilder
  ) throws -> (left: PlannedBuffer?, right: PlannedBuffer?) {
    let ratio = try plan.combined(.divide, gradient, right)
    guard plan.needsGradient(right) else { return (ratio, nil) }
    let product = try plan.combined(.multiply, ratio, left)
    let quotient = try plan.combined(.divide, product, right)
    return (ratio, try plan.mapped(quotient, .linear(scale: -1, shift: 0)))
  }
}
