/// How far a run is.
public struct EvaluationProgress: Sendable, Equatable {
  /// Units that are done, those of an earlier run included.
  public var done = 0
  /// All units of this part.
  public let total: Int
  /// Units that were there already when this run began.
  public var resumed = 0
  /// Units of which nothing could be evaluated.
  public var failed = 0
  /// Units of which some method could not be evaluated.
  public var incomplete = 0
  /// The time since this run began, in seconds.
  public var seconds = 0.0

  /// Units that this run evaluates in a second; 0 before the first.
  public var rate: Double { seconds > 0 ? Double(done - resumed) / seconds : 0 }

  /// The time left, in seconds; nil before the first unit.
  public var secondsLeft: Double? { rate > 0 ? Double(total - done) / rate : nil }
}
