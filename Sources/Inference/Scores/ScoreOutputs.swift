/// Finds the output of a graph that holds the scores.
struct ScoreOutputs {
  /// An output that is a list of scores, or cannot be computed.
  struct Candidate {
    let value: ValueID
    let name: String
    /// How many numbers it has for an image; nil where that is not known.
    let width: Int?
    /// Why it cannot be computed.
    let failure: InferenceError?

    /// Such as `logits [10]`.
    var words: String { "\(name) [\(width.map { "\($0)" } ?? "?")]" }
  }

  private let graph: GraphEnd
  private let choice: ScoreChoice
  private var file: String { graph.shaped.graph.file }

  init(_ graph: GraphEnd, _ choice: ScoreChoice) {
    (self.graph, self.choice) = (graph, choice)
  }

  /// The output, with what had to be assumed.
  func chosen() throws -> (value: ValueID, notes: [String]) {
    if let name = choice.name { return (try named(name), []) }
    let lists = candidates
    guard let first = lists.first else { throw noScores }
    guard lists.count > 1 else { return (try computed(first).value, []) }
    let (found, reason) = try narrowed(lists)
    let all = lists.map(\.words).joined(separator: ", ")
    return (
      try computed(found).value,
      [
        "The model has the outputs \(all); the scores are taken from \(found.name), \(reason)"
          + " (--scores NAME takes another one)."
      ]
    )
  }

  private var candidates: [Candidate] {
    let network = graph.shaped.graph
    var seen: Set<ValueID> = []
    return network.outputs.compactMap { value in
      guard network.setAside[value] == nil, graph.shaped.constants[value] == nil,
        seen.insert(value).inserted
      else { return nil }
      let failure = graph.failure(of: value)
      let width = failure == nil ? Self.width(graph.shape(value)) : nil
      guard failure != nil || width != nil else { return nil }
      return Candidate(
        value: value, name: network.name(of: value), width: width, failure: failure)
    }
  }

  /// The number of scores of one image: at most one axis is longer than 1. Nil for maps and sequences.
  private static func width(_ shape: [Int]) -> Int? {
    let long = shape.filter { $0 != 1 }
    return long.count <= 1 && !shape.contains(0) ? long.first ?? 1 : nil
  }

  private func computed(_ candidate: Candidate) throws -> Candidate {
    if let failure = candidate.failure { throw failure }
    return candidate
  }

  // MARK: The one of several

  private func narrowed(_ lists: [Candidate]) throws -> (Candidate, reason: String) {
    let fitting = choice.labelCount == 0 ? lists : lists.filter(fits)
    guard !fitting.isEmpty else { throw unknown(lists) }
    if fitting.count == 1 { return (fitting[0], "the only one as wide as the labels") }
    let main = fitting.filter { !OutputNames.isAuxiliary($0.name) }
    if main.count == 1 { return (main[0], "the only one that is not called auxiliary") }
    let left = main.isEmpty ? fitting : main
    if let failure = left.lazy.compactMap(\.failure).first { throw failure }
    for rule in Self.rules {
      if let found = rule.only(graph, left) { return (found, rule.reason) }
    }
    guard Set(left.map(\.width)).count == 1 else { throw unknown(lists) }
    return (left[0], "the first of equal width: auxiliary heads come last")
  }

  /// What tells the scores from features, or from other heads: each rule names the one that it is sure of.
  private static let rules:
    [(reason: String, only: @Sendable (GraphEnd, [Candidate]) -> Candidate?)] = [
      ("which is computed from the others", behindOthers),
      ("the only one that ends in probabilities", ending),
      ("by its name", byName),
      ("the deepest one: auxiliary heads branch off earlier", deepest),
    ]

  private func fits(_ candidate: Candidate) -> Bool {
    guard let width = candidate.width else { return true }
    return width == choice.labelCount || (width == 1 && choice.labelCount == 2)
  }

  private static func behindOthers(_ graph: GraphEnd, _ lists: [Candidate]) -> Candidate? {
    let roots = lists.map { root($0.value, graph) }
    let found = lists.indices.filter { place in
      let before = ancestors(of: lists[place].value, graph).keys
      return roots.indices.allSatisfy { $0 == place || before.contains(roots[$0]) }
    }
    return found.count == 1 ? lists[found[0]] : nil
  }

  private static func ending(_ graph: GraphEnd, _ lists: [Candidate]) -> Candidate? {
    let found = lists.filter {
      let ending = ScoreEndingTable.ending(of: $0.value, graph).ending
      return ending != .none && ending != .rectified
    }
    return found.count == 1 ? found[0] : nil
  }

  private static func byName(_ graph: GraphEnd, _ lists: [Candidate]) -> Candidate? {
    let scores = lists.filter { OutputNames.isOfScores($0.name) }
    if scores.count == 1 { return scores[0] }
    let others = lists.filter { !OutputNames.isOfFeatures($0.name) }
    return others.count == 1 ? others[0] : nil
  }

