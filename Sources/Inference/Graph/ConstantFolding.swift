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
    guard zip(node.outputs, made).allSatisfy({ $0 == nil || $1.constant != nil }) else {
      return false
    }
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
  /// Shape inference of this node, its output count checked; what follows from constants alone is
  /// computed.
  func infer(
    _ operands: [Operand?], batch: (actual: Int, declared: Int), evaluatesConstants: Bool = true
  ) throws -> [Operand] {
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
    // What cannot be computed beforehand stays a node, and is refused if anything needs it.
    guard evaluatesConstants,
      zip(outputs, made).contains(where: { $0 != nil && $1.constant == nil }),
      let results = try? evaluated(operands, shapes: made.map(\.shape))
    else { return made }
    var remaining = results[...]
    return zip(outputs + Array(repeating: nil, count: made.count), made).map { output, operand in
      output == nil ? operand : remaining.popFirst().map { Operand($0) } ?? operand
    }
  }
}
