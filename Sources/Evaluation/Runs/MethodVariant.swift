public import CAMEngine

/// A method with settings of its own, written as `NAME` or `NAME:KEY=VALUE:KEY=VALUE`.
///
/// The keys are the names of the method's settings on the command line, such as `score` of Increment-CAM;
/// `map` chooses one of several maps, such as `phase2`.
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
  /// - Throws: ``ModelError`` for an unknown method, and a setting, value or map that it has not;
  ///   ``EvaluationError`` for another form, or what is said twice.
  public init(_ text: String, settings: MethodSettings = MethodSettings()) throws {
    var parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard let name = parts.first, !name.isEmpty else {
      throw EvaluationError(.request, "A method without a name; expected one such as grad-cam.")
    }
    parts.removeFirst()
    method = try Method(named: name)
    self.name = text
    var (settings, map, known) = (settings, String?.none, Set<Substring>())
    for part in parts {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else {
        throw EvaluationError(
          .request, "\(part) in \(text) is no setting; expected KEY=VALUE, as in score=probability."
        )
      }
      guard known.insert(pair[0]).inserted else {
        throw EvaluationError(.request, "\(text) says \(pair[0]) twice; once was expected.")
      }
      if pair[0] == "map" {
        map = try method.checked(map: String(pair[1]))
      } else {
        try method.set(&settings, String(pair[0]), to: String(pair[1]))
      }
    }
    (self.settings, self.map) = (settings, map)
  }
}

extension Method {
  /// A map's name, where the method makes it.
  fileprivate func checked(map: String) throws -> String {
    guard maps.contains(map) else {
      throw EvaluationError(
        .request,
        "\(name) has no map \(map); expected one of \(maps.joined(separator: ", ")).")
    }
    return map
  }
}
