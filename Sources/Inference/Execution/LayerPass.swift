/// A forward pass that stopped at a layer on its way, and can be run backward. All values are row-major,
/// the images of the batch one after another.
package struct LayerPass {
  let plan: Plan
  let layer: ValueID
  let scores: ValueID
  /// The images that went through the plan one by one, and what they gave; nil where they went
  /// through it together.
  private let single: SinglePasses?

  private struct SinglePasses {
    var images: [[Float]]
    var batch: Int
    var scores: [Float] = []
    var activation: [Float] = []
  }

  init(plan: Plan, layer: ValueID, scores: ValueID) {
    (self.plan, self.layer, self.scores) = (plan, layer, scores)
    single = nil
  }

  /// Runs images one by one through a plan for one image.
  ///
  /// - Throws: an ``InferenceError``.
  init(plan: Plan, layer: ValueID, scores: ValueID, images: [[Float]], batch: Int) throws {
    (self.plan, self.layer, self.scores) = (plan, layer, scores)
    var single = SinglePasses(images: images, batch: batch)
    for image in images {
      try plan.run([image])
      single.scores += plan.result(scores)
      single.activation += plan.result(layer)
    }
    let missing = max(0, batch - images.count)
    single.scores += Array(repeating: 0, count: missing * plan.result(scores).count)
    single.activation += Array(repeating: 0, count: missing * plan.result(layer).count)
    self.single = single
  }

  /// The scores, before a final softmax.
  package var scoreValues: [Float] { single?.scores ?? Array(plan.result(scores)) }

  /// The layer's activation, `[channels, height, width]` an image.
  package var activation: [Float] { single?.activation ?? Array(plan.result(layer)) }

  /// Whether the last derivative was zero at every place of the grid, and not at the class token or others
  /// of no place: behind the last attention the score reads no more than them.
  package var reachedStrayTokensAlone: Bool { plan.reachedStrayTokensAlone }

  /// The derivatives of a weighted sum of each image's scores with respect to its activation.
  ///
  /// - Parameter seeds: of each image the weight of every score; there may be fewer than images.
  /// - Returns: `[batch, channels, height, width]`.
  /// - Throws: ``InferenceError/library(operation:status:)``.
  package func gradient(seeds: [[Float]]) throws -> [Float] {
    guard let single else { return Array(try plan.runGradient(seeds: seeds)) }
    var gradients: [Float] = []
    for (image, seed) in zip(single.images, seeds) {
      try plan.run([image])
      gradients += try plan.runGradient(seeds: [seed])
    }
    let missing = max(0, single.batch * plan.result(layer).count - gradients.count)
    return gradients + Array(repeating: 0, count: missing)
  }
}