  /// Only among heads of equal width: depth does not tell features from scores.
  private static func deepest(_ graph: GraphEnd, _ lists: [Candidate]) -> Candidate? {
    guard Set(lists.map(\.width)).count == 1 else { return nil }
    let depths = lists.map { ancestors(of: $0.value, graph)[$0.value] ?? 0 }
    let greatest = depths.max() ?? 0
    let found = lists.indices.filter { depths[$0] == greatest }
    return found.count == 1 ? lists[found[0]] : nil
  }

  /// The value before changes of shape.
  private static func root(_ value: ValueID, _ graph: GraphEnd) -> ValueID {
    var result = value
    while let before = graph.producer(result).flatMap(graph.reshaped) { result = before }
    return result
  }

  /// All values that one depends on, itself included, with the most layers of weights up to each.
  private static func ancestors(of value: ValueID, _ graph: GraphEnd) -> [ValueID: Int] {
    var wanted: Set<ValueID> = [value]
    for node in graph.shaped.nodes.reversed()
    where node.outputs.contains(where: { $0.map(wanted.contains) == true }) {
      wanted.formUnion(node.inputs.compactMap(\.self))
    }
    var depths: [ValueID: Int] = [:]
    for node in graph.shaped.nodes {
      let before = node.inputs.compactMap(\.self).compactMap { depths[$0] }.max() ?? 0
      let own = ["Conv", "Gemm", "MatMul"].contains(node.type) ? 1 : 0
      for output in node.outputs.compactMap(\.self) where wanted.contains(output) {
        depths[output] = before + own
      }
    }
    return depths
  }

  // MARK: By name, and refusals

  private func named(_ name: String) throws -> ValueID {
    let network = graph.shaped.graph
    guard let value = network.value(named: name) else {
      throw refusal(
        "it has no value \(name) for --scores; expected one of its outputs, \(outputNames)")
    }
    if let reason = network.setAside[value] { throw refusal("its output \(name) holds \(reason)") }
    if let failure = graph.failure(of: value) { throw failure }
    guard graph.shaped.constants[value] == nil, graph.shaped.shapes[value] != nil,
      Self.width(graph.shape(value)) != nil
    else {
      throw refusal(
        "\(name) has the shape \(shapeWords(value)), a list of scores [N, classes] was expected")
    }
    return value
  }

  private func unknown(_ lists: [Candidate]) -> InferenceError {
    let all = lists.map(\.words).joined(separator: ", ")
    let why =
      choice.labelCount > 0
      ? "and \(choice.labelCount) labels do not tell which holds the scores"
      : "and nothing says which holds the scores"
    return refusal(
      "it has the outputs \(all), \(why); expected --scores with the name of one output")
  }

  private var noScores: InferenceError {
    let network = graph.shaped.graph
    let open = network.outputs.filter { network.setAside[$0] == nil }
    guard let value = open.first else {
      let words = network.outputs.compactMap { value in
        network.setAside[value].map { "\(network.name(of: value)) (\($0))" }
      }
      return refusal(
        "its output is \(words.joined(separator: ", ")): no scores to explain; expected a model whose"
          + " output is the scores themselves, or --scores with the name of the value that holds them"
      )
    }
    guard graph.shaped.constants[value] == nil else {
      return refusal(
        "its output \(network.name(of: value)) does not depend on the input; a list of scores"
          + " [N, classes] was expected")
    }
    let axes = graph.shape(value).count
    let kind = axes == 4 ? ", a map a class (segmentation) or features" : ""
    return refusal(
      "its output \(network.name(of: value)) has the shape \(shapeWords(value))\(kind); a"
        + " classifier's list of scores [N, classes] was expected")
  }

  private var outputNames: String {
    graph.shaped.graph.outputs.map(graph.shaped.graph.name).joined(separator: ", ")
  }

  private func shapeWords(_ value: ValueID) -> String {
    graph.shape(value).map { "\($0)" }.joined(separator: " x ")
  }

  private func refusal(_ problem: String) -> InferenceError {
    .unsupported(file: file, problem: problem)
  }
}

/// What the names of outputs tell, as exporters give them.
enum OutputNames {
  /// Whether an output is of an auxiliary head.
  static func isAuxiliary(_ name: String) -> Bool { words(name).contains { $0.hasPrefix("aux") } }

  /// Whether an output is called scores.
  static func isOfScores(_ name: String) -> Bool {
    words(name).contains { word in
      [
        "logit", "prob", "score", "softmax", "sigmoid", "predict", "pred", "class", "dense", "fc",
        "head",
      ].contains { word.hasPrefix($0) }
    } && !isOfFeatures(name)
  }

  /// Whether an output is called features.
  static func isOfFeatures(_ name: String) -> Bool {
    words(name).contains { word in
      ["feature", "feat", "embed", "pool", "hidden", "latent", "represent", "token"].contains {
        word.hasPrefix($0)
      }
    }
  }

  private static func words(_ name: String) -> [Substring] {
    name.lowercased().split { !$0.isLetter }
  }
}
