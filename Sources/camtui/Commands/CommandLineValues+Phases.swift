// Public, because a conformance of a public type is.
public import ArgumentParser
public import CAMEngine

// The descriptions are what `--help`, the manual page and completions say of each value.

extension IncrementCAMSettings.ScoringInput: ExpressibleByArgument {
  /// What each value means, by its name.
  public static var allValueDescriptions: [String: String] {
    [
      activation.rawValue: "the image reduced to the activation's size, then enlarged",
      image.rawValue: "the image as the network sees it",
    ]
  }
}

extension IncrementCAMSettings.Score: ExpressibleByArgument {
  /// What each value means, by its name.
  public static var allValueDescriptions: [String: String] {
    [
      increase.rawValue: "the increase of the class's score over an empty image",
      probability.rawValue: "the class's probability",
      channelSoftmax.rawValue: "softmax over the channels' scores",
    ]
  }
}

extension IncrementCAMSettings.Merge: ExpressibleByArgument {
  /// What each value means, by its name.
  public static var allValueDescriptions: [String: String] {
    [
      sum.rawValue: "the sum of both maps",
      geometricMean.rawValue: "the root of their product",
      product.rawValue: "their product: what both show",
      weights.rawValue: "one map of the channels by the weights of both",
    ]
  }
}

extension IncrementCAMSettings.Regularize: ExpressibleByArgument {
  /// What each value means, by its name.
  public static var allValueDescriptions: [String: String] {
    [
      minMax.rawValue: "nothing more than scaling to 0 ... 1",
      meanShift.rawValue: "takes off the mean, and the haze with it",
    ]
  }
}
