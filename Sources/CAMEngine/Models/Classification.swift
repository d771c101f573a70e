import Foundation

/// What a network says of an image.
public struct Classification: Sendable, Equatable {
  /// One class's result.
  public struct ClassScore: Sendable, Equatable {
    /// The class, by its index in the model's output.
    public let index: Int
    /// Its label, or `class 17` where the model has none.
    public let label: String
    /// The score before softmax.
    public let score: Float
    /// The probability, 0 to 1.
    public let probability: Float
  }

  /// The scores of all classes, before softmax.
  public let scores: [Float]
  /// The probabilities: softmax of the scores.
  public let probabilities: [Float]
  private let labels: Labels

  init(scores: [Float], labels: Labels) {
    self.scores = scores
    self.labels = labels
    probabilities = Self.softmax(scores)
  }

  /// The most probable classes, best first.
  ///
  /// - Parameter count: How many; fewer when the model has fewer classes.
  /// - Returns: Classes in descending order of their scores; equal ones by index.
  public func top(_ count: Int) -> [ClassScore] {
    let order = scores.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }
    return order.prefix(max(0, count)).map { self[$0] }
  }

  /// One class; traps outside of the model's classes.
  ///
  /// - Parameter index: The class.
  public subscript(index: Int) -> ClassScore {
    ClassScore(
      index: index, label: labels.label(at: index), score: scores[index],
      probability: probabilities[index])
  }

  /// `exp(x - max) / sum exp(x - max)`.
  static func softmax(_ scores: [Float]) -> [Float] {
    let highest = scores.max() ?? 0
    let exponentials = scores.map { Foundation.exp(Double($0 - highest)) }
    let sum = exponentials.reduce(0, +)
    return exponentials.map { Float($0 / sum) }
  }
}
