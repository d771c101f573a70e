import CAMEngine

/// What the model says of an image.
struct ClassScores: Equatable, Sendable {
  /// The score of every class before the last activation, by its index in the model's scores.
  var scores: [Float]
  /// The probability of every class, 0 to 1; nil where the model gives none.
  var probabilities: [Float]?
  /// The most probable classes in descending order, not empty.
  var top: [Int]

  /// What can be explained of them, best first: the classes, or more and less of each value.
  var targets: [Target] {
    guard probabilities == nil else { return top.map(Target.ofClass) }
    return top.flatMap { [.ofClass($0), .less(of: $0)] }
  }

  /// A class's probability, or where there is none its score, as text; nil for a class that there is not.
  func figure(of index: Int) -> String? {
    guard scores.indices.contains(index) else { return nil }
    return probabilities.map { Formatting.percent(Double($0[index])) }
      ?? Formatting.decimal(Double(scores[index]))
  }
}

/// A class with what the model says of it.
struct ClassScore: Equatable, Sendable {
  /// What it is about.
  var target: Target
  /// The name of the class.
  var label: String
  /// The probability, 0 to 1; nil where the model gives none.
  var probability: Double?
  /// The score before the last activation.
  var score: Double

  /// The class, by its index in the model's scores.
  var index: Int { target.classIndex }

  /// The probability, or where there is none the score, as text.
  var figure: String { probability.map(Formatting.percent) ?? Formatting.decimal(score) }

  /// The first of the synonyms that commas separate.
  var shortLabel: String { String(label.prefix { $0 != "," }) }
}
