/// A graph that is run again and again, a number of times that follows from constants or from the
/// sizes of tensors: every round takes a place of its own in the network.
struct Loop: ControlOperator {
  let body: Subgraph
  /// How many rounds were taken apart already.
  private var round = 0
  /// What every round gave for each output that stacks the rounds.
  private var stacked: [[ValueID]] = []

  var subgraphs: [Subgraph] { [body] }

  let requirement =
    "its condition and count must follow from constants or the size of the input; export the model"
    + " with the loop unrolled"

  /// More rounds than any network has.
  private static let limit = 1_000

  init(_ node: NodeReader) throws { body = try node.graph("body") }

  func renamed(_ map: (ValueID) -> ValueID) -> Loop {
    var copy = Loop(body: body.renamed(map))
    copy.round = round
    copy.stacked = stacked.map { $0.map(map) }
    return copy
  }

  private init(body: Subgraph) { self.body = body }

  func expansion(
    of node: Node, _ operand: (ValueID) -> Operand?, names: inout [String]
  ) throws -> Expansion? {
    guard let goesOn = try goesOn(node, operand) else { return nil }
    guard round < Self.limit || !goesOn else {
      throw failure(node, "it runs more than \(Self.limit) times")
    }
    let carriedCount = body.inputs.count - 2
    guard carriedCount >= 0, body.outputs.count > carriedCount,
      node.inputs.count >= carriedCount + 2,
      node.outputs.count <= body.outputs.count - 1
    else { throw failure(node, "its body does not fit its inputs and outputs") }
    let carried = Array(node.inputs[2..<2 + carriedCount])
    if goesOn { return nextRound(node, carried, &names) }
    return try end(node, carried, names: &names)
  }

  /// Whether there is another round; nil where that is not known.
  private func goesOn(_ node: Node, _ operand: (ValueID) -> Operand?) throws -> Bool? {
    guard node.inputs.count >= 2 else { throw failure(node, "its condition is missing") }
    if let count = node.inputs[0] {
      guard let count = operand(count)?.constant?.integers?.first else { return nil }
      if round >= count { return false }
    }
    guard let condition = node.inputs[1] else {
      guard node.inputs[0] != nil else { throw failure(node, "it never ends") }
      return true
    }
    return operand(condition)?.constant?.isTrue
  }

  /// The body once, and a loop of the rounds that remain.
  private func nextRound(
    _ node: Node, _ carried: [ValueID?], _ names: inout [String]
  ) -> Expansion {
    let (number, condition) = (ValueID(index: names.count), ValueID(index: names.count + 1))
    names += ["\(node.name) round \(round)", "\(node.name) round \(round) condition"]
    var bound = [body.inputs[0]: number, body.inputs[1]: condition]
    for (input, value) in zip(body.inputs[2...], carried) { bound[input] = value }
    let instance = body.instance(binding: bound, suffix: "/round \(round)", names: &names)
    var next = self
    next.round += 1
    let scans = instance.outputs[(1 + carried.count)...]
    if stacked.isEmpty { next.stacked = scans.map { [$0] } }
    for (index, value) in scans.enumerated() where !stacked.isEmpty {
      next.stacked[index].append(value)
    }
    var rest = node
    rest.operation = next
    rest.inputs.replaceSubrange(
      1..<2 + carried.count, with: instance.outputs[...carried.count].map { Optional($0) })
    rest.inputs += scans.map { Optional($0) }
    return Expansion(
      nodes: instance.nodes + [rest],
      constants: [
        number: Tensor(shape: [], integers: [Int64(round)]),
        condition: Tensor(shape: [], integers: [1]),
      ])
  }

  /// What the last round left, and the stacked outputs of all.
  private func end(
    _ node: Node, _ carried: [ValueID?], names: inout [String]
  ) throws -> Expansion {
    var result = Expansion(nodes: [])
    for (number, output) in node.outputs.enumerated() {
      guard let output else { continue }
      if number < carried.count {
        guard let source = carried[number] else {
          throw failure(node, "input \(number + 2) is missing")
        }
        result.nodes.append(.identity(source, output, in: node, number: number))
      } else {
        guard !stacked.isEmpty else {
          throw failure(node, "it runs no round, so that the shape of output \(number) is unknown")
        }
        result.stack(
          stacked[number - carried.count], into: output, axis: 0, of: node, names: &names)
      }
    }
    return result
  }

  private func failure(_ node: Node, _ problem: String) -> InferenceError {
    .invalidNode(node: node.name, type: node.type, problem: problem)
  }
}

extension Expansion {
  /// Adds the nodes that join values along a new axis.
  mutating func stack(
    _ values: [ValueID], into output: ValueID, axis: Int, of node: Node, names: inout [String]
  ) {
    var parts: [ValueID] = []
    for (index, value) in values.enumerated() {
      let part = ValueID(index: names.count)
      names.append("\(names[output.index])/part \(index)")
      parts.append(part)
      nodes.append(
        Node(
          name: names[part.index], type: "Unsqueeze", opset: node.opset,
          operation: Unsqueeze(axes: [axis]), inputs: [value], outputs: [part]))
    }
    nodes.append(
      Node(
        name: "\(names[output.index])/stack", type: "Concat", opset: node.opset,
        operation: Concat(axis: axis), inputs: parts.map { Optional($0) }, outputs: [output]))
  }
}
