/// What was measured of one explanation.
public struct MapMeasurement: Sendable, Equatable {
  /// The figures; those that need boxes are missing where the network's input shows no box.
  public var values: [Metric: Double] = [:]
  /// The probability while the image appears, where insertion was asked for.
  public var insertion: ProbabilityCurve?
  /// The probability while the image vanishes, where deletion was asked for.
  public var deletion: ProbabilityCurve?
  /// What ``MaxBoxAccuracy`` needs of this image, where it was asked for.
  public var boxHits: MaxBoxAccuracy.Hits?

  /// The passes that measuring took, those of the map itself not counted.
  public var passes = Passes(forward: 0)

  /// Nothing measured yet.
  public init() {}
}
