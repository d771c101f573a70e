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

extension DataSet.Format: ExpressibleByArgument {
  /// The layout with a name.
  ///
  /// - Parameter argument: The name.
  public init?(argument: String) { self.init(named: argument) }

  /// All names.
  public static var allValueStrings: [String] { all.map(\.name) }

  /// What each value means, by its name.
  public static var allValueDescriptions: [String: String] {
    Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0.meaning) })
  }
}

extension ReportFormat: ExpressibleByArgument {}

extension MetricSettings.Baseline: ExpressibleByArgument {}

extension Metric {
  /// All names, as a sentence lists them.
  static let names = allCases.map(\.rawValue).joined(separator: ", ")
}
