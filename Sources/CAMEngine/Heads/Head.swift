import Inference

/// What the values at the end of a model mean: what a class's score is, what its probability, and how
/// they are called.
///
/// Methods, metrics, manifests and views ask it, and know of no softmax themselves.
public struct Head: Sendable {
  let definition: any HeadDefinition

  init(_ definition: any HeadDefinition) { self.definition = definition }

  /// Its name on the command line, e.g. `softmax`.
  public var name: String { type(of: definition).name }

  /// How scores and probabilities come about, in a few words.
  public var words: String { definition.words }

  /// What the explorer says of it.
  public var text: HeadText { definition.text }

  /// The number of classes, or of values.
  public var classCount: Int { definition.classCount }

  /// Whether the probabilities of all classes sum to 1.
  public var sumsToOne: Bool { definition.sumsToOne }

  /// Whether there are probabilities; a value has none.
  public var hasProbabilities: Bool { definition.hasProbabilities }

  /// The scores of all classes.
  ///
  /// - Parameter row: What the network gives for one image.
  /// - Returns: One a class.
  func scores(_ row: [Float]) -> [Float] { definition.scores(row) }

  /// The probabilities of all classes.
  ///
  /// - Parameter row: What the network gives for one image.
  /// - Returns: One a class, 0 to 1; nil where there are none.
  func probabilities(_ row: [Float]) -> [Float]? {
    hasProbabilities ? definition.probabilities(row) : nil
  }

  /// The score of a target.
  func score(of target: Target, in row: [Float]) -> Float {
    target.score(in: definition.scores(row))
  }

  /// The probability of a target's class; nil where there are none.
  func probability(of target: Target, in row: [Float]) -> Float? {
    probabilities(row)?[target.classIndex]
  }

  /// The derivative of a target's score with respect to the network's values: what the backward pass
  /// starts from.
  ///
  /// - Parameters:
  ///   - target: The target.
  ///   - row: What the network gives for one image.
  /// - Returns: As many as the row has values.
  func seed(of target: Target, in row: [Float]) -> [Float] {
    var weights = Array(repeating: Float(0), count: classCount)
    for term in target.terms { weights[term.index] += term.weight }
    return definition.seed(weights, row)
  }

  /// The class with the highest score, of equal ones the first.
  ///
  /// - Parameters:
  ///   - row: What the network gives for one image.
  ///   - candidates: The targets that may be explained; empty for every class.
  /// - Returns: The target.
  func highest(_ row: [Float], among candidates: [Target]) -> Target {
    let scores = definition.scores(row)
    let possible = candidates.isEmpty ? scores.indices.map(Target.ofClass) : candidates
    let values = possible.map { $0.score(in: scores) }
    let first = values.indices.max { (values[$0], $1) < (values[$1], $0) }
    return first.map { possible[$0] } ?? .ofClass(0)
  }

  /// What the network gives for several images, one row each.
  func rows(_ values: [Float]) -> [[Float]] {
    let count = definition.valueCount
    return stride(from: 0, to: values.count, by: count).map { Array(values[$0..<$0 + count]) }
  }
}

extension Head: Hashable {
  /// Equal where they read the same values alike.
  public static func == (left: Head, right: Head) -> Bool {
    AnyHashable(left.definition) == AnyHashable(right.definition)
  }

  /// Hashes how values are read.
  ///
  /// - Parameter hasher: The hasher.
  public func hash(into hasher: inout Hasher) { AnyHashable(definition).hash(into: &hasher) }
}
