import Foundation
import Inference

/// One of C classes: scores are the values before the softmax.
///
///     f_c = z_c        p_c = exp(z_c) / sum_i exp(z_i)
struct SoftmaxHead: HeadDefinition {
  static let name = "softmax"

  let classCount: Int
  /// Whether the graph itself has the softmax.
  let isInGraph: Bool
  let sumsToOne = true

  static func head(for clues: HeadClues) -> SoftmaxHead? {
    SoftmaxHead(classCount: clues.valueCount, isInGraph: clues.ending == .softmax)
  }

  var words: String {
    isInGraph
      ? "softmax: scores are taken before it, probabilities are its own"
      : "logits: scores as they come out, probabilities are their softmax"
  }

  var text: HeadText {
    HeadText(
      lesson: "Softmax turns scores into probabilities, which add up to 1.",
      formula: "p_c = exp(f_c) / Σ_j exp(f_j)",
      plainFormula: "p_c = exp(f_c) / sum_j exp(f_j)")
  }

  func probabilities(_ row: [Float]) -> [Float] { softmax(row) }
}

/// `exp(x - max) / sum exp(x - max)`.
///
/// - Parameter values: x.
/// - Returns: As many values, which sum to 1.
func softmax(_ values: [Float]) -> [Float] {
  let highest = values.max() ?? 0
  let exponentials = values.map { Foundation.exp(Double($0 - highest)) }
  let sum = exponentials.reduce(0, +)
  return exponentials.map { Float($0 / sum) }
}
