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
    let input = define(request.source, try .plain(request.sourceShape))
    useBeforeStart(input)
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

  private func compileResults() throws -> [ValueID: PlannedBuffer] {
    var results: [ValueID: PlannedBuffer] = [:]
    for value in request.results {
      let plain = try plainBuffer(of: value)
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
      try lowering.nodes[index].operation.compileGradient(node, in: self)
    }
    let gradient = try plainGradient(of: request.with)
    pin(gradient)
    recipe.seed = seed
    recipe.gradient = gradient
  }

  private func needsGradient(_ node: PlannedNode) -> Bool {
    node.inputs.contains { $0.map(needsGradient) == true }
  }
}
