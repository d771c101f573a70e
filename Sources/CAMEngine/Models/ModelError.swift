import Inference

/// Why a model cannot be loaded, or cannot explain what it was asked to.
///
/// Prints as one sentence: what is wrong, where, and what was expected.
public struct ModelError: Error, Equatable, CustomStringConvertible {
  /// Who can mend it.
  public enum Kind: Sendable, Equatable {
    /// A file is missing or unreadable.
    case missing
    /// A file is malformed, or asks for something that is not supported.
    case malformed
    /// The request does not fit the model, such as a layer that it has not.
    case request
    /// The machine or the library gave out, such as too little memory.
    case machine
  }

  /// Who can mend it.
  public let kind: Kind
  /// One sentence.
  public let description: String

  /// An error with a sentence of its own.
  ///
  /// - Parameters:
  ///   - kind: Who can mend it.
  ///   - description: One sentence: what, where, expected.
  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }

  init(_ error: InferenceError) {
    description = error.description
    kind =
      switch error {
      case .fileNotFound, .fileUnreadable, .externalData: .missing
      case .malformed, .unsupported, .unsupportedOperator, .unsupportedAttribute, .invalidNode:
        .malformed
      case .noSuchValue: .request
      case .outOfMemory, .library: .machine
      }
  }

  /// Runs work of the inference module, its errors translated.
  static func translating<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as InferenceError {
      throw ModelError(error)
    }
  }
}
