/// The settings of Increment-CAM. The published abstract leaves them open; each is named, and results
/// say which were used. The defaults are those that did best in the measurements of the article
/// *Increment-CAM*.
public struct IncrementCAMSettings: Sendable, Hashable {
  /// What Phase 2 masks.
  public enum ScoringInput: String, Sendable, CaseIterable {
    /// The image is reduced to the size of the activation, masked there, and enlarged: the abstract,
    /// literally.
    case activation
    /// The image is masked at the size at which the network runs, as in Score-CAM.
    case image
  }

  /// What Phase 2 makes of the scores.
  public enum Score: String, Sendable, CaseIterable {
    /// `max(0, f_c(Z_k) - f_c(0))`: the increase over the empty image (Score-CAM, equation 6).
    case increase
    /// The class's probability.
    case probability
    /// Softmax over the channels' scores (Score-CAM, Algorithm 1).
    case channelSoftmax = "channel-softmax"
  }

  /// Which channels Phase 2 scores.
  public enum Channels: Sendable, Hashable {
    /// All that have a Grad-CAM activation.
    case all
    /// The strongest of them: at most `ceil(fraction K)`.
    case fraction(Double)
  }

  /// How Phase 3 joins the maps of Phase 1 and 2.
  public enum Merge: String, Sendable, CaseIterable {
    /// `N(L1 + L2)`.
    case sum
    /// `N(sqrt(L1 L2))`.
    case geometricMean = "geometric-mean"
    /// `N(L1 L2)`.
    case product
    /// `N(ReLU(sum_k (alpha_k / max|alpha| + S_k / max S) A_k))`.
    case weights
  }

  /// What Phase 3 does last.
  public enum Regularize: String, Sendable, CaseIterable {
    /// Nothing more: the map is scaled to 0 ... 1.
    case minMax = "min-max"
    /// `N(ReLU(L - mean L))`: takes off the haze.
    case meanShift = "mean-shift"
  }

  /// What Phase 2 masks.
  public var scoringInput = ScoringInput.image
  /// The size at which Phase 2 runs the network; nil for the network's own.
  public var scoringSize: Int?
  /// What Phase 2 makes of the scores.
  public var score = Score.probability
  /// Which channels Phase 2 scores.
  public var channels = Channels.fraction(0.25)
  /// How Phase 3 joins the maps.
  public var merge = Merge.weights
  /// What Phase 3 does last.
  public var regularize = Regularize.minMax

  /// The default settings: image, probability, a quarter of the channels, weights, min-max.
  public init() {}

  /// The settings as a head allows them: without probabilities, the increase of the score is taken.
  func fitting(_ head: Head) -> IncrementCAMSettings {
    var settings = self
    if score == .probability, !head.hasProbabilities { settings.score = .increase }
    return settings
  }
}

extension IncrementCAMSettings.Channels: LosslessStringConvertible {
  /// The value of a text: `all`, or a fraction above 0 and up to 1.
  ///
  /// - Parameter description: The text; nil for others.
  public init?(_ description: String) {
    if description == "all" {
      self = .all
    } else if let fraction = Double(description), fraction > 0, fraction <= 1 {
      self = .fraction(fraction)
    } else {
      return nil
    }
  }

  /// The text that gives this value.
  public var description: String {
    switch self {
    case .all: "all"
    case .fraction(let fraction): "\(fraction)"
    }
  }
}
