/// What is explained: a sum of a model's scores, each with a weight.
///
/// A class is its own score. Of a single value, "more" is the value and "less" its negative.
public struct Target: Sendable, Hashable {
  /// One score of the sum.
  public struct Term: Sendable, Hashable {
    /// The class, by its index in the model's scores.
    public let index: Int
    /// How much its score counts.
    public let weight: Float
  }

  /// The class that it speaks of: its label and its probability belong to the target.
  public let classIndex: Int
  /// The scores that it takes, not empty.
  public let terms: [Term]

  /// A class, or more of a value.
  ///
  /// - Parameter index: Its index in the model's scores.
  /// - Returns: The target.
  public static func ofClass(_ index: Int) -> Target {
    Target(classIndex: index, terms: [Term(index: index, weight: 1)])
  }

  /// Less of a value: what lowers its score.
  ///
  /// - Parameter index: Its index in the model's scores.
  /// - Returns: The target.
  public static func less(of index: Int) -> Target {
    Target(classIndex: index, terms: [Term(index: index, weight: -1)])
  }

  /// Whether it asks what lowers the score that it is named after.
  public var isLess: Bool { terms.contains { $0.index == classIndex && $0.weight < 0 } }

  /// Its score.
  ///
  /// - Parameter scores: The scores of all classes.
  /// - Returns: `sum_i weight_i score_i`.
  func score(in scores: [Float]) -> Float {
    terms.reduce(0) { $0 + $1.weight * scores[$1.index] }
  }
}
