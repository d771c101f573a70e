import Foundation
import Inference

/// C classes, each by itself (multi-label, ordinal): scores are the values before the sigmoid.
///
///     f_c = z_c        p_c = 1 / (1 + exp(-z_c)), or min(1, max(0, alpha z_c + beta))
struct SigmoidHead: HeadDefinition {
  static let name = "sigmoid"

  let classCount: Int
  let curve: SigmoidCurve

  static func head(for clues: HeadClues) -> SigmoidHead? {
    guard let curve = SigmoidCurve(clues) else { return nil }
    return SigmoidHead(classCount: clues.valueCount, curve: curve)
  }

  var words: String {
    classCount == 1
      ? "\(curve.words): one class, its score is taken before it"
      : "\(curve.words): every class by itself, scores are taken before it; probabilities do not"
        + " sum to 1"
  }

  var text: HeadText {
    HeadText(
      listTitle: classCount == 1 ? "Class" : "Classes (sum is not 1)",
      lesson: "A sigmoid turns each score into a probability by itself; they do not add up to 1.",
      formula: "p_c = 1 / (1 + exp(-f_c))",
      plainFormula: "p_c = 1 / (1 + exp(-f_c))")
  }

  func probabilities(_ row: [Float]) -> [Float] { row.map(curve.value) }
}

/// The curve that makes one value a probability.
enum SigmoidCurve: Hashable, Sendable {
  case logistic
  case hard(alpha: Float, beta: Float)

  /// The curve that a model's end has, or that somebody says it has; nil for none.
  init?(_ clues: HeadClues) {
    switch (clues.wanted, clues.ending) {
    case (nil, .sigmoid): self = .logistic
    case (nil, .hardSigmoid(let alpha, let beta)), (.sigmoid, .hardSigmoid(let alpha, let beta)):
      self = .hard(alpha: alpha, beta: beta)
    case (.sigmoid, _): self = .logistic
    case (.logits, _) where clues.valueCount == 1: self = .logistic
    case (nil, .none) where clues.problemType == .multiLabel: self = .logistic
    // A lone logit is a class: the rule of transformers' pipeline.
    case (nil, .none) where clues.valueCount == 1: self = .logistic
    default: return nil
    }
  }

  /// Its name.
  var words: String {
    switch self {
    case .logistic: "sigmoid"
    case .hard: "hard sigmoid"
    }
  }

  /// The probability of a value.
  func value(_ score: Float) -> Float {
    switch self {
    case .logistic: Float(1 / (1 + Foundation.exp(-Double(score))))
    case .hard(let alpha, let beta): min(1, max(0, alpha * score + beta))
    }
  }
}
