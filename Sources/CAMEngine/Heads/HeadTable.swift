import Inference

/// A kind of head: one file each, one line in ``HeadTable``.
protocol HeadDefinition: Sendable, Hashable {
  /// The name, e.g. `softmax`.
  static var name: String { get }

  /// The head for a model's end; nil where it is of another kind.
  ///
  /// - Parameter clues: What is known of the end.
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

/// `problem_type` of a Hugging Face `config.json`.
enum ProblemType: String, Sendable {
  case regression
  case singleLabel = "single_label_classification"
  case multiLabel = "multi_label_classification"
}
