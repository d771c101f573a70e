/// The nodes that a plan runs: those that the request needs, fused where nothing asked for is lost.
struct Lowering {
  /// In an order in which they can run.
  var nodes: [Node]
  /// Values that must stand in memory as the graph says, whatever fusion would save.
  let kept: Set<ValueID>
  /// Values between the target and the score, target included: the backward pass visits them.
  private(set) var needsGradient: Set<ValueID> = []
  /// The last node that reads each value.
  private(set) var lastUse: [ValueID: Int] = [:]
  /// The graph, with the values of what was written as other operators.
  private(set) var shaped: ShapedGraph

  /// - Throws: ``InferenceError`` where the results do not depend on the source.
  init(_ shaped: ShapedGraph, _ request: PlanRequest) throws {
    self.shaped = shaped
    kept = Set(request.results)
      .union([request.source])
      .union(request.fixed.keys)
      .union(request.gradient.map { [$0.of, $0.with] + $0.behind } ?? [])
    nodes = []
    for node in Self.needed(shaped.nodes, request) { nodes += try parts(of: node, request) }
    nodes = Self.needed(nodes, request)
    if let gradient = request.gradient {
      needsGradient = Self.between(gradient.with, gradient.of, nodes)
    }
    for pass in FusionTable.passes { nodes = pass(self) }
    for (index, node) in nodes.enumerated() {
      for value in node.inputs.compactMap(\.self) { lastUse[value] = index }
    }
  }

  /// A node, or the nodes that a composite one consists of.
  private mutating func parts(of node: Node, _ request: PlanRequest) throws -> [Node] {
    guard let composite = node.operation as? any CompositeOperator,
      let body = try composite.body(operands(of: node, request))
    else { return [node] }
    let parts = shaped.nodes(of: body, for: node)
    return try parts.reduce(into: []) { $0 += try self.parts(of: $1, request) }
  }

  private func operands(of node: Node, _ request: PlanRequest) -> NodeOperands {
    let operands = node.inputs.map { value in
      value.map { value in
        if let tensor = shaped.constants[value] { return Operand(tensor) }
        return Operand(shape: shape(value))
      }
    }
    return NodeOperands(
      name: node.name, type: node.type, opset: node.opset, inputs: operands,
      outputCount: node.outputs.count,
      batch: (shaped.inputShape.first ?? 1, shaped.graph.declaredBatch))
  }

  /// The nodes that the results depend on, cut at the source.
  private static func needed(_ nodes: [Node], _ request: PlanRequest) -> [Node] {
    var wanted = Set(request.results)
    if let gradient = request.gradient { wanted.insert(gradient.of) }
    let fed = Set(request.fixed.keys).union([request.source])
    wanted.subtract(fed)
    var result: [Node] = []
    for node in nodes.reversed() {
      guard node.outputs.contains(where: { $0.map(wanted.contains) == true }) else { continue }
      result.append(node)
      wanted.formUnion(node.inputs.compactMap(\.self).filter { !fed.contains($0) })
    }
    return result.reversed()
  }

  /// The values on a path from `start` to `end` along which a gradient passes, both included.
  private static func between(_ start: ValueID, _ end: ValueID, _ nodes: [Node]) -> Set<ValueID> {
    var after: Set<ValueID> = [start]
    for node in nodes where node.differentiableInputs.contains(where: after.contains) {
      after.formUnion(node.outputs.compactMap(\.self))
    }
    var before: Set<ValueID> = [end]
    for node in nodes.reversed()
    where node.outputs.contains(where: { $0.map(before.contains) == true }) {
      before.formUnion(node.differentiableInputs)
    }
    return after.intersection(before)
  }

  /// How many nodes read each value.
  var useCounts: [ValueID: Int] {
    var counts: [ValueID: Int] = [:]
    for node in nodes {
      for value in node.inputs.compactMap(\.self) { counts[value, default: 0] += 1 }
    }
    return counts
  }

  /// The shape of a value.
  func shape(_ value: ValueID) -> [Int] { shaped.shapes[value] ?? [] }

  /// A constant's numbers.
  func constant(_ value: ValueID?) -> Tensor? { value.flatMap { shaped.constants[$0] } }
}

extension Node {
  /// The values read that the outputs change with.
  var differentiableInputs: [ValueID] {
    inputs.enumerated().compactMap { operation.passesGradient(to: $0) ? $1 : nil }
  }
}
