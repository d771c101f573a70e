/// What is known of a model's end before its graph is looked at.
package struct ScoreChoice: Sendable, Hashable {
  /// The name of the output, or of another value, that holds the scores; nil to find it.
  package var name: String?
  /// How many labels there are; 0 for none.
  package var labelCount: Int
  /// Whether the output is taken as it stands, whatever makes it.
  package var takesOutput: Bool

  /// - Parameters:
  ///   - name: the name of the value that holds the scores; nil to find it.
  ///   - labelCount: how many labels there are; 0 for none.
  ///   - takesOutput: whether the output is taken as it stands, whatever makes it.
  package init(name: String? = nil, labelCount: Int = 0, takesOutput: Bool = false) {
    (self.name, self.labelCount, self.takesOutput) = (name, labelCount, takesOutput)
  }
}

/// The end of a classifier: its scores, before a final activation.
struct ScoreHead {
  /// The model's output that is read.
  let output: ValueID
  /// The values that scores are made of.
  let scores: ValueID
  let ending: ScoreEnding
  /// How many values ``scores`` has for one image.
  let scoreCount: Int
  /// What was assumed, a sentence each.
  let notes: [String]

  /// - Throws: ``InferenceError/unsupported(file:problem:)`` where the graph has no scores, or nothing
  ///   says which of several outputs holds them; else what is wrong with the part that makes them.
  init(_ shaped: ShapedGraph, _ choice: ScoreChoice = ScoreChoice()) throws {
    let graph = GraphEnd(shaped)
    let chosen = try ScoreOutputs(graph, choice).chosen()
    output = chosen.value
    notes = chosen.notes
    let found =
      choice.takesOutput
      ? ScoreEndingTable.Found(scores: chosen.value, ending: .none)
      : ScoreEndingTable.ending(of: chosen.value, graph)
    scores = Self.batched(found.scores, graph)
    ending = found.ending
    scoreCount = graph.count(scores)
  }

  /// The same numbers where an axis tells the images of a batch apart.
  private static func batched(_ value: ValueID, _ graph: GraphEnd) -> ValueID {
    var result = value
    while graph.shape(result).count < 2 || graph.shape(result).first != 1 {
      guard let before = graph.producer(result).flatMap(graph.reshaped) else { return value }
      result = before
    }
    return result
  }
}
