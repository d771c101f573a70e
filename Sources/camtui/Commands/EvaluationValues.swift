// Public, because a conformance of a public type is.
public import ArgumentParser
public import CAMEngine
public import Evaluation

extension Shard: ExpressibleByArgument {
  /// `2/8`: the second of eight parts.
  ///
  /// - Parameter argument: The text.
  public init?(argument: String) { self.init(argument) }
}

extension TargetRule: ExpressibleByArgument {}

extension DataSet.Format: ExpressibleByArgument {}

extension ReportFormat: ExpressibleByArgument {}

extension MetricSettings.Baseline: ExpressibleByArgument {}
