/// What a graph does to the scores before they come out.
package enum ScoreEnding: Sendable, Hashable {
  /// Nothing that is recognised.
  case none
  /// A softmax, or its logarithm.
  case softmax
  /// A sigmoid of every score.
  case sigmoid
  /// `min(1, max(0, alpha x + beta))` of every score.
  case hardSigmoid(alpha: Float, beta: Float)
  /// `max(0, x)`; the scores are taken behind it.
  case rectified
  /// What comes out are probabilities with no single score behind each, such as a mean of softmaxes; the
  /// scores are what comes out. `divisor` makes them 0 to 1, as 100 does with percent; `sumsToOne` says
  /// whether they are known to sum to 1 then; `isExclusive` whether they are of softmaxes, and not of
  /// sigmoids.
  case probabilities(divisor: Float, sumsToOne: Bool, isExclusive: Bool)
}
