import Inference

/// Something that had to be assumed of a model or an image, or that was passed over: said on the command
/// line, in the manifest, by `inspect` and in the explorer.
public struct Note: Sendable, Codable, Hashable {
  /// What it is about.
  public enum Subject: String, Sendable, Codable {
    /// Which output holds the scores, and what they mean.
    case scores
    /// How photos become inputs.
    case preprocessing
    /// The names of the classes.
    case labels
    /// The photo itself.
    case image
    /// How the network's numbers are stored and rounded.
    case numbers
  }

  /// What it is about.
  public var about: Subject
  /// One sentence: what, and what to do where it is wrong.
  public var text: String

  /// A note.
  ///
  /// - Parameters:
  ///   - about: What it is about.
  ///   - text: One sentence.
  public init(_ about: Subject, _ text: String) {
    self.about = about
    self.text = text
  }
}

extension Note {
  /// What is to be said of a network whose weights or activations are quantised.
  static func ofNumbers(_ graph: Graph) -> [Note] {
    guard graph.isQuantized else { return [] }
    return [Note(.numbers, "The model is quantised; its maps are those of the quantised network.")]
  }
}
