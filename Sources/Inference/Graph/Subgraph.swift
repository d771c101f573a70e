/// A graph inside of a node: a branch of an If, the body of a Loop. It reads values of the graphs
/// around it by their names.
struct Subgraph: Sendable {
  /// The values that the node around it feeds.
  var inputs: [ValueID]
  /// In an order in which they can run.
  var nodes: [Node]
  var outputs: [ValueID]

  /// The values that it reads and does not make: those of the graphs around it.
  var captured: [ValueID] {
    var made = Set(inputs)
    for node in nodes { made.formUnion(node.outputs.compactMap(\.self)) }
    var seen: Set<ValueID> = []
    return (nodes.flatMap { $0.inputs.compactMap(\.self) } + outputs).filter {
      !made.contains($0) && seen.insert($0).inserted
    }
  }

  /// The values that its nodes make, those of the graphs inside of them too.
  private var made: [ValueID] {
    nodes.flatMap { node in
      let inner = (node.operation as? any ControlOperator)?.subgraphs.flatMap(\.made) ?? []
      return inner + node.outputs.compactMap(\.self)
    }
  }

  /// A copy whose inner values are new ones, so that it can stand in a graph more than once.
  ///
  /// - Parameters:
  ///   - bound: what takes the place of the inputs.
  ///   - suffix: what tells the copy's names from others.
  ///   - names: the names of all values; the new ones are added.
  /// - Returns: the copy.
  func instance(
    binding bound: [ValueID: ValueID], suffix: String, names: inout [String]
  ) -> Subgraph {
    var map = bound
    for output in made where map[output] == nil {
      map[output] = ValueID(index: names.count)
      names.append(names[output.index] + suffix)
    }
    var copy = renamed { map[$0] ?? $0 }
    for index in copy.nodes.indices { copy.nodes[index].name += suffix }
    return copy
  }

  /// The same with other values, also in the graphs inside of it.
  func renamed(_ map: (ValueID) -> ValueID) -> Subgraph {
    Subgraph(
      inputs: inputs.map(map),
      nodes: nodes.map { node in
        var node = node
        node.inputs = node.inputs.map { $0.map(map) }
        node.outputs = node.outputs.map { $0.map(map) }
        if let control = node.operation as? any ControlOperator {
          node.operation = control.renamed(map)
        }
        return node
      },
      outputs: outputs.map(map))
  }
}

/// An operator that holds graphs. It is no computation: once what decides is known it gives way to
/// the nodes that do the same.
protocol ControlOperator: Operator {
  var subgraphs: [Subgraph] { get }

  /// The nodes that take the place of `node`, the last of which may be another control node.
  ///
  /// - Parameters:
  ///   - node: this operator with the values that it reads, those of its subgraphs last.
  ///   - operand: what is known of a value; nil where not even its shape is.
  ///   - names: the names of all values; new ones are added.
  /// - Returns: nil where what decides is not known.
  /// - Throws: an ``InferenceError`` where it cannot be done at all.
  func expansion(
    of node: Node, _ operand: (ValueID) -> Operand?, names: inout [String]
  ) throws -> Expansion?

  /// The same with other values inside of its graphs.
  func renamed(_ map: (ValueID) -> ValueID) -> Self

  /// What must be known, for the message where it is not.
  var requirement: String { get }
}

extension ControlOperator {
  func infer(_ node: NodeOperands) throws -> [Operand] { throw node.failure(requirement) }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    throw node.failure(requirement)
  }
}

/// What takes the place of a control node.
struct Expansion {
  var nodes: [Node]
  /// Constants that the nodes read.
  var constants: [ValueID: Tensor] = [:]
}

extension Node {
  /// A node that gives a value another name.
  static func identity(
    _ source: ValueID, _ destination: ValueID, in node: Node, number: Int
  ) -> Node {
    Node(
      name: "\(node.name) (output \(number))", type: "Identity", opset: node.opset,
      operation: Identity(), inputs: [source], outputs: [destination])
  }
}
