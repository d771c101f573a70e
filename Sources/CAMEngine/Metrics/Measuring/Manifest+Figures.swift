extension Manifest {
  /// What was measured of the map, in the manifest's words.
  public struct Figures: Sendable, Codable, Equatable {
    /// ``AverageDrop`` in percent.
    public var averageDrop: Double?
    /// ``IncreaseInConfidence``: whether the probability rises.
    public var increaseInConfidence: Bool?
    /// ``AverageGain`` in percent.
    public var averageGain: Double?
    /// ``ADCC/complexity(_:)``, 0 to 1.
    public var complexity: Double?
    /// ``Sparseness``, 0 to 1.
    public var sparseness: Double?
    /// The area under the curve of insertion, 0 to 1.
    public var insertion: Double?
    /// The area under the curve of deletion, 0 to 1.
    public var deletion: Double?
    /// The probability while the image appears.
    public var insertionCurve: [Float]?
    /// The probability while the image vanishes.
    public var deletionCurve: [Float]?
  }
}

extension Manifest.Figures {
  init(_ measurement: MapMeasurement) {
    let values = measurement.values
    self.init(
      averageDrop: values[.averageDrop].map { 100 * $0 },
      increaseInConfidence: values[.increaseInConfidence].map { $0 > 0 },
      averageGain: values[.averageGain].map { 100 * $0 }, complexity: values[.complexity],
      sparseness: values[.sparseness], insertion: values[.insertion],
      deletion: values[.deletion], insertionCurve: measurement.insertion?.probabilities,
      deletionCurve: measurement.deletion?.probabilities)
  }
}
