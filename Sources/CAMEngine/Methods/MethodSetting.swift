/// One thing that a method can be told, as text: the command line, results of evaluations and the
/// explorer all read and write it here. A method lists its own in ``CAMMethod/settings``.
public struct MethodSetting: Sendable {
  /// The name on the command line, such as `scoring-input`.
  public let name: String
  /// The name in a manifest, such as `scoringInput`.
  public let key: String
  /// What it decides, in a few words.
  public let meaning: String
  /// Whether it changes nothing that the network is asked, so that a change costs no pass.
  public let isFree: Bool
  /// The values where there are only so many; empty otherwise.
  public let choices: [String]
  /// Which values it has, for people.
  public let expected: String
  private let read: @Sendable (MethodSettings) -> String?
  private let write: @Sendable (inout MethodSettings, String) -> Bool

  /// The value.
  ///
  /// - Parameter settings: The settings.
  /// - Returns: A text that ``set(_:to:)`` takes; nil where the network decides.
  public func value(_ settings: MethodSettings) -> String? { read(settings) }

  /// Sets the value.
  ///
  /// - Parameters:
  ///   - settings: The settings; unchanged where the text is no value.
  ///   - text: The text.
  /// - Returns: Whether the text is a value.
  public func set(_ settings: inout MethodSettings, to text: String) -> Bool {
    write(&settings, text)
  }

  /// A setting with a few named values.
  static func choice<Value: CaseIterable & RawRepresentable<String> & SendableMetatype>(
    _ name: String, _ key: String, _ meaning: String, isFree: Bool = false,
    _ property: any WritableKeyPath<MethodSettings, Value> & Sendable
  ) -> MethodSetting {
    let choices = Value.allCases.map(\.rawValue)
    return MethodSetting(
      name: name, key: key, meaning: meaning, isFree: isFree, choices: choices,
      expected: "one of " + choices.joined(separator: ", "),
      read: { $0[keyPath: property].rawValue }, write: { $0.take(Value(rawValue: $1), property) })
  }

  /// A setting of any kind, by a text for each value.
  static func text<Value: LosslessStringConvertible & SendableMetatype>(
    _ name: String, _ key: String, _ meaning: String, expected: String,
    _ property: any WritableKeyPath<MethodSettings, Value> & Sendable
  ) -> MethodSetting {
    MethodSetting(
      name: name, key: key, meaning: meaning, isFree: false, choices: [], expected: expected,
      read: { $0[keyPath: property].description }, write: { $0.take(Value($1), property) })
  }

  /// A number that the network decides where it is not given.
  static func number(
    _ name: String, _ key: String, _ meaning: String, in range: ClosedRange<Int>,
    _ property: any WritableKeyPath<MethodSettings, Int?> & Sendable
  ) -> MethodSetting {
    MethodSetting(
      name: name, key: key, meaning: meaning, isFree: false, choices: [],
      expected: "a number from \(range.lowerBound) to \(range.upperBound)",
      read: { $0[keyPath: property].map(String.init) },
      write: { settings, text in
        guard let number = Int(text), range.contains(number) else { return false }
        settings[keyPath: property] = number
        return true
      })
  }
}

extension MethodSettings {
  /// Sets a property unless there is no value for it.
  fileprivate mutating func take<Value>(
    _ value: Value?, _ property: WritableKeyPath<MethodSettings, Value>
  ) -> Bool {
    guard let value else { return false }
    self[keyPath: property] = value
    return true
  }
}

extension Method {
  /// Sets what a name says.
  ///
  /// - Parameters:
  ///   - settings: The settings.
  ///   - setting: The name of a setting, as on the command line.
  ///   - text: The value.
  /// - Throws: ``ModelError`` of the kind ``ModelError/Kind/request`` where the method has no such
  ///   setting, or the setting no such value.
  public func set(_ settings: inout MethodSettings, _ setting: String, to text: String) throws {
    guard let known = self.settings.first(where: { $0.name == setting }) else {
      let names = self.settings.map(\.name)
      throw ModelError(
        .request,
        "\(name) has no setting \(setting); expected "
          + (names.isEmpty ? "none." : "one of \(names.joined(separator: ", "))."))
    }
    guard known.set(&settings, to: text) else {
      throw ModelError(
        .request, "\(setting) \(text) of \(name): \(known.expected) was expected.")
    }
  }
}
