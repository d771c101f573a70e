extension Node {
  /// The results of a node whose inputs are all constants, computed by the commands that a plan
  /// would run; nil where that could lose digits: of integers it is done only for formulas that hold
  /// for them too, and only where float32 holds every number exactly.
  func evaluated(_ operands: [Operand?], shapes: [[Int]]) throws -> [Tensor]? {
    let inputs = operands.map { $0?.constant }
    guard let first = inputs.compactMap(\.self).first,
      zip(operands, inputs).allSatisfy({ $0 == nil || $1 != nil }),
      shapes.allSatisfy({ elementCount($0) <= 1 << 28 }),
      !first.isInteger || (operation.foldsIntegers && first.isExactInFloat)
    else { return nil }
    let results = try run(inputs)
    guard first.isInteger else { return results }
    return results.map { result in
      Tensor(
        shape: result.shape,
        integers: result.floats.map { Int64(exactly: $0.rounded(.towardZero)) ?? 0 })
    }
  }

  /// Runs the node alone: a graph whose one other value, its input, nothing reads.
  private func run(_ inputs: [Tensor?]) throws -> [Tensor] {
    var (names, constants) = ([String](), [ValueID: Tensor]())
    func value(_ name: String) -> ValueID {
      names.append(name)
      return ValueID(index: names.count - 1)
    }
    var node = self
    node.inputs = inputs.enumerated().map { index, tensor in
      guard let tensor else { return nil }
      let input = value("input \(index)")
      constants[input] = tensor
      return input
    }
    node.outputs = outputs.enumerated().map { $1 == nil ? nil : value("output \($0)") }
    let results = node.outputs.compactMap(\.self)
    let graph = Graph(
      file: "", names: names + ["nothing"], constants: constants, nodes: [node],
      input: ValueID(index: names.count), inputDimensions: [], outputs: results, opset: opset,
      metadata: [:])
    let shaped = try ShapedGraph(graph, inputShape: [1], evaluatesConstants: false)
    let engine = try OneDNNEngine()
    let plan = try Plan(
      PlanRequest(source: graph.input, inputShape: [1], results: results), shaped: shaped,
      engine: engine, weights: WeightStore(engine: engine))
    try plan.run { $0.update(repeating: 0) }
    return results.map { result in
      shaped.constants[result]
        ?? Tensor(shape: shaped.shapes[result] ?? [], floats: Array(plan.result(result)))
    }
  }
}

extension Tensor {
  /// Whether float32 holds every one of the integers.
  fileprivate var isExactInFloat: Bool {
    integers?.allSatisfy { abs($0.clamped(to: -1 << 25...1 << 25)) <= 1 << 24 } ?? true
  }
}

extension Comparable {
  /// The nearest value of a range.
  func clamped(to range: ClosedRange<Self>) -> Self {
    min(max(self, range.lowerBound), range.upperBound)
  }
}
