/// An operator that applies a function that oneDNN does not have to every element of its input.
protocol PointwiseOperator: Operator {
  /// The function.
  func value(_ x: Float) -> Float

  /// Its derivative at `x`, where its value is `y`.
  func derivative(_ x: Float, _ y: Float) -> Float

  /// The function of an integer; nil where it gives no integer.
  func value(_ x: Int64) -> Int64?

  /// Whether the value is a truth: 0 or 1, an integer whatever the input is.
  var isPredicate: Bool { get }
}

/// A function that is constant between its jumps.
protocol StepOperator: PointwiseOperator {}

extension StepOperator {
  func derivative(_ x: Float, _ y: Float) -> Float { 0 }

  func passesGradient(to input: Int) -> Bool { false }
}

extension PointwiseOperator {
  var isPredicate: Bool { false }

  func value(_ x: Int64) -> Int64? { nil }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let input = try node.input(0)
    guard let tensor = input.constant else { return [Operand(shape: input.shape)] }
    try node.checkFoldable(input.shape)
    if let integers = tensor.integers {
      let values = integers.compactMap { value($0) }
      if values.count == integers.count {
        return [Operand(Tensor(shape: input.shape, integers: values))]
      }
    }
    let values = tensor.floats.map { value($0) }
    guard isPredicate else { return [Operand(Tensor(shape: input.shape, floats: values))] }
    return [Operand(Tensor(shape: input.shape, integers: values.map { $0 == 0 ? 0 : 1 }))]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let input = try plan.plainBuffer(of: try node.input(0))
    let output = plan.define(try node.output(), input.descriptor)
    let count = elementCount(input.descriptor.shape)
    plan.emitLoop([input, output]) { pointers in
      for index in 0..<count { pointers[1][index] = value(pointers[0][index]) }
    }
    plan.record(ForwardRecord(input: input, output: output), for: node)
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let record = try plan.record(for: node)
    guard let input = record.input, let output = record.output else { return }
    let after = try plan.plainGradient(of: try node.output())
    let before = plan.newBuffer(input.descriptor)
    let count = elementCount(input.descriptor.shape)
    plan.emitLoop([input, output, after, before]) { pointers in
      for index in 0..<count {
        let slope = derivative(pointers[0][index], pointers[1][index])
        pointers[3][index] = pointers[2][index] * slope
      }
    }
    plan.contribute(before, to: try node.input(0))
  }
}
