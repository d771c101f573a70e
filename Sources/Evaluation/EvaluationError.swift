public import CAMEngine

/// Why an evaluation cannot be run, or its results not be read; prints as one sentence: what is wrong,
/// where, and what was expected.
public struct EvaluationError: Error, Equatable, CustomStringConvertible {
  /// Who can mend it.
  public let kind: ModelError.Kind
  /// One sentence.
  public let description: String

  /// An error.
  ///
  /// - Parameters:
  ///   - kind: Who can mend it.
  ///   - description: One sentence: what, where, expected.
  public init(_ kind: ModelError.Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
