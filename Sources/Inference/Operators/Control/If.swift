/// One of two graphs, by a condition that follows from constants or from the sizes of tensors.
struct If: ControlOperator {
  let thenBranch: Subgraph
  let elseBranch: Subgraph

  var subgraphs: [Subgraph] { [thenBranch, elseBranch] }

  let requirement =
    "its condition must follow from constants or the size of the input; export the model with a"
    + " fixed input size or constant folding"

  init(_ node: NodeReader) throws {
    thenBranch = try node.graph("then_branch")
    elseBranch = try node.graph("else_branch")
  }

  private init(thenBranch: Subgraph, elseBranch: Subgraph) {
    self.thenBranch = thenBranch
    self.elseBranch = elseBranch
  }

  func renamed(_ map: (ValueID) -> ValueID) -> If {
    If(thenBranch: thenBranch.renamed(map), elseBranch: elseBranch.renamed(map))
  }

  func expansion(
    of node: Node, _ operand: (ValueID) -> Operand?, names: inout [String]
  ) throws -> Expansion? {
    guard let condition = node.inputs.first ?? nil,
      let isTrue = operand(condition)?.constant?.isTrue
    else { return nil }
    let branch = isTrue ? thenBranch : elseBranch
    guard branch.outputs.count >= node.outputs.count else {
      throw InferenceError.invalidNode(
        node: node.name, type: node.type,
        problem: "a branch has \(branch.outputs.count) outputs, not \(node.outputs.count)")
    }
    var nodes = branch.nodes
    for (number, (source, output)) in zip(branch.outputs, node.outputs).enumerated() {
      if let output { nodes.append(.identity(source, output, in: node, number: number)) }
    }
    return Expansion(nodes: nodes)
  }
}

extension Tensor {
  /// Whether a condition holds; nil where this is not one number.
  var isTrue: Bool? {
    guard count == 1 else { return nil }
    return integers.map { $0.first != 0 } ?? (floats.first != 0)
  }
}
