/// A graph for one input shape: the shape of every value is known, and so is every value that
/// follows from shapes alone.
///
/// A node that cannot be inferred takes only what depends on it with it: see ``failures``.
struct ShapedGraph: Sendable {
  /// The network; its names are also those of values that taking loops apart made.
  private(set) var graph: Graph
  let inputShape: [Int]
  /// The shape of every value.
  private(set) var shapes: [ValueID: [Int]] = [:]
  /// All constants, the graph's own and those that follow from this input's shape.
  private(set) var constants: [ValueID: Tensor]
  /// The nodes that remain to be run.
  private(set) var nodes: [Node] = []
  /// Why values are not known that a node does not support, or that depend on such a value.
  private(set) var failures: [ValueID: InferenceError] = [:]
  /// The shapes at the batch size that the file was written for, where this is another.
  private let declaredShapes: [ValueID: [Int]]
  private let evaluatesConstants: Bool

  /// Infers every shape.
  ///
  /// - Parameters:
  ///   - graph: the network.
  ///   - inputShape: the shape of its input, batch first.
  ///   - evaluatesConstants: whether nodes whose inputs are all known are computed at once.
  /// - Throws: ``InferenceError/invalidNode(node:type:problem:)`` where a node that every output
  ///   depends on does not fit, e.g. a head of fixed size behind an input of another size.
  init(_ graph: Graph, inputShape: [Int], evaluatesConstants: Bool = true) throws {
    self.evaluatesConstants = evaluatesConstants
    self.graph = graph
    self.inputShape = inputShape
    constants = graph.constants
    declaredShapes = Self.declaredShapes(graph, inputShape)
    shapes[graph.input] = inputShape
    for (value, tensor) in constants { shapes[value] = tensor.shape }
    var waiting = Array(graph.nodes.reversed())
    while let node = waiting.popLast() {
      guard let control = node.operation as? any ControlOperator else {
        infer(node)
        continue
      }
      if let expanded = expand(node, control) { waiting += expanded.reversed() }
      guard nodes.count + waiting.count <= Self.nodeLimit else {
        throw InferenceError.unsupported(
          file: graph.file, problem: "its loops have more than \(Self.nodeLimit) nodes")
      }
    }
    if graph.outputs.allSatisfy({ failures[$0] != nil }),
      let failure = graph.outputs.first.flatMap({ failures[$0] })
    {
      throw failure
    }
  }

  /// Adds a value that the file does not name.
  mutating func add(_ operand: Operand, name: String) -> ValueID {
    graph.names.append(name)
    let value = ValueID(index: graph.names.count - 1)
    shapes[value] = operand.shape
    constants[value] = operand.constant
    return value
  }

  static let nodeLimit = 1 << 20

  /// A reshape that names the batch size of the file can only be told from one that does not by what
  /// it does at that size.
  private static func declaredShapes(_ graph: Graph, _ inputShape: [Int]) -> [ValueID: [Int]] {
    guard let batch = inputShape.first, batch != graph.declaredBatch else { return [:] }
    let declared = [graph.declaredBatch] + inputShape.dropFirst()
    return (try? ShapedGraph(graph, inputShape: declared))?.shapes ?? [:]
  }

  private mutating func infer(_ node: Node) {
    let outputs = node.outputs.compactMap(\.self)
    if let failed = node.inputs.compactMap({ $0.flatMap { failures[$0] } }).first {
      for output in outputs { failures[output] = failed }
      return
    }
    do {
      let made = try node.infer(
        node.inputs.map { $0.map(operand) },
        batch: (inputShape.first ?? 1, graph.declaredBatch),
        declared: declaredShapes.isEmpty ? nil : declared(node),
        evaluatesConstants: evaluatesConstants)
      for (output, operand) in zip(node.outputs, made) {
        guard let output else { continue }
        shapes[output] = operand.shape
        constants[output] = operand.constant
      }
      let isKnown = zip(node.outputs, made).allSatisfy { $0 == nil || $1.constant != nil }
      if !isKnown { nodes.append(node) }
    } catch let error as InferenceError {
      for output in outputs { failures[output] = error }
    } catch {
      let failure = InferenceError.invalidNode(
        node: node.name, type: node.type, problem: "\(error)")
      for output in outputs { failures[output] = failure }
    }
  }

  /// The nodes that take the place of a control node; nil where they do not follow from the shapes.
  private mutating func expand(_ node: Node, _ control: any ControlOperator) -> [Node]? {
    do {
      var known: [ValueID: Operand] = [:]
      for value in node.inputs.compactMap(\.self) where shapes[value] != nil {
        known[value] = operand(value)
      }
      let expansion = try control.expansion(of: node, { known[$0] }, names: &graph.names)
      if let expansion {
        for (value, tensor) in expansion.constants {
          constants[value] = tensor
          shapes[value] = tensor.shape
        }
        return expansion.nodes
      }
    } catch {
      let failure = error as? InferenceError
      for output in node.outputs.compactMap(\.self) { failures[output] = failure }
      return nil
    }
    infer(node)
    return nil
  }

  /// The shapes of a node's inputs and of its first output at the batch size of the file.
  private func declared(_ node: Node) -> DeclaredShapes? {
    guard let output = (node.outputs.first ?? nil).flatMap({ declaredShapes[$0] }) else {
      return nil
    }
    return DeclaredShapes(
      inputs: node.inputs.map { $0.flatMap { declaredShapes[$0] } }, output: output)
  }

  private func operand(_ value: ValueID) -> Operand {
    if let constant = constants[value] { return Operand(constant) }
    return Operand(shape: shapes[value] ?? [])
  }
}
