/// How far the making of a map is.
public struct ExplanationProgress: Sendable, Equatable {
  /// The method.
  public let method: Method
  /// The layer.
  public let layer: Layer
  /// The passes run so far for it, of whatever kind. Those that it shares with other methods are not
  /// counted.
  public let done: Int
  /// The passes that it takes, at most.
  public let total: Int
  /// The time so far, in seconds.
  public let seconds: Double

  /// The time that is left if the rest goes as fast, in seconds; nil before the first pass.
  public var secondsLeft: Double? {
    done > 0 ? seconds / Double(done) * Double(max(0, total - done)) : nil
  }
}
