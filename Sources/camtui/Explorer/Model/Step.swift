/// A step on the way from the image to the map.
enum Step: Int, CaseIterable, Equatable, Sendable {
  case input, phaseOne, phaseTwo, phaseThree
  /// The map of a method other than Increment-CAM.
  case map

  /// The name in the tabs.
  var name: String {
    switch self {
    case .input: "Input"
    case .phaseOne: "Phase 1"
    case .phaseTwo: "Phase 2"
    case .phaseThree: "Phase 3"
    case .map: "Map"
    }
  }

  /// Whether the channels must be scored for it.
  var needsScoring: Bool { self == .phaseTwo || self == .phaseThree }

  /// The steps of a method, in their order.
  static func steps(isIncrementCAM: Bool) -> [Step] {
    isIncrementCAM ? [.input, .phaseOne, .phaseTwo, .phaseThree] : [.input, .map]
  }
}

/// What the large picture shows of a map.
enum PictureContent: String, CaseIterable, Equatable, Sendable {
  case overlay
  case heatmap
  case photo
}

/// What up and down move in.
enum Focus: Equatable, Sendable {
  case classes
  case layers
}
