/// A figure that judges a map. Each has a file of its own with its formula and source.
public enum Metric: String, Sendable, CaseIterable, Codable {
  /// ``AverageDrop``.
  case averageDrop = "average-drop"
  /// ``IncreaseInConfidence``.
  case increaseInConfidence = "increase-in-confidence"
  /// ``AverageGain``.
  case averageGain = "average-gain"
  /// ``Insertion``: the area under its curve.
  case insertion
  /// ``Deletion``: the area under its curve.
  case deletion
  /// Insertion minus deletion.
  case insertionMinusDeletion = "insertion-minus-deletion"
  /// ``ADCC``.
  case adcc
  /// The part of ``ADCC`` that compares the map with the map of the masked image.
  case coherency
  /// The part of ``ADCC`` that is the mean of the map.
  case complexity
  /// ``EnergyPointingGame``.
  case energyPointingGame = "energy-pointing-game"
  /// ``PointingGame``.
  case pointingGame = "pointing-game"
  /// ``PixelAveragePrecision``.
  case pixelAveragePrecision = "pixel-average-precision"
  /// ``BoxOverlap`` at the threshold of the settings.
  case boxIoU = "box-iou"
  /// ``BoxOverlap`` at the best threshold of each image.
  case bestBoxIoU = "best-box-iou"
  /// ``MaxBoxAccuracy``, a figure of a whole set.
  case maxBoxAccV2 = "max-box-acc-v2"
  /// ``Sparseness``.
  case sparseness
  /// The time that the map took, in seconds.
  case seconds
  /// Passes through the network that the map took, forward, backward and of the tail.
  case passes
}

extension Metric {
  /// Whether it needs to know where the object is.
  public var needsBoxes: Bool {
    switch self {
    case .energyPointingGame, .pointingGame, .pixelAveragePrecision, .boxIoU, .bestBoxIoU,
      .maxBoxAccV2:
      true
    default: false
    }
  }

  /// Whether a higher figure is better; nil where it depends on what one wants.
  public var isHigherBetter: Bool? {
    switch self {
    case .averageDrop, .deletion, .complexity, .seconds, .passes: false
    case .sparseness: nil
    default: true
    }
  }

  /// Whether it is a share of 1, which reports print in percent.
  public var isShare: Bool { self != .seconds && self != .passes }

  /// What one more forward pass gives.
  public static let quick: Set<Metric> = [
    .averageDrop, .increaseInConfidence, .averageGain, .complexity, .sparseness,
  ]
}
