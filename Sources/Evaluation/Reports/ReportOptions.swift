/// How a report is made.
public struct ReportOptions: Sendable, Equatable {
  /// The method that others are compared with; nil for `grad-cam` if it is there, else the first by name.
  public var baseline: String?
  /// How many samples the bootstrap draws.
  public var resamples = 1000
  /// What they are drawn by.
  public var seed: UInt64 = 0

  /// 1000 samples.
  public init() {}
}
