// Public, because a conformance of a public type is.
public import ArgumentParser
public import CAMEngine
public import Terminal

extension ColorMap: ExpressibleByArgument {}

extension LayerFusion: ExpressibleByArgument {}

extension ColorChoice: ExpressibleByArgument {}

extension BandwidthChoice: ExpressibleByArgument {}

extension IncrementCAMSettings.Channels: ExpressibleByArgument {
  /// `all`, or a fraction above 0 and up to 1.
  ///
  /// - Parameter argument: The text.
  public init?(argument: String) {
    if argument == "all" {
      self = .all
    } else if let fraction = Double(argument), fraction > 0, fraction <= 1 {
      self = .fraction(fraction)
    } else {
      return nil
    }
  }

  /// The text that gives this value.
  public var defaultValueDescription: String {
    switch self {
    case .all: "all"
    case .fraction(let fraction): "\(fraction)"
    }
  }
}
