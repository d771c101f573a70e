import Inference

/// What one forward pass, and one backward pass where a method wants it, say of an input at a layer.
/// Methods that need no more share it.
struct Observation: Sendable {
  let layer: NetworkStructure.Layer
  /// The explained class.
  let classIndex: Int
  /// The scores of all classes.
  let scores: [Float]
  /// The layer's activation A, `[K, h, w]`.
  let activation: [Float]
  /// The derivative of the class's score with respect to A, `[K, h, w]`; empty where no method wants
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
  ///   - classIndex: The class; nil for the one with the highest score.
  ///   - hasGradient: Whether the network also runs backward.
  /// - Throws: An ``InferenceError``.
  init(
    _ executor: Executor, input: [Float], layer: NetworkStructure.Layer, classIndex: Int?,
    hasGradient: Bool
  ) throws {
    let start = ContinuousClock.now
    let pass = try executor.pass(to: layer, input: input)
    PassCounter.current?.add(Passes(forward: 1))
    let scores = pass.scoreValues
    let highest = scores.indices.max { (scores[$0], $1) < (scores[$1], $0) }
    let target = classIndex ?? highest ?? 0
    self.layer = layer
    self.scores = scores
    self.classIndex = target
    activation = pass.activation
    if hasGradient {
      gradient = try pass.gradient(ofScore: target)
      PassCounter.current?.add(Passes(forward: 0, backward: 1))
    } else {
      gradient = []
    }
    seconds = (ContinuousClock.now - start) / .seconds(1)
  }
}
