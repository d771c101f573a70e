/// What somebody says of a model's scores against, or beyond, what its files say.
public struct ModelOverrides: Sendable, Hashable {
  /// The name of the output that holds the scores; nil to find it.
  public var scores: String?
  /// What the output means; nil to find it.
  public var head: HeadChoice?

  /// Overrides.
  ///
  /// - Parameters:
  ///   - scores: The name of the output that holds the scores; nil to find it.
  ///   - head: What the output means; nil to find it.
  public init(scores: String? = nil, head: HeadChoice? = nil) {
    (self.scores, self.head) = (scores, head)
  }
}
