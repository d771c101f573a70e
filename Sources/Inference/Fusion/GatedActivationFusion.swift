/// `x sigmoid(x)` written as two nodes becomes Swish (SiLU), `x hardsigmoid(x)` HardSwish, and the
/// five nodes that exporters write for GELU become Gelu.
func fuseGatedActivation(_ lowering: Lowering) -> [Node] {
  var lowering = lowering
  lowering.nodes = mergingPairs(lowering) { producer, consumer, between in
    guard consumer.operation is Mul, consumer.inputs.count == 2,
      let input = producer.inputs.first ?? nil,
      Set(consumer.inputs) == [input, between], let gate = gate(producer.operation)
    else { return nil }
    var merged = consumer
    merged.operation = gate
    merged.inputs = [input]
    return merged
  }
  return fusingGelu(lowering)
}

private func gate(_ operation: any Operator) -> (any Operator)? {
  if operation is Sigmoid { return Swish() }
  if let hard = operation as? HardSigmoid, abs(hard.alpha - 1 / 6) < 1e-6, hard.beta == 0.5 {
    return HardSwish()
  }
  return nil
}

/// `x (1 + erf(x / sqrt 2)) / 2` as Div (or Mul), Erf, Add, Mul and Mul, in either order of the last
/// two factors.
private func fusingGelu(_ lowering: Lowering) -> [Node] {
  var nodes = lowering.nodes
  let uses = lowering.useCounts
  var producers: [ValueID: Int] = [:]
  var consumers: [ValueID: Int] = [:]
  for (index, node) in nodes.enumerated() {
    for value in node.outputs.compactMap(\.self) { producers[value] = index }
    for value in node.inputs.compactMap(\.self) { consumers[value] = index }
  }

  /// The only reader of a node's output, where it is arithmetic with a constant near `number`, or
  /// with `value`.
  func next(_ index: Int, with accepts: (Node, ValueID) -> Bool) -> Int? {
    guard let output = nodes[index].outputs.first ?? nil, uses[output] == 1,
      !lowering.kept.contains(output), let consumer = consumers[output],
      accepts(nodes[consumer], output)
    else { return nil }
    return consumer
  }
  func isArithmetic(
    _ node: Node, _ output: ValueID, _ algorithm: BinaryAlgorithm, _ number: Float
  ) -> Bool {
    guard let operation = node.operation as? any ArithmeticOperator,
      operation.algorithm == algorithm, node.inputs.count == 2,
      let constant = lowering.constant(node.inputs[0] == output ? node.inputs[1] : node.inputs[0]),
      constant.count == 1
    else { return false }
    return abs(constant.floats[0] - number) < 1e-5 * abs(number)
  }
  func isProduct(_ node: Node, _ output: ValueID, with value: ValueID) -> Bool {
    node.operation is Mul && Set(node.inputs) == [output, value]
  }

  var removed: Set<Int> = []
  for index in nodes.indices where nodes[index].operation is Erf {
    guard let argument = nodes[index].inputs.first ?? nil, uses[argument] == 1,
      !lowering.kept.contains(argument), let scaling = producers[argument],
      let x = nodes[scaling].inputs.first ?? nil,
      isArithmetic(nodes[scaling], x, .divide, Float(2).squareRoot())
        || isArithmetic(nodes[scaling], x, .multiply, Float(0.5).squareRoot()),
      let sum = next(index, with: { isArithmetic($0, $1, .add, 1) })
    else { continue }
    let chain: (Int, Int)?
    if let gate = next(sum, with: { isProduct($0, $1, with: x) }),
      let half = next(gate, with: { isArithmetic($0, $1, .multiply, 0.5) })
    {
      chain = (gate, half)
    } else if let half = next(sum, with: { isArithmetic($0, $1, .multiply, 0.5) }),
      let gate = next(half, with: { isProduct($0, $1, with: x) })
    {
      chain = (half, gate)
    } else {
      chain = nil
    }
    guard let (inner, last) = chain else { continue }
    removed.formUnion([scaling, index, sum, inner])
    nodes[last].operation = Gelu()
    nodes[last].inputs = [x]
  }
  return nodes.indices.filter { !removed.contains($0) }.map { nodes[$0] }
}
