@testable import CAMEngine

/// A classifier whose probability can be worked out by hand: the sum of weight times value.
struct LinearClassifier: ClassProbabilities {
  let weights: [Float]

  func probabilities(
    count: Int, _ write: (Int, UnsafeMutableBufferPointer<Float>) -> Void
  ) -> [Float] {
    (0..<count).map { index in
      var input = Array(repeating: Float.nan, count: weights.count)
      input.withUnsafeMutableBufferPointer { write(index, $0) }
      return zip(weights, input).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }
}
