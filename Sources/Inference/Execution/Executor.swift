/// Runs a network forward, and backward from a score to an activation.
///
/// Plans are made on demand and kept: one for each batch size, set of wanted layers and gradient.
/// Belongs to the thread that made it.
package final class Executor {
  /// The network.
  package let structure: NetworkStructure
  private let engine: OneDNNEngine
  private let weights: WeightStore
  private var plans: [PlanRequest: TunedPlan] = [:]
  private var shaped: [[Int]: ShapedGraph] = [:]

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
  ///   - write: fills them in, row-major `[batch, 3, height, width]`.
  /// - Returns: `[batch, classes]`, before a final softmax.
  /// - Throws: an ``InferenceError``.
  package func scores(
    batch: Int, _ write: (UnsafeMutableBufferPointer<Float>) throws -> Void
  ) throws -> [Float] {
    let request = PlanRequest(
      source: structure.input, sourceShape: structure.inputShape(batch: batch),
      results: [structure.scores])
    let plan = try plan(request).run(write)
    return Array(plan.result(structure.scores))
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
    let request = PlanRequest(
      source: structure.input, sourceShape: structure.inputShape(batch: 1),
      results: [structure.scores, layer.value],
      gradient: GradientRequest(of: structure.scores, with: layer.value),
      channelsLast: layer.isChannelsLast ? [layer.value] : [])
    let plan = try plan(request).run(input)
    return LayerPass(plan: plan, layer: layer.value, scores: structure.scores)
  }

  /// The time of every step of a forward pass, with the kernel that did it.
  ///
  /// - Parameter batch: how many inputs.
  /// - Returns: one entry a step, in order; times in seconds, the median of five runs.
  /// - Throws: an ``InferenceError``.
  package func profile(
    batch: Int
  ) throws -> [(node: String, implementation: String, seconds: Double)] {
    let request = PlanRequest(
      source: structure.input, sourceShape: structure.inputShape(batch: batch),
      results: [structure.scores])
    let tuned = try plan(request)
    var plan = try tuned.run { $0.update(repeating: 0.5) }
    for _ in 0..<12 { plan = try tuned.run { $0.update(repeating: 0.5) } }
    let runs = try (0..<5).map { _ in try plan.profile() }
    return runs[0].indices.map { step in
      let times = runs.map { $0[step].seconds }.sorted()
      return (runs[0][step].node, runs[0][step].implementation, times[2])
    }
  }

  /// The plan for a request, made if there is none yet.
  func plan(_ request: PlanRequest) throws -> TunedPlan {
    if let known = plans[request] { return known }
    let shaped = try shapedGraph(request.sourceShape, source: request.source)
    let (engine, weights) = (engine, weights)
    let plan = try TunedPlan(request, convolutions: shaped.winogradCandidates) { request in
      let plan = try Plan(request, shaped: shaped, engine: engine, weights: weights)
      weights.dropUnused()
      return plan
    }
    plans[request] = plan
    return plan
  }

  private func shapedGraph(_ shape: [Int], source: ValueID) throws -> ShapedGraph {
    let inputShape =
      source == structure.input ? shape : structure.inputShape(batch: shape.first ?? 1)
    if let known = shaped[inputShape] { return known }
    let result = try ShapedGraph(structure.graph, inputShape: inputShape)
    shaped[inputShape] = result
    return result
  }
}

/// A forward pass that stopped at a layer on its way, and can be run backward.
package struct LayerPass {
  let plan: Plan
  let layer: ValueID
  let scores: ValueID

  /// The scores, before a final softmax.
  package var scoreValues: [Float] { Array(plan.result(scores)) }

  /// The layer's activation `[channels, height, width]`.
  package var activation: [Float] { Array(plan.result(layer)) }

  /// The derivative of a score with respect to the activation.
  ///
  /// - Parameter score: the class.
  /// - Returns: `[channels, height, width]`.
  /// - Throws: ``InferenceError/library(operation:status:)``.
  package func gradient(ofScore score: Int) throws -> [Float] {
    Array(try plan.runGradient(ofScore: score))
  }
}
