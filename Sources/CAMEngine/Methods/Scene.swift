import Inference

/// What a method works on: a network, and what it said of an input at a layer. Lives on the network's
/// thread.
struct Scene {
  let executor: Executor
  /// How the network's values are read.
  let head: Head
  /// The input as planes `[3, H, W]`, whatever order the network takes.
  let planes: [Float]
  /// The same in the order of the network's axes.
  let values: [Float]
  /// What the network said.
  let observation: Observation

  /// The layer.
  var layer: NetworkStructure.Layer { observation.layer }
  /// What is explained.
  var target: Target { observation.target }
  /// The target's score for the input.
  var score: Float { head.score(of: target, in: observation.row) }
  /// How certain the network is of the target, from what it gives for an input.
  var confidence: Confidence { Confidence(head: head, target: target, reference: score) }
  /// The layer's activation A, `[K, h, w]`.
  var activation: [Float] { observation.activation }
  /// The derivative of the target's score with respect to A, `[K, h, w]`; only for methods whose cost
  /// has a backward pass.
  var gradient: [Float] { observation.gradient }
  /// The number of places of one channel.
  var area: Int { layer.height * layer.width }

  /// The target's score for changed activations: only the part behind the layer runs.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - settings: How many at once, and the memory that they may take.
  ///   - write: Writes one of them, `[K, h, w]`.
  /// - Returns: `[count]`.
  /// - Throws: `CancellationError`, or an ``InferenceError``.
  func tailScores(
    count: Int, _ settings: MethodSettings,
    _ write: (Int, UnsafeMutableBufferPointer<Float>) -> Void
  ) throws -> [Float] {
    guard count > 0 else { return [] }
    let surroundings = try executor.surroundings(of: layer, input: values)
    let limit =
      settings.memoryLimit ?? (settings.batchSize == nil ? MaskScoring.memoryLimit : Int.max)
    let wanted = MaskScoring.even(count, settings.batchSize ?? MaskScoring.largestBatch)
    let batchSize = MaskScoring.even(
      count, try executor.batch(ofTailsFrom: surroundings, atMost: wanted, within: limit))
    let elements = layer.channels * area
    var result: [Float] = []
    for start in stride(from: 0, to: count, by: batchSize) {
      try Task.checkCancellation()
      let range = start..<min(start + batchSize, count)
      let scores = try executor.tailScores(from: surroundings, batch: batchSize) { input in
        for index in range {
          let place = (index - start) * elements
          write(index, UnsafeMutableBufferPointer(rebasing: input[place..<place + elements]))
        }
      }
      result += head.rows(scores).prefix(range.count).map { head.score(of: target, in: $0) }
      PassCounter.current?.add(Passes(forward: 0, tail: range.count))
    }
    return result
  }
}
