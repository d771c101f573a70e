/// A head as the manifest and `inspect --json` show it.
public struct HeadSummary: Sendable, Codable, Equatable {
  /// Its name, e.g. `softmax`.
  public let name: String
  /// How scores and probabilities come about.
  public let words: String
  /// The model's output that was read, by its name.
  public let output: String
  /// Whether there are probabilities.
  public let hasProbabilities: Bool
  /// Whether the probabilities sum to 1.
  public let sumsToOne: Bool

  init(_ model: Model) {
    name = model.head.name
    words = model.head.words
    output = model.outputName
    hasProbabilities = model.head.hasProbabilities
    sumsToOne = model.head.sumsToOne
  }
}
