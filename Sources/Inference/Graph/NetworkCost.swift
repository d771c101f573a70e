extension NetworkStructure {
  /// The number of weights: the elements of all real constants.
  package var parameterCount: Int {
    graph.constants.values.filter { !$0.isInteger }.reduce(0) { $0 + $1.count }
  }

  /// Billions of floating-point operations of one forward pass: two for each multiplication and
  /// addition of convolutions and matrix products.
  package var gigaFLOPs: Double {
    2e-9 * shaped.nodes.reduce(0) { $0 + multiplications(of: $1) }
  }

  private func multiplications(of node: Node) -> Double {
    guard let output = node.outputs.first ?? nil, let shape = shaped.shapes[output],
      node.inputs.count > 1
    else { return 0 }
    let inputs = node.inputs.map { $0.flatMap { shaped.shapes[$0] } ?? [] }
    guard !inputs[1].isEmpty else { return 0 }
    return node.operation.multiplications(inputs, output: shape)
  }
}
