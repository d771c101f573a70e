/// One image seen through, with the matrices of its self-attentions.
package struct AttentionPass: Sendable {
  /// The scores, before a final softmax.
  package let scores: [Float]
  /// Of each attention `[heads, tokens, tokens]`: how much of each token (column) a token (row) takes.
  package let matrices: [[Float]]
  /// The derivative of the score with respect to each; empty where it was not asked for.
  package let gradients: [[Float]]
}

extension Executor {
  /// Sees one image through and keeps the matrices of its self-attentions.
  ///
  /// Cost: a forward pass, and where a sum of scores is named one backward pass to the first of them.
  ///
  /// - Parameters:
  ///   - attentions: those of ``NetworkStructure/attentions`` that are wanted, in their order.
  ///   - input: values in the order of the network's axes, one image.
  ///   - seed: the weight of every score in the sum whose derivatives are wanted; nil for none.
  /// - Returns: the matrices.
  /// - Throws: an ``InferenceError``.
  package func pass(
    through attentions: [SelfAttention], input: [Float], seed: [Float]?
  ) throws -> AttentionPass {
    let values = attentions.map(\.value)
    var request = PlanRequest(
      source: structure.input, inputShape: structure.inputShape(batch: 1),
      results: [structure.scores] + values)
    if seed != nil, let first = values.first {
      request.gradient = GradientRequest(
        of: structure.scores, with: first, behind: Array(values.dropFirst()))
    }
    let plan = try plan(request)
    try plan.run([input])
    var gradients: [[Float]] = []
    if let seed {
      gradients.append(Array(try plan.runGradient(seeds: [seed])))
      gradients += values.dropFirst().map { Array(plan.gradientBehind($0)) }
    }
    return AttentionPass(
      scores: Array(plan.result(structure.scores)), matrices: values.map { Array(plan.result($0)) },
      gradients: gradients)
  }
}
