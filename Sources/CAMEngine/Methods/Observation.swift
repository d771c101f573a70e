import Inference

/// What one forward pass, and one backward pass where a method wants it, say of an input at a layer.
/// Methods that need no more share it.
struct Observation: Sendable {
  let layer: NetworkStructure.Layer
  /// What is explained.
  let target: Target
  /// What the network gives for the input, before it is read by the head.
  let row: [Float]
  /// The layer's activation A, `[K, h, w]`.
  let activation: [Float]
  /// The derivative of the target's score with respect to A, `[K, h, w]`; empty where no method wants
  /// it.
  let gradient: [Float]
  /// The time of the passes.
  let seconds: Double

  /// Runs the network, on its thread.
  ///
  /// - Parameters:
  ///   - executor: The network.
  ///   - input: The input in the order of the network's axes.
  ///   - layer: The layer.
  ///   - head: How the network's values are read.
  ///   - target: What is explained; nil for the class with the highest score.
  ///   - hasGradient: Whether the network also runs backward.
  /// - Throws: An ``InferenceError``.
  init(
    _ executor: Executor, input: [Float], layer: NetworkStructure.Layer, head: Head,
    target: Target?, hasGradient: Bool
  ) throws {
    let start = ContinuousClock.now
    let pass = try executor.pass(to: layer, input: input)
    PassCounter.current?.add(Passes(forward: 1))
    let row = pass.scoreValues
    let target = target ?? head.highest(row, among: [])
    self.layer = layer
    self.row = row
    self.target = target
    activation = pass.activation
    if hasGradient {
      gradient = try pass.gradient(seeds: [head.seed(of: target, in: row)])
      try Self.checkReach(pass, layer, executor.structure)
      PassCounter.current?.add(Passes(forward: 0, backward: 1))
    } else {
      gradient = []
    }
    seconds = (ContinuousClock.now - start) / .seconds(1)
  }

  /// Runs the network on several inputs at once, on its thread.
  ///
  /// The network always runs on as many images as the batch has place for, so that what is found of an input
  /// does not depend on the others, nor on how many there are.
  ///
  /// - Parameters:
  ///   - executor: The network.
  ///   - inputs: At most a batch, each in the order of the network's axes.
  ///   - batchSize: The batch's places.
  ///   - layer: The layer.
  ///   - head: How the network's values are read.
  ///   - candidates: Of each input the targets that may be explained: the one with the highest score is;
  ///     empty for all classes.
  ///   - hasGradient: Whether the network also runs backward.
  /// - Returns: One observation an input.
  /// - Throws: An ``InferenceError``.
  static func batch(
    _ executor: Executor, inputs: [[Float]], batchSize: Int, layer: NetworkStructure.Layer,
    head: Head, candidates: [[Target]], hasGradient: Bool
  ) throws -> [Observation] {
    let start = ContinuousClock.now
    let pass = try executor.pass(to: layer, images: inputs, batch: batchSize)
    let rows = Array(head.rows(pass.scoreValues).prefix(inputs.count))
    let targets = zip(rows, candidates).map { head.highest($0, among: $1) }
    let area = layer.channels * layer.height * layer.width
    let activations = parts(pass.activation, of: area, count: inputs.count)
    let seeds = zip(targets, rows).map { head.seed(of: $0, in: $1) }
    let gradients =
      hasGradient ? parts(try pass.gradient(seeds: seeds), of: area, count: inputs.count) : []
    if hasGradient { try checkReach(pass, layer, executor.structure) }
    let seconds = (ContinuousClock.now - start) / .seconds(1) / Double(inputs.count)
    return inputs.indices.map { index in
      Observation(
        layer: layer, target: targets[index], row: rows[index],
        activation: activations[index], gradient: hasGradient ? gradients[index] : [],
        seconds: seconds)
    }
  }

  private init(
    layer: NetworkStructure.Layer, target: Target, row: [Float], activation: [Float],
    gradient: [Float], seconds: Double
  ) {
    self.layer = layer
    self.target = target
    self.row = row
    self.activation = activation
    self.gradient = gradient
    self.seconds = seconds
  }

  /// Refuses a layer whose places the scores do not depend on any more.
  private static func checkReach(
    _ pass: LayerPass, _ layer: NetworkStructure.Layer, _ structure: NetworkStructure
  ) throws {
    guard pass.reachedStrayTokensAlone else { return }
    let other = structure.defaultLayer.flatMap { $0.value == layer.value ? nil : $0.name }
    throw ModelError(
      .request,
      "The gradient at the layer \(layer.name) is zero at every place: behind the last attention the"
        + " scores read the class token alone; \(other ?? "a layer before it") was expected.")
  }

  private static func parts(_ values: [Float], of size: Int, count: Int) -> [[Float]] {
    (0..<count).map { Array(values[$0 * size..<($0 + 1) * size]) }
  }
}
