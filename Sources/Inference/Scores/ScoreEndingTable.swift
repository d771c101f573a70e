/// The ways in which graphs turn scores into what comes out.
enum ScoreEndingTable {
  /// A recognised end: the scores, and what is done to them.
  struct Found {
    var scores: ValueID
    var ending: ScoreEnding
  }

  /// The rules, tried in this order at every node from the output upwards: each says whether it begins
  /// there.
  static let rules: [@Sendable (GraphEnd, Node) -> Found?] = [
    SoftmaxEnding.found,
    SoftmaxEnding.foundWrittenOut,
    SoftmaxEnding.foundOfLogarithm,
    SigmoidEnding.found,
    SigmoidEnding.foundWrittenOut,
  ]

  /// What a graph does at an output.
  ///
  /// - Parameters:
  ///   - output: the output.
  ///   - graph: the graph, read from its end.
  /// - Returns: the output itself, where nothing is recognised.
  static func ending(of output: ValueID, _ graph: GraphEnd) -> Found {
    var (value, factor) = (output, Float(1))
    var limited: Found?
    while let node = graph.producer(value) {
      for rule in rules {
        if let found = rule(graph, node) { return found }
      }
      limited = limited ?? LimitedEnding.found(graph, node, factor, output: output)
      guard let passed = graph.passed(node) else { break }
      (value, factor) = (passed.value, factor * passed.factor)
    }
    if let ending = ProbabilityMass(graph).ending(of: output, factor: factor) {
      return Found(scores: output, ending: ending)
    }
    return limited ?? Found(scores: output, ending: .none)
  }
}

/// A softmax, its logarithm, or either written out.
enum SoftmaxEnding {
  static func found(_ graph: GraphEnd, _ node: Node) -> ScoreEndingTable.Found? {
    guard let softmax = node.operation as? any SoftmaxOperator, let data = graph.input(node, 0),
      normalizesAll(softmax, graph.shape(data))
    else { return nil }
    return .init(scores: beforeLogarithm(data, graph), ending: .softmax)
  }

  /// `exp(x) / sum exp(x)`, the largest x perhaps taken off before.
  static func foundWrittenOut(
    _ graph: GraphEnd, _ node: Node
  ) -> ScoreEndingTable.Found? {
    guard let (numerator, denominator) = quotient(node, graph),
      let exponential = graph.producer(numerator), exponential.type == "Exp",
      isSum(denominator, of: numerator, graph), let x = graph.input(exponential, 0)
    else { return nil }
    return .init(scores: withoutMaximum(x, graph), ending: .softmax)
  }

  /// `exp(log softmax(x))`, `log(softmax(x))`, and `x - log sum exp(x)`.
  static func foundOfLogarithm(
    _ graph: GraphEnd, _ node: Node
  ) -> ScoreEndingTable.Found? {
    guard let data = graph.input(node, 0) else { return nil }
    if node.type == "Sub" { return logSumExp(node, graph) }
    guard node.type == "Exp" || node.type == "Log" else { return nil }
    var (value, hops) = (data, 0)
    while let inner = graph.producer(value), hops < 8 {
      let isLogarithm =
        (inner.operation as? any SoftmaxOperator)?.isLogarithm ?? (inner.type == "Sub")
      if isLogarithm == (node.type == "Exp"),
        let found = found(graph, inner) ?? foundWrittenOut(graph, inner)
          ?? logSumExp(inner, graph)
      {
        return found
      }
      guard let passed = graph.reshaped(inner) else { return nil }
      (value, hops) = (passed, hops + 1)
    }
    return nil
  }

  /// Whether it goes over all scores of an image.
  static func normalizesAll(_ softmax: any SoftmaxOperator, _ shape: [Int]) -> Bool {
    let axis = softmax.axis < 0 ? softmax.axis + shape.count : softmax.axis
    guard shape.indices.contains(axis) else { return false }
    let normalized = softmax.isFlattening ? elementCount(Array(shape[axis...])) : shape[axis]
    return normalized == elementCount(shape)
  }

  /// A softmax does not see a constant that is added to all scores: neither a logarithm of a softmax.
  private static func beforeLogarithm(_ value: ValueID, _ graph: GraphEnd) -> ValueID {
    guard let node = graph.producer(value), let inner = node.operation as? any SoftmaxOperator,
      inner.isLogarithm, let data = graph.input(node, 0), normalizesAll(inner, graph.shape(data))
    else { return value }
    return data
  }

  private static func quotient(
    _ node: Node, _ graph: GraphEnd
  ) -> (numerator: ValueID, denominator: ValueID)? {
    guard let left = graph.input(node, 0), let right = graph.input(node, 1) else { return nil }
    if node.type == "Div" { return (left, right) }
    guard node.type == "Mul" else { return nil }
    for (value, other) in [(left, right), (right, left)] {
      if let inverse = graph.producer(other), inverse.type == "Reciprocal",
        let sum = graph.input(inverse, 0)
      {
        return (value, sum)
      }
    }
    return nil
  }

