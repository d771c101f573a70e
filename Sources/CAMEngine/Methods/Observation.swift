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
    let target = classIndex ?? Self.highest(scores, among: [])
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
  ///   - candidates: Of each input the classes that may be explained: the one with the highest score is;
  ///     empty for all classes.
  ///   - hasGradient: Whether the network also runs backward.
  /// - Returns: One observation an input.
  /// - Throws: An ``InferenceError``.
  static func batch(
    _ executor: Executor, inputs: [[Float]], batchSize: Int, layer: NetworkStructure.Layer,
    candidates: [[Int]], hasGradient: Bool
  ) throws -> [Observation] {
    let start = ContinuousClock.now
    let pass = try executor.pass(to: layer, images: inputs, batch: batchSize)
    let classCount = executor.structure.classCount
    let scores = parts(pass.scoreValues, of: classCount, count: inputs.count)
    let targets = zip(scores, candidates).map { highest($0, among: $1) }
    let area = layer.channels * layer.height * layer.width
    let activations = parts(pass.activation, of: area, count: inputs.count)
    let gradients =
      hasGradient ? parts(try pass.gradient(ofScores: targets), of: area, count: inputs.count) : []
    let seconds = (ContinuousClock.now - start) / .seconds(1) / Double(inputs.count)
    return inputs.indices.map { index in
      Observation(
        layer: layer, classIndex: targets[index], scores: scores[index],
        activation: activations[index], gradient: hasGradient ? gradients[index] : [],
        seconds: seconds)
    }
  }

  private init(
    layer: NetworkStructure.Layer, classIndex: Int, scores: [Float], activation: [Float],
    gradient: [Float], seconds: Double
  ) {
    self.layer = layer
    self.classIndex = classIndex
    self.scores = scores
    self.activation = activation
    self.gradient = gradient
    self.seconds = seconds
  }

  /// The class with the highest score, of equal ones the first; of all classes where there are no candidates.
  private static func highest(_ scores: [Float], among candidates: [Int]) -> Int {
    let possible = candidates.isEmpty ? Array(scores.indices) : candidates
    return possible.max { (scores[$0], $1) < (scores[$1], $0) } ?? 0
  }

  private static func parts(_ values: [Float], of size: Int, count: Int) -> [[Float]] {
    (0..<count).map { Array(values[$0 * size..<($0 + 1) * size]) }
  }
}
