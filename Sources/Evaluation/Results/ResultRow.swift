/// One figure of one unit.
public struct ResultRow: Sendable, Equatable {
  /// The unit: a photo's name, with the label behind a `#` where the photo has several.
  public var unit: String
  /// The method with its settings, or ``ResultRow/network``.
  public var method: String
  /// The layer; empty for ``ResultRow/network``.
  public var layer: String
  /// The name of the metric.
  public var metric: String
  /// The figure; nil where it does not apply, as without boxes.
  public var value: Double?
  /// What a set's figure is made of, where one number is not enough.
  public var detail: [UInt8]?

  /// The method of rows that say how the network classifies a photo.
  public static let network = "network"
}

/// A figure that could not be had.
public struct FailureRecord: Sendable, Equatable {
  /// The unit.
  public var unit: String
  /// The method with its settings, or ``ResultRow/network``.
  public var method: String
  /// The layer; empty for ``ResultRow/network``.
  public var layer: String
  /// The name of the metric.
  public var metric: String
  /// One sentence.
  public var reason: String
}

/// What was evaluated, or could not be.
public struct UnitRecord: Sendable, Equatable {
  /// The unit.
  public var name: String
  /// The path of the photo, as it was then.
  public var path: String
  /// The explained class.
  public var target: Int?
  /// Its label.
  public var label: String?
  /// Why nothing of it could be evaluated, such as a photo that cannot be read; nil otherwise.
  public var failure: String?
}
