import Inference

/// What a method works on: a network, an input, a layer and a class, on the network's thread.
struct Scene {
  let executor: Executor
  let layer: NetworkStructure.Layer
  /// The explained class.
  let classIndex: Int
  /// The scores of all classes.
  let scores: [Float]
  /// The input as planes `[3, H, W]`, whatever order the network takes.
  let planes: [Float]
  private let pass: LayerPass

  /// Runs the network up to its scores.
  ///
  /// - Parameters:
  ///   - executor: The network.
  ///   - planes: The input, `[3, H, W]`.
  ///   - input: The same values in the order of the network's axes.
  ///   - layer: The layer.
  ///   - classIndex: The class; nil for the one with the highest score.
  /// - Throws: an ``InferenceError``.
  init(
    _ executor: Executor, planes: [Float], input: [Float], layer: NetworkStructure.Layer,
    classIndex: Int?
  ) throws {
    self.executor = executor
    self.layer = layer
    self.planes = planes
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

  /// The class's score for changed activations: only the part behind the layer runs.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - write: Writes one of them, `[K, h, w]`.
  /// - Returns: `[count]`.
  /// - Throws: `CancellationError`, or an ``InferenceError``.
  func tailScores(
    count: Int, _ write: (Int, UnsafeMutableBufferPointer<Float>) -> Void
  ) throws -> [Float] {
    let batchSize = min(count, 32)
    let elements = layer.channels * area
    var result: [Float] = []
    for start in stride(from: 0, to: count, by: max(1, batchSize)) {
      try Task.checkCancellation()
      let range = start..<min(start + batchSize, count)
      let scores = try executor.tailScores(from: layer, batch: batchSize) { input in
        for index in range {
          let place = (index - start) * elements
          write(index, UnsafeMutableBufferPointer(rebasing: input[place..<place + elements]))
        }
      }
      let classes = self.scores.count
      result += range.map { scores[($0 - start) * classes + classIndex] }
    }
    return result
  }
}
