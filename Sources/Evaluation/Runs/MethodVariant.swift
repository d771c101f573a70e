public import CAMEngine

/// A method with settings of its own, written as `NAME` or `NAME:KEY=VALUE:KEY=VALUE`.
///
/// The keys are those of the command line for Increment-CAM: `scoring-input`, `scoring-size`, `score`,
/// `channels`, `merge` and `regularize`; `map` chooses one of several maps, such as `phase2`.
public struct MethodVariant: Sendable, Equatable {
  /// What it is called in results: the text that it was read from.
  public let name: String
  /// The method.
  public let method: Method
  /// Its settings.
  public let settings: MethodSettings
  /// Which of its maps counts; nil for the last one.
  public let map: String?

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - settings: The settings where the text says nothing.
  /// - Throws: ``ModelError`` for an unknown method, ``EvaluationError`` for an unknown key or value.
  public init(_ text: String, settings: MethodSettings = MethodSettings()) throws {
    var parts = text.split(separator: ":").map(String.init)
    guard !parts.isEmpty else {
      throw EvaluationError(.request, "A method without a name; expected one such as grad-cam.")
    }
    method = try Method(named: parts.removeFirst())
    name = text
    var (settings, map) = (settings, String?.none)
    for part in parts {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2, try Self.set(pair[0], pair[1], &settings.incrementCAM, &map) else {
        throw EvaluationError(
          .request, "\(part) in \(text) is no setting; expected KEY=VALUE, as in score=probability."
        )
      }
    }
    (self.settings, self.map) = (settings, map)
  }

  /// Sets what a key names.
  ///
  /// - Returns: Whether there is such a key, and the value is one of its.
  private static func set(
    _ key: String, _ value: String, _ settings: inout IncrementCAMSettings, _ map: inout String?
  ) throws -> Bool {
    func assign<Value>(_ value: Value?, to place: inout Value) -> Bool {
      guard let value else { return false }
      place = value
      return true
    }
    switch key {
    case "scoring-input": return assign(.init(rawValue: value), to: &settings.scoringInput)
    case "scoring-size": return assign(Int(value), to: &settings.scoringSize)
    case "score": return assign(.init(rawValue: value), to: &settings.score)
    case "channels": return assign(.init(value), to: &settings.channels)
    case "merge": return assign(.init(rawValue: value), to: &settings.merge)
    case "regularize": return assign(.init(rawValue: value), to: &settings.regularize)
    case "map": return assign(value, to: &map)
    default: return false
    }
  }
}
