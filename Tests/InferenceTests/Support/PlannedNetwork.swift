import Testing

@testable import Inference

/// A graph of any input shape, run as it is: no scores or layers are looked for.
struct PlannedNetwork {
  let shaped: ShapedGraph
  private let engine: OneDNNEngine
  private let weights: WeightStore

  init(_ graph: Graph, inputShape: [Int]) throws {
    shaped = try ShapedGraph(graph, inputShape: inputShape)
    engine = try OneDNNEngine()
    weights = WeightStore(engine: engine)
  }

  init(_ model: ONNXModel, inputShape: [Int]) throws {
    try self.init(try model.graph(), inputShape: inputShape)
  }

  /// The value with a name.
  func value(_ name: String) throws -> ValueID {
    ValueID(index: try #require(shaped.graph.names.firstIndex(of: name), "a value named \(name)"))
  }

  /// A plan that gives back values, and perhaps the gradient of the last of them.
  func plan(
    results names: [String], gradientWith target: String? = nil
  ) throws -> Plan {
    let results = try names.map(value)
    var request = PlanRequest(
      source: shaped.graph.input, inputShape: shaped.inputShape, results: results)
    if let target, let last = results.last {
      request.gradient = GradientRequest(of: last, with: try value(target))
    }
    return try Plan(request, shaped: shaped, engine: engine, weights: weights)
  }

  /// The values with the names, for one input; what is constant is not computed.
  func run(_ input: [Float], results names: [String]) throws -> [Tensor] {
    let plan = try plan(results: names)
    try plan.run { _ = $0.update(fromContentsOf: input) }
    return try names.map { name in
      let value = try value(name)
      if let known = shaped.constants[value] { return known }
      return Tensor(
        shape: try #require(shaped.shapes[value]), floats: Array(plan.result(value)))
    }
  }
}

/// Whether the numbers agree within a tolerance relative to the largest magnitude expected (or 1 of
/// it, where that is smaller than the tolerance); tells where they differ most.
func expectEqual(
  _ found: [Float], _ expected: [Float], tolerance: Float = 1e-4, _ comment: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard found.count == expected.count else {
    Issue.record(
      "\(comment): \(found.count) numbers, not \(expected.count)", sourceLocation: sourceLocation)
    return
  }
  let finite = expected.lazy.filter(\.isFinite).map(abs).max() ?? 0
  let allowed = tolerance * max(finite, 1e-3)
  for index in found.indices where found[index] != expected[index] {
    guard
      abs(found[index] - expected[index]) <= allowed
        || (found[index].isNaN && expected[index].isNaN)
    else {
      Issue.record(
        "\(comment): number \(index) is \(found[index]), not \(expected[index])",
        sourceLocation: sourceLocation)
      return
    }
  }
}
