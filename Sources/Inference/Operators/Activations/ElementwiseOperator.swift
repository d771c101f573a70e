/// An operator that applies a function, or a chain of functions, to every element of its first
/// input. It needs to say no more than that.
protocol ElementwiseOperator: Operator {
  /// The functions, first one first.
  ///
  /// - Parameters:
  ///   - constant: the numbers of an input, where it has them.
  ///   - failure: makes the error for inputs that do not fit.
  /// - Returns: the functions; none for the identity.
  /// - Throws: what `failure` makes.
  func functions(
    _ constant: (Int) -> Tensor?, _ failure: (String) -> InferenceError
  ) throws -> [ElementwiseFunction]

  /// The function of an integer; nil where it gives no integer.
  func value(_ x: Int64) -> Int64?
}

extension ElementwiseOperator {
  func value(_ x: Int64) -> Int64? { nil }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    _ = try functions({ node.optional($0)?.constant }, node.failure)
    let input = try node.input(0)
    if let integers = input.constant?.integers {
      let values = integers.compactMap { value($0) }
      if values.count == integers.count {
        return [Operand(Tensor(shape: input.shape, integers: values))]
      }
    }
    return [Operand(shape: input.shape)]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    try compileElementwise(node, in: plan)
  }

  /// Adds the functions, one after the other.
  func compileElementwise(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (input, output) = (try node.input(0), try node.output())
    let functions = try functions(of: node, in: plan)
    let source = try plan.buffer(of: input)
    var stages = [source]
    for function in functions {
      let isInPlace = stages.count == 1 && plan.mayOverwrite(input, at: node)
      let data = stages[stages.count - 1]
      let isLastInPlace = isInPlace || (stages.count > 1 && !plan.needsGradient(input))
      let result = isLastInPlace ? data : plan.newBuffer(data.descriptor)
      let primitive = try PrimitiveDescriptor.elementwise(
        function, data: data.descriptor, attributes: PrimitiveAttributes(), on: plan.engine)
      plan.emit(primitive, [(.source, data), (.destination, result)])
      stages.append(result)
    }
    let result = stages[stages.count - 1]
    if result == source, functions.isEmpty {
      plan.define(output, sharing: source)
    } else {
      plan.define(output, overwriting: result)
    }
    if plan.needsGradient(input) {
      plan.record(ForwardRecord(statistics: stages), for: node)
    }
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let stages = try plan.record(for: node).statistics
    var gradient = try plan.gradient(of: try node.output())
    for (index, function) in try functions(of: node, in: plan).enumerated().reversed() {
      gradient = try plan.elementwiseGradient(
        gradient, function, input: stages[index], output: stages[index + 1])
    }
    plan.contribute(gradient, to: try node.input(0))
  }

  private func functions(
    of node: PlannedNode, in plan: PlanBuilder
  ) throws -> [ElementwiseFunction] {
    try functions({ node.optional($0).flatMap { plan.constant($0) } }, node.failure)
  }
}

extension PlanBuilder {
  /// The gradient before an elementwise function from the gradient after it.
  func elementwiseGradient(
    _ gradient: PlannedBuffer, _ function: ElementwiseFunction, input: PlannedBuffer?,
    output: PlannedBuffer
  ) throws -> PlannedBuffer {
    let fromOutput = function.hasGradientFromOutput
    let data = fromOutput ? output : input ?? output
    let after = try converting(gradient, to: data.descriptor)
    let before = newBuffer(data.descriptor)
    let primitive = try PrimitiveDescriptor.elementwiseGradient(
      function, fromOutput: fromOutput, data: data.descriptor,
      attributes: PrimitiveAttributes(), on: engine)
    emit(
      primitive,
      [
        (fromOutput ? .destination : .source, data), (.destinationGradient, after),
        (.sourceGradient, before),
      ])
    return before
  }
}
