/// Looks for the probabilities that a value is put together of, such as the mean of several softmaxes.
///
/// It goes up from the value through sums, means, selections and changes of shape, and stops where
/// weights, or products of two activations, begin: softmaxes before those are attention.
struct ProbabilityMass {
  private let graph: GraphEnd

  init(_ graph: GraphEnd) { self.graph = graph }

  /// What a value is put together of.
  ///
  /// - Parameters:
  ///   - value: the value.
  ///   - factor: the constants that it is multiplied with at the end.
  /// - Returns: ``ScoreEnding/probabilities(divisor:sumsToOne:isExclusive:)``, or nil where no
  ///   probabilities are in it.
  func ending(of value: ValueID, factor: Float) -> ScoreEnding? {
    var found = Found()
    let total = mass(of: value, &found, depth: 0)
    guard found.hasSoftmax || found.hasSigmoid else { return nil }
    let isExclusive = found.hasSoftmax && !found.hasSigmoid
    guard isExclusive, let total, total > 0, found.lengths == [graph.count(value)] else {
      // Percent is told by its factor.
      return .probabilities(
        divisor: factor >= 10 ? factor : 1, sumsToOne: false, isExclusive: isExclusive)
    }
    return .probabilities(
      divisor: abs(total - 1) < 1e-3 ? 1 : total, sumsToOne: true, isExclusive: true)
  }

  private struct Found {
    var hasSoftmax = false
    var hasSigmoid = false
    /// How many classes each softmax goes over.
    var lengths: Set<Int> = []
    /// What is known already: graphs share values.
    var masses: [ValueID: Float?] = [:]
  }

  /// What the value's elements of one image sum to; nil where that is not known.
  private func mass(of value: ValueID?, _ found: inout Found, depth: Int) -> Float? {
    guard let value, depth < 64, let node = graph.producer(value) else { return nil }
    if let known = found.masses[value] { return known }
    let result = mass(madeBy: node, value, &found, depth: depth)
    found.masses[value] = .some(result)
    return result
  }

  private func mass(
    madeBy node: Node, _ value: ValueID, _ found: inout Found, depth: Int
  ) -> Float? {
    if isSoftmax(node) {
      let length = length(node)
      found.hasSoftmax = true
      found.lengths.insert(length)
      return Float(graph.count(value)) / Float(max(1, length))
    }
    if SigmoidEnding.found(graph, node) != nil || SigmoidEnding.foundWrittenOut(graph, node) != nil
    {
      found.hasSigmoid = true
      return nil
    }
    if let passed = graph.passed(node) {
      return mass(of: passed.value, &found, depth: depth + 1).map { $0 * passed.factor }
    }
    return combined(node, value, &found, depth: depth + 1)
  }

  private func combined(
    _ node: Node, _ value: ValueID, _ found: inout Found, depth: Int
  ) -> Float? {
    let inputs = node.inputs.compactMap(\.self).filter { graph.shaped.constants[$0] == nil }
    switch node.type {
    case "Add", "Sum", "Mean":
      let masses = inputs.map { mass(of: $0, &found, depth: depth) }
      guard inputs.count == node.inputs.count, masses.allSatisfy({ $0 != nil }) else { return nil }
      let sum = masses.reduce(0) { $0 + ($1 ?? 0) }
      return node.type == "Mean" ? sum / Float(masses.count) : sum
    case "Concat":
      let masses = inputs.map { mass(of: $0, &found, depth: depth) }
      return masses.allSatisfy { $0 != nil } ? masses.reduce(0) { $0 + ($1 ?? 0) } : nil
    case "ReduceMean", "AveragePool", "GlobalAveragePool", "ReduceSum":
      let whole = inputs.first.flatMap { mass(of: $0, &found, depth: depth) }
      let share = Float(graph.count(value)) / Float(max(1, graph.count(inputs.first)))
      return whole.map { node.type == "ReduceSum" ? $0 : $0 * share }
    case "Sub", "Gather", "Slice", "Split", "Transpose", "ReduceMax", "GlobalMaxPool", "Pow",
      "Sqrt",
      "Neg":
      for input in inputs { _ = mass(of: input, &found, depth: depth) }
      return node.type == "Transpose" ? mass(of: inputs.first, &found, depth: depth) : nil
    case "Mul", "Div":
      // By a vector of constants; two activations are a gate.
      if inputs.count == 1 { _ = mass(of: inputs[0], &found, depth: depth) }
      return nil
    default:
      return nil
    }
  }

  private func isSoftmax(_ node: Node) -> Bool {
    if let softmax = node.operation as? any SoftmaxOperator { return !softmax.isLogarithm }
    return SoftmaxEnding.foundWrittenOut(graph, node) != nil
      || (node.type == "Exp" && SoftmaxEnding.foundOfLogarithm(graph, node) != nil)
  }

  /// How many classes a softmax goes over.
  private func length(_ node: Node) -> Int {
    let shape = graph.shape(node.outputs.first ?? nil)
    guard let softmax = node.operation as? any SoftmaxOperator else { return elementCount(shape) }
    let axis = softmax.axis < 0 ? softmax.axis + shape.count : softmax.axis
    guard shape.indices.contains(axis) else { return elementCount(shape) }
    return softmax.isFlattening ? elementCount(Array(shape[axis...])) : shape[axis]
  }
}
