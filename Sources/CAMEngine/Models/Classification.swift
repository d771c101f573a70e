/// What a network says of an image.
public struct Classification: Sendable, Equatable {
  /// What it says of one class, or of another target.
  public struct ClassScore: Sendable, Equatable {
    /// What it is about.
    public let target: Target
    /// The class's label, or `class 17` where the model has none.
    public let label: String
    /// The class's score; of a value that one asks less of, the value itself.
    public let score: Float
    /// The class's probability, 0 to 1; nil where the model gives none.
    public let probability: Float?

    /// The class, by its index in the model's scores.
    public var index: Int { target.classIndex }
  }

  /// How the model's values are read.
  public let head: Head
  /// The scores of all classes, before the last activation.
  public let scores: [Float]
  /// The probabilities of all classes; nil where the model gives none.
  public let probabilities: [Float]?
  private let labels: Labels

  /// - Parameters:
  ///   - row: What the network gives for the image.
  ///   - head: How that is read.
  ///   - labels: The names of the classes.
  init(_ row: [Float], head: Head, labels: Labels) {
    self.head = head
    self.labels = labels
    scores = head.scores(row)
    probabilities = head.probabilities(row)
  }

  /// The most probable classes, best first.
  ///
  /// - Parameter count: How many; fewer when the model has fewer classes.
  /// - Returns: Classes in descending order of their scores; equal ones by index.
  public func top(_ count: Int) -> [ClassScore] {
    let order = scores.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }
    return order.prefix(max(0, count)).map { self[.ofClass($0)] }
  }

  /// One target; traps outside of the model's classes.
  ///
  /// - Parameter target: The target.
  public subscript(target: Target) -> ClassScore {
    let index = target.classIndex
    return ClassScore(
      target: target, label: labels.label(at: index), score: scores[index],
      probability: probabilities?[index])
  }
}
