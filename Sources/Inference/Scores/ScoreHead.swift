/// The end of a classifier: the scores of the classes, before a final softmax.
struct ScoreHead {
  /// The model's output that is read.
  let output: ValueID
  let scores: ValueID
  let ending: ScoreEnding
  let classCount: Int

  /// - Throws: ``InferenceError/unsupported(file:problem:)`` where the graph has no scores.
  init(_ shaped: ShapedGraph) throws {
    let graph = shaped.graph
    let batch = shaped.inputShape.first
    let candidate = graph.outputs.first {
      shaped.shapes[$0]?.first == batch && Self.classCount(shaped.shapes[$0]) != nil
    }
    let wanted = candidate.flatMap { graph.outputs.firstIndex(of: $0) } ?? graph.outputs.count
    if let failure = graph.outputs[..<wanted].compactMap({ shaped.failures[$0] }).first {
      throw failure
    }
    guard let found = candidate, shaped.constants[found] == nil else {
      throw InferenceError.unsupported(
        file: graph.file,
        problem: "no output is a list of scores, [N, classes] was expected")
    }
    output = found
    let producers = Dictionary(
      shaped.nodes.flatMap { node in node.outputs.compactMap { $0 }.map { ($0, node) } },
      uniquingKeysWith: { $1 })
    let softmax = Self.softmax(before: found, producers)
    scores = softmax.flatMap { $0.inputs.first ?? nil } ?? found
    ending = softmax != nil ? .softmax : .none
    classCount = Self.classCount(shaped.shapes[scores]) ?? 0
  }

  /// The softmax that only a change of shape separates from the output.
  private static func softmax(before output: ValueID, _ producers: [ValueID: Node]) -> Node? {
    var value = output
    while let node = producers[value] {
      if node.operation is any SoftmaxOperator { return node }
      guard node.operation is any ReshapingOperator, let input = node.inputs.first ?? nil else {
        return nil
      }
      value = input
    }
    return nil
  }

  /// The number of scores of one image: the only axis longer than 1 behind the batch.
  private static func classCount(_ shape: [Int]?) -> Int? {
    guard let shape, shape.count >= 2 else { return nil }
    let long = shape.dropFirst().filter { $0 > 1 }
    return long.count == 1 ? long[0] : nil
  }
}
