/// A graph for one input shape: the shape of every value is known, and so is every value that
/// follows from shapes alone.
struct ShapedGraph: Sendable {
  private(set) var graph: Graph
  let inputShape: [Int]
  /// The shape of every value.
  private(set) var shapes: [ValueID: [Int]] = [:]
  /// All constants, the graph's own and those that follow from this input's shape.
  private(set) var constants: [ValueID: Tensor]
  /// The nodes that remain to be run.
  private(set) var nodes: [Node] = []

  /// Infers every shape.
  ///
  /// - Parameters:
  ///   - graph: the network.
  ///   - inputShape: the shape of its input, batch first.
  ///   - evaluatesConstants: whether nodes whose inputs are all known are computed at once.
  /// - Throws: ``InferenceError/invalidNode(node:type:problem:)`` where a node does not fit, e.g. a
  ///   head of fixed size behind an input of another size.
  init(_ graph: Graph, inputShape: [Int], evaluatesConstants: Bool = true) throws {
    self.graph = graph
    self.inputShape = inputShape
    constants = graph.constants
    shapes[graph.input] = inputShape
    for (value, tensor) in constants { shapes[value] = tensor.shape }
    let batch = (actual: inputShape.first ?? 1, declared: graph.declaredBatch)
    for node in graph.nodes { try infer(node, batch: batch, evaluatesConstants) }
  }

  /// Adds a value that the file does not name.
  mutating func add(_ operand: Operand, name: String) -> ValueID {
    graph.names.append(name)
    let value = ValueID(index: graph.names.count - 1)
    shapes[value] = operand.shape
    constants[value] = operand.constant
    return value
  }

  private mutating func infer(
    _ node: Node, batch: (actual: Int, declared: Int), _ evaluatesConstants: Bool
  ) throws {
    let operands = node.inputs.map { $0.map(operand) }
    let made = try node.infer(operands, batch: batch, evaluatesConstants: evaluatesConstants)
    for (output, operand) in zip(node.outputs, made) {
      guard let output else { continue }
      shapes[output] = operand.shape
      constants[output] = operand.constant
    }
    let isKnown = zip(node.outputs, made).allSatisfy { $0 == nil || $1.constant != nil }
    if !isKnown { nodes.append(node) }
  }

  private func operand(_ value: ValueID) -> Operand {
    if let constant = constants[value] { return Operand(constant) }
    return Operand(shape: shapes[value] ?? [])
  }
}
