/// Where the ends of a compiled plan are.
struct PlanRecipe {
  var input: PlannedBuffer
  /// The other values that are fed, of one image.
  var fixed: [ValueID: PlannedBuffer] = [:]
  /// The tokens of no place of a source that is fed as maps, `[K, tokens]` of one image.
  var strayTokens: PlannedBuffer?
  var results: [ValueID: PlannedBuffer] = [:]
  /// How many of the commands belong to the forward pass.
  var forwardCount = 0
  var seed: PlannedBuffer?
  var gradient: PlannedBuffer?
  /// The same with the tokens of no place, where there are some.
  var wholeGradient: PlannedBuffer?
  /// The gradients of values between the target and the scores, as they are in the graph.
  var gradientsBehind: [ValueID: PlannedBuffer] = [:]
}

extension PlanBuilder {
  /// Compiles every node of the lowering, forward and then backward.
  func compile() throws -> PlanRecipe {
    var recipe = PlanRecipe(input: newBuffer(try .plain([])))
    try compileSource(&recipe)
    for (index, node) in lowering.nodes.enumerated() {
      let planned = PlannedNode(node, index: index)
      begin(planned)
      try node.operation.compile(planned, in: self)
    }
    recipe.results = try compileResults()
    recipe.forwardCount = commands.count
    if let request = request.gradient { try compileGradient(request, &recipe) }
    pinWhatBackwardReads(from: recipe.forwardCount)
    return recipe
  }

  private func compileSource(_ recipe: inout PlanRecipe) throws {
    for (value, shape) in request.fixed.sorted(by: { $0.key < $1.key }) {
      let one = newBuffer(try .plain(shape))
      useBeforeStart(one)
      recipe.fixed[value] = one
      try repeatImage(one, value)
    }
    guard let map = request.maps[request.source], map.permutation != [0, 1, 2, 3] else {
      recipe.input = define(request.source, try .plain(shape(request.source)))
      return useBeforeStart(recipe.input)
    }
    recipe.input = newBuffer(try .plain(map.mapShape))
    useBeforeStart(recipe.input)
    if let permutation = map.permutation {
      let axes = permutation.indices.sorted { permutation[$0] < permutation[$1] }
      let view = view(recipe.input, as: try recipe.input.descriptor.permuted(axes))
      return define(request.source, sharing: view)
    }
    let whole = define(request.source, try .plain(map.shape))
    try emit(map.reading.reversed, from: recipe.input, to: whole)
    guard map.strayTokens > 0 else { return }
    let stray = newBuffer(try .plain([map.channels, map.strayTokens]))
    useBeforeStart(stray)
    recipe.strayTokens = stray
    for copy in map.writingStray { try emit(copy, from: stray, to: whole) }
  }

  /// One image's value at every place of the batch.
  private func repeatImage(_ one: PlannedBuffer, _ value: ValueID) throws {
    let (shape, before) = (shape(value), one.descriptor.shape)
    guard shape != before else { return define(value, sharing: one) }
    let axes = shape.indices.filter { before.count != shape.count || before[$0] != shape[$0] }
    guard axes.count == 1, let axis = axes.first, before[axis] > 0,
      shape[axis] % before[axis] == 0
    else {
      throw InferenceError.library(
        operation: "repeating \(shaped.graph.name(of: value))", status: "it has no batch axis")
    }
    let outer = Array(before[..<axis]), inner = Array(before[axis...])
    let whole = define(value, try .plain(shape))
    let target = outer + [shape[axis] / before[axis]] + inner
    let copy = StridedCopy(
      extents: target, sourceOffset: 0,
      sourceStrides: broadcastStrides(outer + [1] + inner, to: target), destinationOffset: 0,
      destinationStrides: rowMajorStrides(target))
    try emit(copy, from: one, to: whole)
  }

  private func compileResults() throws -> [ValueID: PlannedBuffer] {
    var results: [ValueID: PlannedBuffer] = [:]
    for value in request.results {
      let plain = try maps(try buffer(of: value), value)
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
    let gradient = try maps(try gradient(of: request.with), request.with)
    pin(gradient)
    if let map = self.request.maps[request.with], map.strayTokens > 0 {
      let whole = try plainGradient(of: request.with)
      pin(whole)
      recipe.wholeGradient = whole
    }
    for value in request.behind {
      let buffer = try plainGradient(of: value)
      pin(buffer)
      recipe.gradientsBehind[value] = buffer
    }
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

  /// A layer's tensor as row-major maps `[N, K, h, w]`, anything else as it is.
  private func maps(_ buffer: PlannedBuffer, _ value: ValueID) throws -> PlannedBuffer {
    guard let map = request.maps[value] else { return try plain(buffer) }
    if let permutation = map.permutation {
      return try plain(view(buffer, as: try buffer.descriptor.permuted(permutation)))
    }
    let result = newBuffer(try .plain(map.mapShape))
    try emit(map.reading, from: try plain(buffer), to: result)
    return result
  }

  private func needsGradient(_ node: PlannedNode) -> Bool {
    node.inputs.contains { $0.map(needsGradient) == true }
  }
}
