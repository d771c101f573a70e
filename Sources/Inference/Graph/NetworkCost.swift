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

  /// Outputs times the terms of each.
  private func multiplications(of node: Node) -> Double {
    guard let output = node.outputs.first ?? nil, let shape = shaped.shapes[output],
      node.inputs.count > 1, let second = node.inputs[1], let weights = shaped.shapes[second]
    else { return 0 }
    let outputs = Double(elementCount(shape))
    if node.operation is Convolution { return outputs * Double(elementCount(Array(weights[1...]))) }
    if let gemm = node.operation as? Gemm {
      return outputs * Double(weights[gemm.transposesRight ? 1 : 0])
    }
    if node.operation is MatMul { return outputs * Double(weights[max(0, weights.count - 2)]) }
    return 0
  }
}
