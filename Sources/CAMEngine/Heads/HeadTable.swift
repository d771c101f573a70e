import Inference

/// A kind of head: one file each, one line in ``HeadTable``.
protocol HeadDefinition: Sendable, Hashable {
  /// The name, e.g. `softmax`.
  static var name: String { get }

  /// The head for a model's end.
  ///
  /// - Parameter clues: What is known of the end.
  /// - Returns: Nil where it is of another kind.
  static func head(for clues: HeadClues) -> Self?

  /// How scores and probabilities come about, in a few words.
  var words: String { get }
  /// What the explorer says of it.
  var text: HeadText { get }
  /// How many values the network gives for an image.
  var valueCount: Int { get }
  /// The number of classes, or of values.
  var classCount: Int { get }
  /// Whether the probabilities sum to 1.
  var sumsToOne: Bool { get }
  /// Whether there are probabilities.
  var hasProbabilities: Bool { get }

  /// The scores from the network's values of one image.
  func scores(_ row: [Float]) -> [Float]
  /// The probabilities from the network's values of one image; not asked for where there are none.
  func probabilities(_ row: [Float]) -> [Float]
  /// The derivative of a weighted sum of the scores with respect to the network's values.
  func seed(_ weights: [Float], _ row: [Float]) -> [Float]
}

extension HeadDefinition {
  var valueCount: Int { classCount }
  var sumsToOne: Bool { false }
  var hasProbabilities: Bool { true }
  func scores(_ row: [Float]) -> [Float] { row }
  func seed(_ weights: [Float], _ row: [Float]) -> [Float] { weights }
}

/// What the explorer says of a head.
public struct HeadText: Sendable, Equatable {
  /// What stands over the list of classes.
  public var listTitle = "Classes"
  /// How scores become probabilities, a sentence for learners.
  public var lesson: String
  /// The formula.
  public var formula: String
  /// The formula in ASCII.
  public var plainFormula: String
}

/// What is known of a model's end.
struct HeadClues: Sendable {
  /// What the graph does to the values before they come out.
  var ending: ScoreEnding
  /// How many values the network gives for an image.
  var valueCount: Int
  /// How many labels there are; 0 for none.
  var labelCount = 0
  /// What `config.json` says.
  var problemType: ProblemType?
  /// What the command line says.
  var wanted: HeadChoice?
}

/// The kinds of heads, the more particular ones first.
enum HeadTable {
  static let heads: [any HeadDefinition.Type] = [
    ValueHead.self,
    MeanProbabilityHead.self,
    BinaryHead.self,
    SigmoidHead.self,
    SoftmaxHead.self,
  ]

  /// The first head that fits.
  static func head(for clues: HeadClues) -> Head {
    for kind in heads {
      if let found = kind.head(for: clues) { return Head(found) }
    }
    return Head(SoftmaxHead(classCount: clues.valueCount, isInGraph: false))
  }

  /// What had to be assumed for it.
  static func notes(_ head: Head, _ clues: HeadClues) -> [String] {
    var notes: [String] = []
    if clues.valueCount == 1, clues.ending == .none, clues.wanted == nil, clues.problemType == nil {
      notes.append(
        "The model gives one number, and nothing says what it is; it is taken as the logit of a"
          + " \(head.classCount == 2 ? "second class" : "class") (--head value takes it as a value)."
      )
    }
    if clues.problemType == .multiLabel, clues.ending == .softmax, clues.wanted == nil {
      notes.append(
        "config.json says multi_label_classification, but the model ends in a softmax, which counts."
      )
    }
    if !head.hasProbabilities {
      notes.append(
        "A value has no probability: metrics, score-cam-probability and group-cam use the score as a"
          + " share of the whole photo's, increment-cam the increase of the score.")
    }
    return notes
  }
}

/// What `--head` can say.
public enum HeadChoice: String, Sendable, CaseIterable, Codable {
  /// The output as it stands holds logits: a softmax of them gives the probabilities.
  case logits
  /// One of the classes is right: a softmax gives the probabilities.
  case softmax
  /// Every class by itself: a sigmoid gives each probability.
  case sigmoid
  /// The output as it stands is a value, or several: no probabilities.
  case value
}