  private static func isSum(_ value: ValueID, of terms: ValueID, _ graph: GraphEnd) -> Bool {
    guard let (node, data) = reduction(value, graph) else { return false }
    return node.type == "ReduceSum" && data == terms && graph.count(value) == 1
  }

  /// The reduction that makes a value, whatever shape it gets afterwards.
  private static func reduction(_ value: ValueID, _ graph: GraphEnd) -> (Node, ValueID)? {
    var value = value
    while let node = graph.producer(value) {
      if node.type.hasPrefix("Reduce") { return graph.input(node, 0).map { (node, $0) } }
      guard let before = graph.reshaped(node) else { return nil }
      value = before
    }
    return nil
  }

  private static func withoutMaximum(_ value: ValueID, _ graph: GraphEnd) -> ValueID {
    guard let node = graph.producer(value), node.type == "Sub", let x = graph.input(node, 0),
      let subtracted = graph.input(node, 1), graph.count(subtracted) == 1
    else { return value }
    return x
  }

  private static func logSumExp(_ node: Node, _ graph: GraphEnd) -> ScoreEndingTable.Found? {
    guard node.type == "Sub", let x = graph.input(node, 0), let sum = graph.input(node, 1),
      graph.count(sum) == 1, graph.count(x) > 1
    else { return nil }
    let found = ScoreEndingTable.Found(scores: withoutMaximum(x, graph), ending: .softmax)
    if let (reducing, data) = reduction(sum, graph) {
      return reducing.type == "ReduceLogSumExp" && data == x ? found : nil
    }
    guard let logarithm = graph.producer(sum), logarithm.type == "Log",
      let (reducing, data) = graph.input(logarithm, 0).flatMap({ reduction($0, graph) }),
      reducing.type == "ReduceSum", let exponential = graph.producer(data),
      exponential.type == "Exp", graph.input(exponential, 0) == x
    else { return nil }
    return found
  }
}

/// A sigmoid of every score, a hard one, or either written out.
enum SigmoidEnding {
  static func found(_ graph: GraphEnd, _ node: Node) -> ScoreEndingTable.Found? {
    guard let data = graph.input(node, 0) else { return nil }
    if node.operation is Sigmoid { return .init(scores: data, ending: .sigmoid) }
    guard let hard = node.operation as? HardSigmoid else { return nil }
    return .init(scores: data, ending: .hardSigmoid(alpha: hard.alpha, beta: hard.beta))
  }

  /// `1 / (1 + exp(-x))`.
  static func foundWrittenOut(
    _ graph: GraphEnd, _ node: Node
  ) -> ScoreEndingTable.Found? {
    let isInverse = node.type == "Div" && graph.scalar(graph.input(node, 0)) == 1
    guard isInverse || node.type == "Reciprocal",
      let sum = graph.producer(graph.input(node, isInverse ? 1 : 0)), sum.type == "Add",
      let (value, one, _) = graph.scaled(sum), one == 1,
      let exponential = graph.producer(value), exponential.type == "Exp",
      let negative = graph.producer(graph.input(exponential, 0))
    else { return nil }
    let x: ValueID? =
      switch negative.type {
      case "Neg": graph.input(negative, 0)
      case "Mul": graph.scaled(negative).flatMap { $0.by == -1 ? $0.value : nil }
      case "Sub": graph.scalar(graph.input(negative, 0)) == 0 ? graph.input(negative, 1) : nil
      default: nil
      }
    return x.map { .init(scores: $0, ending: .sigmoid) }
  }
}

/// Values that are kept within bounds, where nothing else is found.
enum LimitedEnding {
  /// `clip(x, 0, u)`, scaled to end at 1, is a hard sigmoid; one value that is kept from being negative is
  /// a value.
  static func found(
    _ graph: GraphEnd, _ node: Node, _ factor: Float, output: ValueID
  ) -> ScoreEndingTable.Found? {
    guard let data = graph.input(node, 0) else { return nil }
    if let (low, high) = ClipBounds.of(node, graph), low == 0, abs(high * factor - 1) < 1e-3 {
      return .init(scores: data, ending: .hardSigmoid(alpha: factor, beta: 0))
    }
    let isRectifier =
      node.operation is Relu || node.type == "Softplus" || ClipBounds.of(node, graph)?.low == 0
    guard isRectifier, graph.count(data) == 1 else { return nil }
    return .init(scores: output, ending: .rectified)
  }
}

/// The bounds of a `Clip`.
enum ClipBounds {
  static func of(_ node: Node, _ graph: GraphEnd) -> (low: Float, high: Float)? {
    guard let clip = node.operation as? Clip else { return nil }
    return (
      graph.scalar(graph.input(node, 1)) ?? clip.low ?? -.infinity,
      graph.scalar(graph.input(node, 2)) ?? clip.high ?? .infinity
    )
  }
}
