/// Runs a network forward, and backward from a score to an activation.
///
/// Plans are made on demand and kept while there is room: one for each batch size, set of wanted
/// layers and gradient. The same request gives the same numbers bit by bit. Belongs to the thread that made it.
package final class Executor {
  /// The network.
  package let structure: NetworkStructure
  private let engine: OneDNNEngine
  private let weights: WeightStore
  private var plans = PlanCache()
  /// What the activations of one image take in a batch, by the request for one.
  private var bytesPerImage: [PlanRequest: Int] = [:]
  private var shaped: [[Int]: ShapedGraph] = [:]
  /// Whether images keep apart in a batch, by the shape of one.
  private var keepsApart: [[Int]: Bool] = [:]
  private var views: [[Int]: [ValueID: MapView]] = [:]

  /// - Parameter structure: the network and the shape of its input.
  /// - Throws: ``InferenceError/library(operation:status:)`` when oneDNN cannot start.
  package init(_ structure: NetworkStructure) throws {
    self.structure = structure
    engine = try OneDNNEngine()
    weights = WeightStore(engine: engine)
  }

  /// The scores of a batch of inputs.
  ///
  /// - Parameters:
  ///   - batch: how many inputs.
  ///   - height: rows; nil for the network's own.
  ///   - width: columns; nil for the network's own.
  ///   - write: fills them in, in the order of the network's axes.
  /// - Returns: `[batch, classes]`, before a final softmax.
  /// - Throws: an ``InferenceError``; ``InferenceError/invalidNode(node:type:problem:)`` where the
  ///   network has a head of fixed size and another size is asked for.
  package func scores(
    batch: Int, height: Int? = nil, width: Int? = nil,
    _ write: (UnsafeMutableBufferPointer<Float>) throws -> Void
  ) throws -> [Float] {
    try scores(batch: batch, isTogether: keepsImagesApart(batch, height, width), write) {
      scoreRequest($0, height, width)
    }
  }

  /// The scores of a batch, all at once or one after the other.
  private func scores(
    batch: Int, isTogether: Bool, _ write: (UnsafeMutableBufferPointer<Float>) throws -> Void,
    request: (_ batch: Int) -> PlanRequest
  ) throws -> [Float] {
    guard !isTogether else {
      let plan = try plan(request(batch))
      try plan.run(write)
      return Array(plan.result(structure.scores))
    }
    let single = request(1)
    let size = elementCount(single.inputShape)
    var input = Array(repeating: Float(0), count: batch * size)
    try input.withUnsafeMutableBufferPointer { try write($0) }
    return try (0..<batch).flatMap { image -> [Float] in
      let plan = try plan(single)
      try plan.run { _ = $0.update(fromContentsOf: input[image * size..<(image + 1) * size]) }
      return Array(plan.result(structure.scores))
    }
  }

  /// Whether a batch gives every image what it would get alone; otherwise images run one by one.
  private func keepsImagesApart(_ batch: Int, _ height: Int? = nil, _ width: Int? = nil) -> Bool {
    guard batch > 1 else { return true }
    let size = structure.inputShape(batch: 1, height: height, width: width)
    if let known = keepsApart[size] { return known }
    let trial = BatchTrial(structure, imageShape: size)
    let result = (try? trial.passes { try plan($0) }) ?? false
    keepsApart[size] = result
    return result
  }

  /// The largest batch of ``scores(batch:height:width:_:)`` whose activations fit into an amount of memory.
  ///
  /// - Parameters:
  ///   - limit: the batch that is wanted.
  ///   - byteCount: the memory for the activations.
  ///   - height: rows; nil for the network's own.
  ///   - width: columns; nil for the network's own.
  /// - Returns: 1 to `limit`; 1 also where not even one image fits.
  /// - Throws: an ``InferenceError``, also where the machine has not the memory for one image.
  package func batch(
    atMost limit: Int, within byteCount: Int, height: Int? = nil, width: Int? = nil
  ) throws -> Int {
    let limit = keepsImagesApart(limit, height, width) ? limit : 1
    return try batch(atMost: limit, within: byteCount) { scoreRequest($0, height, width) }
  }

  /// As ``batch(atMost:within:height:width:)`` for passes to a layer, which keep what the gradient needs.
  ///
  /// - Parameters:
  ///   - layer: the activation that is wanted.
  ///   - limit: the batch that is wanted.
  ///   - byteCount: the memory for the activations.
  /// - Returns: 1 to `limit`.
  /// - Throws: an ``InferenceError``, also where the machine has not the memory for one image.
  package func batch(
    ofPassesTo layer: NetworkStructure.Layer, atMost limit: Int, within byteCount: Int
  ) throws -> Int {
    let limit = keepsImagesApart(limit) ? limit : 1
    return try batch(atMost: limit, within: byteCount) { try passRequest(layer, $0) }
  }

  /// As ``batch(atMost:within:height:width:)`` for the part behind a layer.
  ///
  /// - Parameters:
  ///   - surroundings: the layer that is fed, and what else the part behind it takes.
  ///   - limit: the batch that is wanted.
  ///   - byteCount: the memory for the activations.
  /// - Returns: 1 to `limit`.
  /// - Throws: an ``InferenceError``, also where the machine has not the memory for one activation.
  package func batch(
    ofTailsFrom surroundings: LayerSurroundings, atMost limit: Int, within byteCount: Int
  ) throws -> Int {
    let limit = keepsImagesApart(limit) ? limit : 1
    return try batch(atMost: limit, within: byteCount) { try tailRequest(surroundings, $0) }
  }

  private func batch(
    atMost limit: Int, within byteCount: Int, _ request: (Int) throws -> PlanRequest
  ) throws -> Int {
    let one = try request(1)
    var batch = max(1, min(limit, bytesPerImage[one].map { byteCount / $0 } ?? limit))
    while batch > 1 {
      guard let request = try? request(batch), let needed = try? plan(request).arenaByteCount else {
        batch /= 2
        continue
      }
      // Of small batches more is padding: the smallest share is the best guess for the largest batch.
      bytesPerImage[one] = min(bytesPerImage[one] ?? .max, max(1, needed / batch))
      if needed <= byteCount { return batch }
      plans.remove(request)
      batch = max(1, min(batch - 1, byteCount / max(1, needed / batch)))
    }
    _ = try plan(one)
    return 1
  }

  private func scoreRequest(_ batch: Int, _ height: Int?, _ width: Int?) -> PlanRequest {
    PlanRequest(
      source: structure.input,
      inputShape: structure.inputShape(batch: batch, height: height, width: width),
      results: [structure.scores])
  }

  /// What the part of the network behind a layer takes besides the layer's maps: tokens of no place, and
  /// values that bypass the layer, as in a residual block.
  ///
  /// - Parameters:
  ///   - layer: the layer.
  ///   - input: values in the order of the network's axes, one image.
  /// - Returns: them, of this image; nothing is run where there are none.
  /// - Throws: an ``InferenceError``.
  package func surroundings(
    of layer: NetworkStructure.Layer, input: [Float]
  ) throws -> LayerSurroundings {
    let bypasses = structure.bypasses(of: layer)
    let hasStray = layer.view.strayTokens > 0
    guard hasStray || !bypasses.isEmpty else { return LayerSurroundings(layer: layer) }
    let plan = try plan(
      PlanRequest(
        source: structure.input, inputShape: structure.inputShape(batch: 1),
        results: bypasses + (hasStray ? [layer.value] : [])))
    try plan.run([input])
    var result = LayerSurroundings(layer: layer)
    for value in bypasses { result.values[value] = Array(plan.result(value)) }
    if hasStray { result.strayTokens = layer.view.strayTokens(of: Array(plan.result(layer.value))) }
    return result
  }

  /// The scores behind a layer for given activations.
  ///
  /// - Parameters:
  ///   - surroundings: the layer that is fed, and what else the part behind it takes.
  ///   - batch: how many activations.
  ///   - write: fills them in, row-major `[batch, K, h, w]`.
  /// - Returns: `[batch, classes]`.
  /// - Throws: an ``InferenceError``.
  package func tailScores(
    from surroundings: LayerSurroundings, batch: Int,
    _ write: (UnsafeMutableBufferPointer<Float>) throws -> Void
  ) throws -> [Float] {
    guard keepsImagesApart(batch) else {
      return try tailScoresOneByOne(from: surroundings, batch: batch, write)
    }
    let plan = try plan(try tailRequest(surroundings, batch))
    try plan.run(surroundings, write)
    return Array(plan.result(structure.scores))
  }

  private func tailScoresOneByOne(
    from surroundings: LayerSurroundings, batch: Int,
    _ write: (UnsafeMutableBufferPointer<Float>) throws -> Void
  ) throws -> [Float] {
    let count = surroundings.layer.view.elementsPerImage
    var maps = Array(repeating: Float(0), count: batch * count)
    try maps.withUnsafeMutableBufferPointer { try write($0) }
    return try (0..<batch).flatMap { place in
      try tailScores(from: surroundings, batch: 1) {
        _ = $0.update(fromContentsOf: maps[place * count..<(place + 1) * count])
      }
    }
  }

  func tailRequest(_ surroundings: LayerSurroundings, _ batch: Int) throws -> PlanRequest {
    let layer = surroundings.layer
    var request = PlanRequest(
      source: layer.value, inputShape: structure.inputShape(batch: batch),
      results: [structure.scores], maps: [layer.value: try view(of: layer, batch: batch)])
    for value in surroundings.values.keys {
      request.fixed[value] = structure.shaped.shapes[value] ?? []
    }
    return request
  }

  /// How a layer lies in memory in a batch.
  private func view(of layer: NetworkStructure.Layer, batch: Int) throws -> MapView {
    guard batch > 1 else { return layer.view }
    let inputShape = structure.inputShape(batch: batch)
    let known =
      try views[inputShape] ?? structure.mapViews(try shapedGraph(inputShape))
    views[inputShape] = known
    guard let view = known[layer.value], view.batch == batch else {
      throw InferenceError.library(
        operation: "running \(layer.name) for \(batch) images", status: "it has no batch axis")
    }
    return view
  }

  /// One image seen through: its scores, a layer's activation, and gradients on demand.
  ///
  /// The same input through the same layer again costs nothing.
  ///
  /// - Parameters:
  ///   - layer: the activation that is wanted.
  ///   - input: values in the order of the network's axes, one image.
  /// - Returns: the pass; it is valid until the next one through the same layer.
  /// - Throws: an ``InferenceError``.
  package func pass(to layer: NetworkStructure.Layer, input: [Float]) throws -> LayerPass {
    try pass(to: layer, images: [input], batch: 1)
  }

  /// Several images seen through at once, as one is.
  ///
  /// - Parameters:
  ///   - layer: the activation that is wanted.
  ///   - images: values in the order of the network's axes, at most a batch.
  ///   - batch: how many places the batch has.
  /// - Returns: the pass; it is valid until the next one of as many images through the same layer.
  /// - Throws: an ``InferenceError``.
  package func pass(
    to layer: NetworkStructure.Layer, images: [[Float]], batch: Int
  ) throws -> LayerPass {
    let isTogether = keepsImagesApart(batch)
    let plan = try plan(try passRequest(layer, isTogether ? batch : 1))
    guard isTogether else {
      return try LayerPass(
        plan: plan, layer: layer.value, scores: structure.scores, images: images, batch: batch)
    }
    try plan.run(images)
    return LayerPass(plan: plan, layer: layer.value, scores: structure.scores)
  }

  func passRequest(_ layer: NetworkStructure.Layer, _ batch: Int) throws -> PlanRequest {
    PlanRequest(
      source: structure.input, inputShape: structure.inputShape(batch: batch),
      results: [structure.scores, layer.value],
      gradient: GradientRequest(of: structure.scores, with: layer.value),
      maps: [layer.value: try view(of: layer, batch: batch)])
  }

  /// The time of every step of a forward pass, with the kernel that did it.
  ///
  /// - Parameter batch: how many inputs.
  /// - Returns: one entry a step, in order; times in seconds, the median of five runs.
  /// - Throws: an ``InferenceError``.
  package func profile(
    batch: Int
  ) throws -> [(node: String, implementation: String, seconds: Double)] {
    let plan = try plan(scoreRequest(batch, nil, nil))
    for _ in 0..<3 { try plan.run { $0.update(repeating: 0.5) } }
    let runs = try (0..<5).map { _ in try plan.profile() }
    return runs[0].indices.map { step in
      let times = runs.map { $0[step].seconds }.sorted()
      return (runs[0][step].node, runs[0][step].implementation, times[2])
    }
  }

  /// The plan for a request, made if there is none yet.
  func plan(_ request: PlanRequest) throws -> Plan {
    if let known = plans[request] { return known }
    let shaped = try shapedGraph(request.inputShape)
    let plan = try Plan(request, shaped: shaped, engine: engine, weights: weights)
    if plans.insert(plan) { weights.dropUnused() }
    return plan
  }

  private func shapedGraph(_ inputShape: [Int]) throws -> ShapedGraph {
    if let known = shaped[inputShape] { return known }
    let result = try ShapedGraph(structure.graph, inputShape: inputShape)
    shaped[inputShape] = result
    return result
  }
}
