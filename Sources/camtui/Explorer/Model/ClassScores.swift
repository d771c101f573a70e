/// What the model says of an image.
struct ClassScores: Equatable, Sendable {
  /// The score of every class before softmax, by its index in the model's output.
  var scores: [Float]
  /// The probability of every class, 0 to 1.
  var probabilities: [Float]
  /// The most probable classes in descending order, not empty.
  var top: [Int]
}

/// A class with what the model says of it.
struct ClassScore: Equatable, Sendable {
  /// The index in the model's output.
  var index: Int
  /// The name of the class.
  var label: String
  /// The probability, 0 to 1.
  var probability: Double
  /// The score before softmax.
  var score: Double

  /// The first of the synonyms that commas separate.
  var shortLabel: String { String(label.prefix { $0 != "," }) }
}
