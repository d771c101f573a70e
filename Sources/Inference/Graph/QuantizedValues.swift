extension Graph {
  /// Holds quantised values as the real numbers that they stand for, where the scale is known beforehand.
  ///
  /// A layer of a quantised network is then a map like any other, under the name of its integers too; what
  /// undoes a quantisation is nothing, and quantising what is quantised alike already is nothing either. Those
  /// who compute with the integers themselves are given them back.
  func withQuantizedValuesAsReals() -> Graph {
    var rewriting = QuantizationRewriting(self)
    for node in nodes { rewriting.add(node) }
    return rewriting.graph
  }
}

private struct QuantizationRewriting {
  private(set) var graph: Graph
  /// The grid that a value's numbers lie on.
  private var grids: [ValueID: QuantizedGrid] = [:]
  /// The values that are integers in the file.
  private var quantized: Set<ValueID> = []
  /// The values that hold their integers.
  private var integers: [ValueID: ValueID] = [:]

  init(_ graph: Graph) {
    self.graph = graph
    self.graph.nodes = []
  }

  mutating func add(_ node: Node) {
    if node.operation is QuantizeLinear, let grid = grid(node) { return quantize(node, grid) }
    if node.operation is DequantizeLinear, dequantize(node) { return }
    if carry(node) { return }
    graph.nodes.append(readingIntegers(node))
  }

  /// The grid of a node with one constant scale.
  private func grid(_ node: Node) -> QuantizedGrid? {
    guard node.inputs.count >= 2, let input = node.inputs[0], graph.constants[input] == nil,
      let scale = constant(node, 1), scale.count == 1, let factor = scale.floats.first
    else { return nil }
    let zero = constant(node, 2)
    guard node.inputs.count < 3 || node.inputs[2] == nil || zero?.count == 1 else { return nil }
    let range: QuantizedRange?
    if let quantize = node.operation as? QuantizeLinear {
      range = QuantizedRange(zero?.elementType ?? quantize.outputType ?? .uint8)
    } else {
      range = grids[input]?.range
    }
    return range.map {
      QuantizedGrid(scale: factor, zeroPoint: zero?.floats.first ?? 0, range: $0)
    }
  }

  private func constant(_ node: Node, _ index: Int) -> Tensor? {
    guard index < node.inputs.count, let value = node.inputs[index] else { return nil }
    return graph.constants[value]
  }

  private mutating func quantize(_ node: Node, _ grid: QuantizedGrid) {
    guard let input = node.inputs[0], let output = node.outputs.first ?? nil,
      !quantized.contains(input)
    else { return graph.nodes.append(readingIntegers(node)) }
    var rewritten = node
    rewritten.operation = grids[input] == grid ? Identity() : FakeQuantization(grid)
    rewritten.inputs = [input]
    graph.nodes.append(rewritten)
    grids[output] = grid
    quantized.insert(output)
  }

  /// Whether the node undoes the quantisation of its input, and so nothing is left to do.
  private mutating func dequantize(_ node: Node) -> Bool {
    guard let input = node.inputs.first ?? nil, quantized.contains(input),
      let output = node.outputs.first ?? nil, let grid = grid(node), grid == grids[input]
    else { return false }
    var rewritten = node
    rewritten.operation = Identity()
    rewritten.inputs = [input]
    graph.nodes.append(rewritten)
    grids[output] = grid
    return true
  }

  /// Whether the node only moves or chooses elements: its outputs lie on the grid of its inputs.
  private mutating func carry(_ node: Node) -> Bool {
    let moved = Self.movedInputs(node)
    guard let first = moved.first, let grid = grids[first],
      moved.allSatisfy({ grids[$0] == grid && quantized.contains($0) == quantized.contains(first) })
    else { return false }
    graph.nodes.append(node)
    for output in node.outputs.prefix(node.type == "Split" ? .max : 1).compactMap(\.self) {
      grids[output] = grid
      if quantized.contains(first) { quantized.insert(output) }
    }
    return true
  }

  /// The inputs whose elements an operator passes on as they are, with nothing added; none for others.
  private static func movedInputs(_ node: Node) -> [ValueID] {
    if node.type == "Concat" { return node.inputs.compactMap(\.self) }
    return moving.contains(node.type) ? node.inputs.prefix(1).compactMap(\.self) : []
  }

  private static let moving: Set<String> = [
    "DepthToSpace", "Dropout", "Expand", "Flatten", "Gather", "GatherElements", "GatherND",
    "Identity", "MaxPool", "Reshape", "Slice", "SpaceToDepth", "Split", "Squeeze", "Tile",
    "Transpose", "Unsqueeze",
  ]

  /// The node with integers in the place of the real numbers that stand for them.
  private mutating func readingIntegers(_ node: Node) -> Node {
    var result = node
    for (index, value) in node.inputs.enumerated() {
      guard let value, quantized.contains(value) else { continue }
      result.inputs[index] = integers(of: value)
    }
    return result
  }

  private mutating func integers(of value: ValueID) -> ValueID? {
    if let known = integers[value] { return known }
    guard let grid = grids[value] else { return value }
    let made = ValueID(index: graph.names.count)
    let name = "\(graph.name(of: value)) (integers)"
    graph.names.append(name)
    graph.internalValues.insert(made)
    graph.nodes.append(
      Node(
        name: name, type: "QuantizeLinear", opset: graph.opset,
        operation: QuantizedIntegers(grid), inputs: [value], outputs: [made]))
    integers[value] = made
    return made
  }
}
