/// The figures of a file of results, summed up.
public struct Report: Sendable, Codable, Equatable {
  /// A mean with its interval.
  public struct Estimate: Sendable, Codable, Equatable {
    /// How many units have a figure.
    public var count: Int
    /// Their mean.
    public var mean: Double
    /// The lower end of the interval of 95 %; nil for fewer than two units.
    public var low: Double?
    /// The upper end.
    public var high: Double?
  }

  /// What a method differs by from the baseline, over the units that both have.
  public struct Difference: Sendable, Codable, Equatable {
    /// The mean of the differences.
    public var estimate: Estimate
    /// The two-sided probability of Wilcoxon's signed-rank test.
    public var probability: Double
  }

  /// One metric of one method.
  public struct Entry: Sendable, Codable, Equatable {
    /// The method with its settings.
    public var method: String
    /// The layer.
    public var layer: String
    /// The name of the metric.
    public var metric: String
    /// Its mean.
    public var estimate: Estimate
    /// What it differs by from the baseline; nil for the baseline itself.
    public var difference: Difference?
  }

  /// A method that gave no figure of a unit.
  public struct MethodFailure: Sendable, Codable, Equatable, Hashable {
    /// The unit.
    public var unit: String
    /// The method with its settings, or ``ResultRow/network``.
    public var method: String
    /// The layer; empty for the network.
    public var layer: String
    /// One sentence.
    public var reason: String
  }

  /// How the network classifies the photos.
  public struct Accuracy: Sendable, Codable, Equatable {
    /// The share of photos whose most probable class is right.
    public var topOne: Estimate
    /// The share of photos with a right class among the five most probable.
    public var topFive: Estimate
    /// ``Calibration``.
    public var calibrationError: Double
  }

  /// What all figures have in common.
  public var settings: RunSettings
  /// How many photos were evaluated.
  public var photoCount: Int
  /// How many units were evaluated: photos, or labels of photos.
  public var unitCount: Int
  /// Why nothing of a unit could be evaluated, by the units' names.
  public var failures: [String: String]
  /// The maps that could not be had of units that were evaluated.
  public var methodFailures: [MethodFailure]
  /// The method that others are compared with.
  public var baseline: String?
  /// How the network classifies the photos; nil where they have no labels.
  public var accuracy: Accuracy?
  /// The mean share of the input that the boxes cover; nil without boxes.
  public var boxShare: Estimate?
  /// The figures, by metric, then layer, then method.
  public var entries: [Entry]
}
