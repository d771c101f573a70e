extension Graph {
  /// Replaces nodes whose inputs are all constants by their results, and If and Loop whose conditions
  /// are constants by what they do; drops what no output needs any more.
  ///
  /// - Throws: ``InferenceError/unsupported(file:problem:)`` for loops without bounds.
  func foldingConstants() throws -> Graph {
    var result = self
    result.nodes = []
    var waiting = Array(nodes.reversed())
    while let node = waiting.popLast() {
      if let control = node.operation as? any ControlOperator {
        if let expanded = try result.expand(node, control) {
          waiting += expanded.reversed()
        } else {
          result.nodes.append(node)
        }
      } else if !result.fold(node) {
        result.nodes.append(node)
      }
      guard result.nodes.count + waiting.count <= ShapedGraph.nodeLimit else {
        throw InferenceError.unsupported(
          file: file, problem: "its loops have more than \(ShapedGraph.nodeLimit) nodes")
      }
    }
    result.nodes = result.nodes.needed(for: outputs)
    result.dropUnreadConstants()
    return result
  }

  /// Fails where every output depends on a node that is not supported.
  ///
  /// - Throws: what is wrong with the first of them.
  func refuseUnsupported() throws {
    var failures: [ValueID: InferenceError] = [:]
    for node in nodes where !(node.operation is any ControlOperator) {
      let own = (node.operation as? Unsupported)?.error
      guard
        let failure = own
          ?? node.inputs.compactMap({ $0.flatMap { failures[$0] } }).first
      else { continue }
      for output in node.outputs.compactMap(\.self) { failures[output] = failure }
    }
    let wrong = outputs.compactMap { failures[$0] }
    if wrong.count == outputs.count, let first = wrong.first { throw first }
  }

  private mutating func expand(
    _ node: Node, _ control: any ControlOperator
  ) throws -> [Node]? {
    var known: [ValueID: Operand] = [:]
    for value in node.inputs.compactMap(\.self) {
      known[value] = constants[value].map { Operand($0) }
    }
    // What cannot be taken apart is refused when its shapes are asked for, if it is needed.
    let expansion = try? control.expansion(of: node, { known[$0] }, names: &names)
    guard let expansion else { return nil }
    constants.merge(expansion.constants, uniquingKeysWith: { $1 })
    return expansion.nodes
  }

  /// Whether the node's outputs became constants; a node that does not fit fails when its shapes are
  /// asked for, if it is needed.
  private mutating func fold(_ node: Node) -> Bool {
    let operands = node.inputs.map { $0.flatMap { constants[$0] }.map { Operand($0) } }
    let known = zip(node.inputs, operands).allSatisfy { $0 == nil || $1 != nil }
    guard known, let made = try? node.infer(operands, batch: (declaredBatch, declaredBatch)),
      zip(node.outputs, made).allSatisfy({ $0 == nil || $1.constant != nil })
    else { return false }
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

extension [Node] {
  /// The nodes that values depend on.
  func needed(for values: [ValueID]) -> [Node] {
    var wanted = Set(values)
    var result: [Node] = []
    for node in reversed()
    where node.outputs.contains(where: { $0.map(wanted.contains) == true }) {
      result.append(node)
      wanted.formUnion(node.inputs.compactMap(\.self))
    }
    return result.reversed()
  }
}

extension Node {
  /// Shape inference of this node, its output count checked; what follows from constants alone is
  /// computed.
  func infer(
    _ operands: [Operand?], batch: (actual: Int, declared: Int), declared: DeclaredShapes? = nil,
    evaluatesConstants: Bool = true
  ) throws -> [Operand] {
    let context = NodeOperands(
      name: name, type: type, opset: opset, inputs: operands, outputCount: outputs.count,
      batch: batch, declared: declared)
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
