import CAMEngine
import Terminal

/// A setting that the configuration file can have.
struct ConfigurationSetting: Sendable {
  typealias Property<Value> = any WritableKeyPath<Configuration, Value?> & Sendable

  let name: String
  /// Which values it has, for people.
  let expected: String
  /// Sets it; `false` for a value that it does not have.
  let set: @Sendable (inout Configuration, _ value: String, ConfigurationPaths) -> Bool

  static func path(_ name: String, _ property: Property<String>) -> Self {
    Self(name: name, expected: "a path") { configuration, value, paths in
      configuration[keyPath: property] = paths.resolved(value)
      return true
    }
  }

  static func name(_ name: String, of names: [String], _ property: Property<String>) -> Self {
    Self(name: name, expected: oneOf(names)) { configuration, value, _ in
      configuration[keyPath: property] = value
      return names.contains(value)
    }
  }

  static func number<Number: LosslessStringConvertible & Comparable & Sendable>(
    _ name: String, in range: ClosedRange<Number>, _ property: Property<Number>
  ) -> Self {
    let expected = "a number from \(range.lowerBound) to \(range.upperBound)"
    return Self(name: name, expected: expected) { configuration, value, _ in
      configuration[keyPath: property] = Number(value)
      return Number(value).map(range.contains) ?? false
    }
  }

  static func choice<Choice: RawRepresentable<String> & CaseIterable & SendableMetatype>(
    _ name: String, _ property: Property<Choice>
  ) -> Self {
    Self(name: name, expected: oneOf(Choice.allCases.map(\.rawValue))) { configuration, value, _ in
      configuration[keyPath: property] = Choice(rawValue: value)
      return configuration[keyPath: property] != nil
    }
  }

  static func onOrOff(_ name: String, _ property: Property<Bool>) -> Self {
    Self(name: name, expected: "on or off") { configuration, value, _ in
      configuration[keyPath: property] = ["on": true, "off": false][value]
      return configuration[keyPath: property] != nil
    }
  }

  private static func oneOf(_ values: [String]) -> String {
    "one of " + values.joined(separator: ", ")
  }
}

extension Configuration {
  /// All settings besides those of keys.
  static let settings: [ConfigurationSetting] = [
    .path("model", \.model),
    .path("labels", \.labels),
    .path("preprocessor", \.preprocessor),
    .name("method", of: Method.every.map(\.name), \.method),
    .choice("colormap", \.colormap),
    .number("opacity", in: 0...100, \.opacity),
    .choice("color", \.color),
    .number("cell-aspect", in: 0.5...5, \.cellAspect),
    .onOrOff("mouse", \.mouse),
    .choice("bandwidth", \.bandwidth),
    .onOrOff("lesson", \.lesson),
  ]
}
