extension Graph {
  /// Replaces nodes whose inputs are all constants by their results, and drops values that nothing
  /// reads any more.
  func foldingConstants() throws -> Graph {
    var result = self
    result.nodes = []
    for node in nodes {
      let operands = node.inputs.map { $0.flatMap { result.constants[$0] }.map { Operand($0) } }
      let known = zip(node.inputs, operands).allSatisfy { $0 == nil || $1 != nil }
      guard known, try result.fold(node, operands) else {
        result.nodes.append(node)
        continue
      }
    }
    result.dropUnreadConstants()
    return result
  }

  private mutating func fold(_ node: Node, _ operands: [Operand?]) throws -> Bool {
    let made = try node.infer(operands, batch: (declaredBatch, declaredBatch))
    guard made.allSatisfy({ $0.constant != nil }) else { return false }
    for (output, operand) in zip(node.outputs, made) {
      if let output { constants[output] = operand.constant }
    }
    return true
  }

  private mutating func dropUnreadConstants() {
    var read = Set(outputs)
    for node in nodes { read.formUnion(node.inputs.compactMap(\.self)) }
    constants = constants.filter { read.contains($0.key) }
  }
}

extension Node {
  /// Shape inference of this node, its output count checked.
  func infer(_ operands: [Operand?], batch: (actual: Int, declared: Int)) throws -> [Operand] {
    let context = NodeOperands(
      name: name, type: type, opset: opset, inputs: operands, outputCount: outputs.count,
      batch: batch)
    let made = try operation.infer(context)
    for (output, operand) in zip(outputs, made) where output != nil {
      try context.check(operand.shape)
    }
    for (index, output) in outputs.enumerated() where output != nil && index >= made.count {
      throw context.failure("output \(index) is not supported")
    }
    return made
  }
}
