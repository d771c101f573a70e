@testable import Inference

extension Plan {
  /// The gradient of one score of every image of the batch.
  func runGradient(ofScore score: Int) throws -> UnsafeBufferPointer<Float> {
    var seed = Array(repeating: Float(0), count: scoreCount)
    seed[score] = 1
    return try runGradient(
      seeds: Array(repeating: seed, count: request.inputShape.first ?? 1))
  }
}

extension LayerPass {
  /// The gradient of one score of one image.
  func gradient(ofScore score: Int) throws -> [Float] {
    var seed = Array(repeating: Float(0), count: plan.scoreCount)
    seed[score] = 1
    return try gradient(seeds: [seed])
  }
}
