extension Graph {
  /// A graph whose input is one image without a batch axis, which its first node adds, made one that takes
  /// batches: the node is dropped, and what it made is fed.
  ///
  /// - Returns: The graph; this one where the first node does something else.
  func givingBatchAxis() -> Graph {
    guard inputDimensions.count == 3, nodes.count(where: { $0.inputs.contains(input) }) == 1,
      let first = nodes.firstIndex(where: { $0.inputs.contains(input) }),
      let batched = nodes[first].outputs.first ?? nil, addsBatchAxis(nodes[first])
    else { return self }
    var graph = self
    graph.nodes.remove(at: first)
    // The fed value keeps the name that the file gives to its input.
    graph.names[batched.index] = name(of: input)
    graph.input = batched
    graph.inputDimensions = [.fixed(1)] + inputDimensions
    return graph
  }

  private func addsBatchAxis(_ node: Node) -> Bool {
    // Lengths that are free get any number, other than 1 so that the new axis is known.
    let shape = inputDimensions.map { dimension in
      if case .fixed(let size) = dimension { size } else { 6 }
    }
    let operands = node.inputs.map { value -> Operand? in
      guard let value else { return nil }
      return value == input ? Operand(shape: shape) : constants[value].map { Operand($0) }
    }
    let made = try? node.infer(operands, batch: (1, 1))
    return made?.first?.shape == [1] + shape
  }
}
