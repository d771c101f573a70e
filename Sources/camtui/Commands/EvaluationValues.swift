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
  /// What each value means, by its name.
  public static var allValueDescriptions: [String: String] {
    [
      folder.rawValue: "photos without labels", imageNet.rawValue: "ImageNet's validation photos",
      voc.rawValue: "PASCAL VOC", cub.rawValue: "CUB-200-2011",
      tinyImageNet.rawValue: "Tiny ImageNet",
    ]
  }
}

extension ReportFormat: ExpressibleByArgument {}

extension MetricSettings.Baseline: ExpressibleByArgument {}

extension Metric {
  /// All names, as a sentence lists them.
  static let names = allCases.map(\.rawValue).joined(separator: ", ")
}
