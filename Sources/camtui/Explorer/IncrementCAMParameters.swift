import CAMEngine

/// The settings of Increment-CAM as parameters with names and values of the command line.
enum IncrementCAMParameters {
  private static let scoringInput = "scoring-input"
  private static let scoringSize = "scoring-size"
  private static let score = "score"
  private static let channels = "channels"
  private static let merge = "merge"
  private static let regularize = "regularize"

  /// All of them, with the values to begin with.
  static func all(_ settings: IncrementCAMSettings, inputSize: Int) -> [Parameter] {
    [
      parameter(
        scoringInput, "what is masked", .two,
        IncrementCAMSettings.ScoringInput.self, settings.scoringInput),
      Parameter(
        name: scoringSize, meaning: "pixels of the masked input", phase: .two,
        choices: sizes(settings.scoringSize, inputSize: inputSize),
        initial: "\(settings.scoringSize ?? inputSize)"),
      parameter(
        score, "what the scores become", .two, IncrementCAMSettings.Score.self, settings.score),
      Parameter(
        name: channels, meaning: "share of channels scored", phase: .two,
        choices: channelChoices(settings.channels),
        initial: settings.channels.description),
      parameter(
        merge, "how the maps are joined", .three, IncrementCAMSettings.Merge.self, settings.merge),
      parameter(
        regularize, "what is done last", .three, IncrementCAMSettings.Regularize.self,
        settings.regularize),
    ]
  }

  private static func parameter<Value: CaseIterable & RawRepresentable<String>>(
    _ name: String, _ meaning: String, _ phase: Parameter.Phase, _ type: Value.Type,
    _ initial: Value
  ) -> Parameter {
    Parameter(
      name: name, meaning: meaning, phase: phase, choices: Value.allCases.map(\.rawValue),
      initial: initial.rawValue)
  }

  /// The network's own size and about three quarters, a half and a third of it.
  private static func sizes(_ wanted: Int?, inputSize: Int) -> [String] {
    let smaller = [0.75, 0.5, 0.34].map { Int((Double(inputSize) * $0 / 16).rounded()) * 16 }
    let all = Set([inputSize] + smaller.filter { $0 > 0 } + (wanted.map { [$0] } ?? []))
    return all.sorted(by: >).map { "\($0)" }
  }

  private static func channelChoices(_ wanted: IncrementCAMSettings.Channels) -> [String] {
    var fractions: Set = [0.05, 0.1, 0.25, 0.5]
    if case .fraction(let fraction) = wanted { fractions.insert(fraction) }
    return fractions.sorted().map { "\($0)" } + ["all"]
  }

  /// The values of Phase 3's parameters, with the settings that they stand for.
  static let mergings:
    [(
      values: ParameterValues, merge: IncrementCAMSettings.Merge,
      regularize: IncrementCAMSettings.Regularize
    )] =
      IncrementCAMSettings.Merge.allCases.flatMap { merge in
        IncrementCAMSettings.Regularize.allCases.map { regularize in
          var values = ParameterValues()
          values[Self.merge] = merge.rawValue
          values[Self.regularize] = regularize.rawValue
          return (values, merge, regularize)
        }
      }

  /// The settings that the parameters of Phase 2 stand for.
  static func settings(scoring values: ParameterValues) -> IncrementCAMSettings {
    var settings = IncrementCAMSettings()
    settings.scoringInput = .init(rawValue: values[scoringInput]) ?? settings.scoringInput
    settings.scoringSize = Int(values[scoringSize])
    settings.score = .init(rawValue: values[score]) ?? settings.score
    settings.channels = .init(values[channels]) ?? settings.channels
    return settings
  }
}

extension IncrementCAMSettings {
  /// The settings that the parameters of Phase 2 stand for.
  init(scoring values: ParameterValues) {
    self = IncrementCAMParameters.settings(scoring: values)
  }

  /// Takes the settings that the parameters of Phase 3 stand for.
  mutating func merge(_ values: ParameterValues) {
    guard let wanted = IncrementCAMParameters.mergings.first(where: { $0.values == values }) else {
      return
    }
    (merge, regularize) = (wanted.merge, wanted.regularize)
  }
}
