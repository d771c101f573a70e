/// Where the ends of a compiled plan are.
struct PlanRecipe {
  var input: PlannedBuffer
  var results: [ValueID: PlannedBuffer]
  /// How many of the commands belong to the forward pass.
  var forwardCount: Int
  var seed: PlannedBuffer?
  var gradient: PlannedBuffer?
}

extension PlanBuilder {
  /// Compiles every node of the lowering, forward and then backward.
  func compile() throws -> PlanRecipe {
    let input = try compileSource()
    for (index, node) in lowering.nodes.enumerated() {
      let planned = PlannedNode(node, index: index)
      begin(planned)
      try node.operation.compile(planned, in: self)
    }
    var recipe = PlanRecipe(
      input: input, results: try compileResults(), forwardCount: commands.count)
    recipe.forwardCount = commands.count
    if let request = request.gradient { try compileGradient(request, &recipe) }
    pinWhatBackwardReads(from: recipe.forwardCount)
    return recipe
  }

  private func compileSource() throws -> PlannedBuffer {
    let shape = request.sourceShape
    guard request.channelsLast.contains(request.source) else {
      let input = define(request.source, try .plain(shape))
      useBeforeStart(input)
      return input
    }
    let input = newBuffer(try .plain([shape[0], shape[3], shape[1], shape[2]]))
    useBeforeStart(input)
    define(
      request.source, sharing: view(input, as: try input.descriptor.permuted([0, 2, 3, 1])))
    return input
  }

  private func compileResults() throws -> [ValueID: PlannedBuffer] {
    var results: [ValueID: PlannedBuffer] = [:]
    for value in request.results {
      let plain = try channelsFirst(try buffer(of: value), value)
      pin(plain)
      results[value] = plain
    }
    return results
  }

  private func compileGradient(_ request: GradientRequest, _ recipe: inout PlanRecipe) throws {
    let seed = newBuffer(try .plain(shape(request.of)))
    useBeforeStart(seed)
    pin(seed)
    contribute(seed, to: request.of)
    for index in lowering.nodes.indices.reversed() {
      let node = PlannedNode(lowering.nodes[index], index: index)
      guard needsGradient(node), node.outputs.contains(where: { $0.map(hasGradient) == true })
      else { continue }
      begin(node)
      try compileGradient(lowering.nodes[index], node)
    }
    let gradient = try channelsFirst(try gradient(of: request.with), request.with)
    pin(gradient)
    recipe.seed = seed
    recipe.gradient = gradient
  }

  /// A gradient that loses one of its ways would be wrong without a word.
  private func compileGradient(_ node: Node, _ planned: PlannedNode) throws {
    let values = Set(node.differentiableInputs.filter(needsGradient))
    let before = values.map { ($0, gradientTermCount($0)) }
    try node.operation.compileGradient(planned, in: self)
    for (value, count) in before where gradientTermCount(value) == count {
      throw planned.failure(
        "it passes no gradient to its input \(shaped.graph.name(of: value)) here;"
          + " choose a later layer")
    }
  }

  /// A layer's tensor as a row-major `[N, K, h, w]`.
  private func channelsFirst(
    _ buffer: PlannedBuffer, _ value: ValueID
  ) throws -> PlannedBuffer {
    guard request.channelsLast.contains(value) else { return try plain(buffer) }
    return try plain(view(buffer, as: try buffer.descriptor.permuted([0, 3, 1, 2])))
  }

  private func needsGradient(_ node: PlannedNode) -> Bool {
    node.inputs.contains { $0.map(needsGradient) == true }
  }
}
