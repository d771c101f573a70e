/// A number that judges a map, by its name in `camtui evaluate`.
enum MapNumber: String, CaseIterable, Equatable, Sendable {
  case averageDrop = "average-drop"
  case increaseInConfidence = "increase-in-confidence"
  case averageGain = "average-gain"
  case sparseness
  case adcc
  case insertion
  case deletion
  case insertionMinusDeletion = "insertion-minus-deletion"
  case pointingGame = "pointing-game"
  case energyPointingGame = "energy-pointing-game"
  case pixelAveragePrecision = "pixel-average-precision"

  /// The name that people use.
  var title: String {
    switch self {
    case .averageDrop: "Average drop"
    case .increaseInConfidence: "Increase in confidence"
    case .averageGain: "Average gain"
    case .sparseness: "Sparseness"
    case .adcc: "ADCC"
    case .insertion: "Insertion"
    case .deletion: "Deletion"
    case .insertionMinusDeletion: "Insertion - deletion"
    case .pointingGame: "Pointing game"
    case .energyPointingGame: "Energy in the box"
    case .pixelAveragePrecision: "Pixel precision"
    }
  }

  /// What it says, in at most 50 characters.
  var words: String {
    switch self {
    case .averageDrop: "probability lost when only the map's part is seen"
    case .increaseInConfidence: "is the model surer when it sees only that part?"
    case .averageGain: "probability won when only the map's part is seen"
    case .sparseness: "0: the map is spread evenly, 1: all in one place"
    case .adcc: "low drop, same map again, small map, in one number"
    case .insertion: "how fast the class appears, best pixels first"
    case .deletion: "how fast the class vanishes, best pixels first"
    case .insertionMinusDeletion: "both curves in one: how good the pixels' order is"
    case .pointingGame: "does the brightest place lie in an object's box?"
    case .energyPointingGame: "the share of the map inside the object's boxes"
    case .pixelAveragePrecision: "are the pixels in the boxes ranked first?"
    }
  }

  /// The same in at most 38 characters.
  var brief: String {
    switch self {
    case .averageDrop: "probability lost on the map's part"
    case .increaseInConfidence: "surer on the map's part than on all?"
    case .averageGain: "probability won on the map's part"
    case .sparseness: "0: evenly spread, 1: one bright spot"
    case .adcc: "low drop, stable, small: all in one"
    case .insertion: "class appears fast, best pixels first?"
    case .deletion: "class goes fast, best pixels first?"
    case .insertionMinusDeletion: "both areas in one: the pixels' order"
    case .pointingGame: "is the brightest place in a box?"
    case .energyPointingGame: "share of the map inside the boxes"
    case .pixelAveragePrecision: "pixels in the boxes ranked first?"
    }
  }

  /// Whether a higher number is better; `nil` where neither is.
  var isHigherBetter: Bool? {
    switch self {
    case .averageDrop, .deletion: false
    case .sparseness: nil
    default: true
    }
  }

  /// Whether it is yes or no.
  var isYesOrNo: Bool { self == .increaseInConfidence || self == .pointingGame }

  /// Whether it is known only where the object's boxes are.
  var needsBoxes: Bool {
    switch self {
    case .pointingGame, .energyPointingGame, .pixelAveragePrecision: true
    default: false
    }
  }

  /// The part of the measurement that gives it.
  var part: MeasurementPart {
    switch self {
    case .adcc: .again
    case .insertion: .insertion
    case .deletion, .insertionMinusDeletion: .deletion
    default: .masked
    }
  }
}

/// What is measured at once.
enum MeasurementPart: CaseIterable, Equatable, Sendable {
  /// The numbers that one pass with the masked image gives, and those that need none.
  case masked
  /// ADCC: the map of the masked image.
  case again
  case insertion
  case deletion
}

/// Numbers of a map, perhaps not all.
struct MapNumbers: Equatable, Sendable {
  var values: [MapNumber: Double] = [:]
  /// The class's probability while the image appears or vanishes.
  var curves: [MapNumber: [Float]] = [:]
  /// The passes that each number took; those of one pass share it.
  var passes: [MapNumber: Int] = [:]

  /// Adds others.
  mutating func merge(_ more: MapNumbers) {
    values.merge(more.values) { $1 }
    curves.merge(more.curves) { $1 }
    passes.merge(more.passes) { $1 }
    guard let insertion = values[.insertion], let deletion = values[.deletion] else { return }
    values[.insertionMinusDeletion] = insertion - deletion
    passes[.insertionMinusDeletion] = (passes[.insertion] ?? 0) + (passes[.deletion] ?? 0)
  }
}
