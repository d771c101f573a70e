/// What metrics ask of a network: the probability of the explained class for changed inputs.
protocol ClassProbabilities {
  /// The class's probability for inputs.
  ///
  /// - Parameters:
  ///   - count: How many inputs.
  ///   - write: Writes an input, planes first; called once for each, in order.
  /// - Returns: `[count]`, 0 to 1.
  /// - Throws: `CancellationError`, or an ``InferenceError``.
  func probabilities(
    count: Int, _ write: (Int, UnsafeMutableBufferPointer<Float>) -> Void
  ) throws -> [Float]
}

extension ClassProbabilities {
  /// The class's probability for an input whose planes are multiplied by a mask.
  ///
  /// - Parameters:
  ///   - input: `[planes, height, width]`, normalised: what the mask hides becomes zero there.
  ///   - mask: `[height, width]`, 0 to 1.
  /// - Returns: 0 to 1.
  /// - Throws: `CancellationError`, or an ``InferenceError``.
  func masked(_ input: [Float], by mask: [Float]) throws -> Float {
    let probabilities = try probabilities(count: 1) { _, place in
      input.withUnsafeBufferPointer { input in
        mask.withUnsafeBufferPointer { MaskEnlargement.multiply(input, by: $0, into: place) }
      }
    }
    return probabilities[0]
  }
}
