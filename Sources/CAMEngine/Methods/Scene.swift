internal import Inference

/// What a method works on: a network, an input, a layer and a class, on the network's thread.
struct Scene {
  let executor: Executor
  let layer: NetworkStructure.Layer
  /// The explained class.
  let classIndex: Int
  /// The scores of all classes.
  let scores: [Float]
  private let pass: LayerPass

  /// Runs the network up to its scores.
  ///
  /// - Parameters:
  ///   - executor: The network.
  ///   - input: Values in the order of the network's axes.
  ///   - layer: The layer.
  ///   - classIndex: The class; nil for the one with the highest score.
  init(
    _ executor: Executor, input: [Float], layer: NetworkStructure.Layer, classIndex: Int?
  ) throws {
    self.executor = executor
    self.layer = layer
    pass = try executor.pass(to: layer, input: input)
    let scores = pass.scoreValues
    self.scores = scores
    let highest = scores.indices.max { (scores[$0], $1) < (scores[$1], $0) }
    self.classIndex = classIndex ?? highest ?? 0
  }

  /// The layer's activation A, `[K, h, w]`.
  var activation: [Float] { pass.activation }

  /// The derivative of the class's score with respect to A, `[K, h, w]`.
  func gradient() throws -> [Float] { try pass.gradient(ofScore: classIndex) }

  /// The number of places of one channel.
  var area: Int { layer.height * layer.width }
}
