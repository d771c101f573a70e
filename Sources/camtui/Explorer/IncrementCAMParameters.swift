import CAMEngine

/// The settings of Increment-CAM as parameters of the explorer, from the method's own table.
enum IncrementCAMParameters {
  /// All of them, with the values to begin with.
  static func all(_ settings: IncrementCAMSettings, inputSize: Int) -> [Parameter] {
    let given = methodSettings(settings)
    return Method.incrementCAM.settings.map { setting in
      let initial = setting.value(given) ?? "\(inputSize)"
      return Parameter(
        name: setting.name, meaning: setting.meaning, phase: setting.isFree ? .three : .two,
        choices: setting.choices.isEmpty
          ? choices(of: setting, settings, inputSize: inputSize) : setting.choices,
        initial: initial)
    }
  }

  private static func methodSettings(_ settings: IncrementCAMSettings) -> MethodSettings {
    var result = MethodSettings()
    result.incrementCAM = settings
    return result
  }

  /// What is offered of a setting that has any number of values, what is set among them.
  private static func choices(
    of setting: MethodSetting, _ settings: IncrementCAMSettings, inputSize: Int
  ) -> [String] {
    setting.name == "channels"
      ? channelChoices(settings.channels) : sizes(settings.scoringSize, inputSize: inputSize)
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
  static let mergings: [(values: ParameterValues, settings: IncrementCAMSettings)] =
    Method.incrementCAM.settings.filter(\.isFree).reduce([(ParameterValues(), MethodSettings())]) {
      known, setting in
      known.flatMap { values, settings in
        setting.choices.map { choice in
          var (values, settings) = (values, settings)
          values[setting.name] = choice
          _ = setting.set(&settings, to: choice)
          return (values, settings)
        }
      }
    }.map { ($0, $1.incrementCAM) }

  /// The settings that the parameters of Phase 2 stand for.
  static func settings(scoring values: ParameterValues) -> IncrementCAMSettings {
    var settings = MethodSettings()
    for setting in Method.incrementCAM.settings where !setting.isFree {
      _ = setting.set(&settings, to: values[setting.name])
    }
    return settings.incrementCAM
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
    (merge, regularize) = (wanted.settings.merge, wanted.settings.regularize)
  }
}
