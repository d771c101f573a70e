import Foundation
import Inference

/// Probabilities that come out without one logit behind each, such as the mean of several softmaxes (an
/// ensemble), or of several sigmoids.
///
///     f_c = log p_c    df_c / dp_c = 1 / p_c
///     f_c = log(p_c / (1 - p_c))    df_c / dp_c = 1 / (p_c (1 - p_c))    of sigmoids
struct MeanProbabilityHead: HeadDefinition {
  static let name = "log-probability"

  let classCount: Int
  /// What makes the values 0 to 1, such as 100 for percent.
  let divisor: Float
  let sumsToOne: Bool
  /// Whether the probabilities are of softmaxes, and not of sigmoids.
  let isExclusive: Bool

  /// Where a probability is not told from 0; and from 1, in float32.
  private static let least = Float.leastNormalMagnitude
  private static let leastRest = Float.ulpOfOne

  static func head(for clues: HeadClues) -> MeanProbabilityHead? {
    guard case .probabilities(let divisor, let sumsToOne, let isExclusive) = clues.ending,
      clues.wanted == nil || clues.wanted == (isExclusive ? .softmax : .sigmoid)
    else { return nil }
    return MeanProbabilityHead(
      classCount: clues.valueCount, divisor: divisor, sumsToOne: sumsToOne,
      isExclusive: isExclusive)
  }

  var words: String {
    isExclusive
      ? "probabilities without one logit each, such as a mean of softmaxes: scores are their logarithms"
      : "probabilities without one logit each, such as a mean of sigmoids: scores are their log-odds"
  }

  var text: HeadText {
    HeadText(
      listTitle: sumsToOne ? "Classes" : "Classes (sum is not 1)",
      lesson: "What comes out are probabilities; their logarithms are the scores.",
      formula: isExclusive ? "f_c = log p_c" : "f_c = log(p_c / (1 - p_c))",
      plainFormula: isExclusive ? "f_c = log p_c" : "f_c = log(p_c / (1 - p_c))")
  }

  func scores(_ row: [Float]) -> [Float] {
    probabilities(row).map { probability in
      let logarithm = Foundation.log(Double(max(probability, Self.least)))
      guard !isExclusive else { return Float(logarithm) }
      return Float(logarithm - Foundation.log(Double(max(1 - probability, Self.leastRest))))
    }
  }

  func probabilities(_ row: [Float]) -> [Float] { row.map { $0 / divisor } }

  func seed(_ weights: [Float], _ row: [Float]) -> [Float] {
    zip(weights, probabilities(row)).map { weight, probability in
      guard weight != 0 else { return 0 }
      let rest = isExclusive ? 1 : max(1 - probability, Self.leastRest)
      return weight / (max(probability, Self.least) * rest * divisor)
    }
  }
}
