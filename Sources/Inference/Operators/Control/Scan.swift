/// A graph that is run once for every slice of its inputs along an axis: every round takes a place of
/// its own in the network.
struct Scan: ControlOperator {
  let body: Subgraph
  private let scannedCount: Int
  private let inputAxes: [Int]?
  private let outputAxes: [Int]?
  private let isInputBackward: [Int]?
  private let isOutputBackward: [Int]?

  var subgraphs: [Subgraph] { [body] }

  let requirement =
    "the shapes of its inputs must follow from the size of the input; export the model with the"
    + " loop unrolled"

  init(_ node: NodeReader) throws {
    guard node.opset >= 9 else { throw node.unsupported("opset 9 or later was expected") }
    body = try node.graph("body")
    guard let count = node.integer("num_scan_inputs"), count >= 1, count <= body.inputs.count
    else {
      throw node.unsupported("attribute num_scan_inputs does not fit its body")
    }
    scannedCount = count
    inputAxes = node.integers("scan_input_axes")
    outputAxes = node.integers("scan_output_axes")
    isInputBackward = node.integers("scan_input_directions")
    isOutputBackward = node.integers("scan_output_directions")
  }

  private init(_ scan: Scan, body: Subgraph) {
    self.body = body
    scannedCount = scan.scannedCount
    (inputAxes, outputAxes) = (scan.inputAxes, scan.outputAxes)
    (isInputBackward, isOutputBackward) = (scan.isInputBackward, scan.isOutputBackward)
  }

  func renamed(_ map: (ValueID) -> ValueID) -> Scan { Scan(self, body: body.renamed(map)) }

  func expansion(
    of node: Node, _ operand: (ValueID) -> Operand?, names: inout [String]
  ) throws -> Expansion? {
    let stateCount = body.inputs.count - scannedCount
    let inputs = node.inputs.prefix(body.inputs.count).compactMap(\.self)
    guard inputs.count == body.inputs.count, body.outputs.count >= stateCount,
      node.outputs.count <= body.outputs.count
    else { throw failure(node, "its body does not fit its inputs and outputs") }
    let scanned = Array(inputs[stateCount...])
    let operands = scanned.compactMap(operand)
    guard operands.count == scanned.count else { return nil }
    let axes = try operands.indices.map { try axis($0, inputAxes, operands[$0].shape.count, node) }
    let counts = Set(zip(operands, axes).map { $0.shape[$1] })
    guard let count = counts.first, counts.count == 1, (1...1_000).contains(count) else {
      throw failure(node, "its inputs have \(counts.sorted()) slices, one count to 1000 expected")
    }
    var result = Expansion(nodes: [])
    var state = Array(inputs[..<stateCount])
    var slices: [[ValueID]] = Array(repeating: [], count: body.outputs.count - stateCount)
    for round in 0..<count {
      var bound = Dictionary(
        zip(body.inputs, state).map { ($0, $1) }, uniquingKeysWith: { $1 })
      for (index, value) in scanned.enumerated() {
        let isBackward = isBackward(isInputBackward, index)
        bound[body.inputs[stateCount + index]] = result.slice(
          value, at: isBackward ? count - 1 - round : round, axis: axes[index], of: node,
          names: &names)
      }
      let instance = body.instance(binding: bound, suffix: "/round \(round)", names: &names)
      result.nodes += instance.nodes
      state = Array(instance.outputs[..<stateCount])
      for index in slices.indices { slices[index].append(instance.outputs[stateCount + index]) }
    }
    try finish(&result, node, state, slices, names: &names)
    return result
  }

  private func finish(
    _ result: inout Expansion, _ node: Node, _ state: [ValueID], _ slices: [[ValueID]],
    names: inout [String]
  ) throws {
    for (number, output) in node.outputs.enumerated() {
      guard let output else { continue }
      guard number >= state.count else {
        result.nodes.append(.identity(state[number], output, in: node, number: number))
        continue
      }
      let index = number - state.count
      let parts = slices[index]
      let axis = outputAxes.flatMap { index < $0.count ? $0[index] : nil } ?? 0
      result.stack(
        isBackward(isOutputBackward, index) ? parts.reversed() : parts, into: output, axis: axis,
        of: node, names: &names)
    }
  }

  private func isBackward(_ directions: [Int]?, _ index: Int) -> Bool {
    guard let directions, index < directions.count else { return false }
    return directions[index] == 1
  }

  private func axis(_ index: Int, _ axes: [Int]?, _ rank: Int, _ node: Node) throws -> Int {
    let axis = axes.flatMap { index < $0.count ? $0[index] : nil } ?? 0
    let result = axis < 0 ? axis + rank : axis
    guard (0..<rank).contains(result) else {
      throw failure(node, "axis \(axis) is outside the \(rank) axes of its input")
    }
    return result
  }

  private func failure(_ node: Node, _ problem: String) -> InferenceError {
    .invalidNode(node: node.name, type: node.type, problem: problem)
  }
}

extension Expansion {
  /// Adds a node that takes one slice of a value; gives the slice.
  fileprivate mutating func slice(
    _ value: ValueID, at position: Int, axis: Int, of node: Node, names: inout [String]
  ) -> ValueID {
    let (index, result) = (ValueID(index: names.count), ValueID(index: names.count + 1))
    let name = "\(node.name)/\(names[value.index]) \(position)"
    names += ["\(name) index", name]
    constants[index] = Tensor(shape: [], integers: [Int64(position)])
    nodes.append(
      Node(
        name: name, type: "Gather", opset: node.opset, operation: Gather(axis: axis),
        inputs: [value, index], outputs: [result]))
    return result
  }
}
