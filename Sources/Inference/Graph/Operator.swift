/// An ONNX operator with its attributes: one file a family, one line in ``OperatorTable``.
///
/// An operator says what it makes of known shapes and constants (`infer`), adds its computation to
/// a plan (`compile`), and, where it has one, the computation of its gradient (`compileGradient`).
protocol Operator: Sendable {
  /// Reads the attributes.
  ///
  /// - Throws: ``InferenceError/unsupportedAttribute(node:type:opset:problem:)``.
  init(_ node: NodeReader) throws

  /// The shapes of the outputs and, where they follow from constants, their values.
  ///
  /// - Throws: ``InferenceError/invalidNode(node:type:problem:)`` where the inputs do not fit.
  func infer(_ node: NodeOperands) throws -> [Operand]

  /// Adds the forward computation to the plan.
  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws

  /// Adds the computation that turns the gradient of the outputs into the gradient of the inputs. Every
  /// input that needs one must get a term, or the plan is refused.
  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws

  /// Whether the outputs change with small changes of an input. Where they do not (a comparison, the
  /// indices of a gather) the gradient does not go that way.
  func passesGradient(to input: Int) -> Bool

  /// Whether the formula holds for integers and gives integers, so that constants may be folded by
  /// computing it in floating point. Others fold integers themselves, in `infer`, or not at all.
  var foldsIntegers: Bool { get }

  /// How what lies along the axes of the inputs lies along those of the outputs: where the grid of the
  /// image is. Nil for an output of which that cannot be said.
  func views(_ node: ViewedNode) -> [ValueView?]

  /// Whether it makes features, and does not only pool, move or reorder those of others.
  var isFeature: Bool { get }

  /// Whether it multiplies by learned weights.
  var hasWeights: Bool { get }

  /// Whether it is a normalisation of every place or example by its own statistics.
  var normalizes: Bool { get }

  /// Whether it slides a window of weights over the places, channel by channel.
  var slides: Bool { get }

  /// Whether it adds up over the places of the grid, as attention does.
  func mixesPlaces(_ inputs: [ValueView?]) -> Bool

  /// How many multiplications it takes, from the shapes of its inputs and its output.
  func multiplications(_ inputs: [[Int]], output: [Int]) -> Double
}

extension Operator {
  func views(_ node: ViewedNode) -> [ValueView?] { node.placewise() }

  var isFeature: Bool { true }

  var hasWeights: Bool { false }

  var normalizes: Bool { false }

  var slides: Bool { false }

  func mixesPlaces(_ inputs: [ValueView?]) -> Bool { false }

  func multiplications(_ inputs: [[Int]], output: [Int]) -> Double { 0 }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    throw node.failure("it has no gradient here; choose a later layer")
  }

  func passesGradient(to input: Int) -> Bool { true }

  var foldsIntegers: Bool { false }
}

/// A tensor as shape inference sees it.
struct Operand: Sendable {
  var shape: [Int]
  /// The numbers, where they do not depend on the network's input.
  var constant: Tensor?

  init(shape: [Int]) { self.shape = shape }

  init(_ constant: Tensor) {
    shape = constant.shape
    self.constant = constant
  }
}

/// The shapes around a node at the batch size that its file was written for.
struct DeclaredShapes: Sendable {
  var inputs: [[Int]?]
  /// The first output's.
  var output: [Int]
}

/// A node with what is known of its inputs.
struct NodeOperands {
  let name: String
  let type: String
  let opset: Int
  let inputs: [Operand?]
  let outputCount: Int
  /// The batch size of this inference, and the one that the file was written for.
  let batch: (actual: Int, declared: Int)
  /// The node's shapes at the batch size that the file was written for, where this is another.
  var declared: DeclaredShapes?

  /// A required input.
  func input(_ index: Int) throws -> Operand {
    guard let operand = optional(index) else { throw failure("input \(index) is missing") }
    return operand
  }

  /// An input that may be left out.
  func optional(_ index: Int) -> Operand? { index < inputs.count ? inputs[index] : nil }

  /// The integers of an input that must be known before anything runs.
  func integers(_ index: Int, _ name: String) throws -> [Int]? {
    guard let operand = optional(index) else { return nil }
    guard let values = operand.constant?.integers else {
      throw failure("its \(name) must be constant integers")
    }
    // "To the end" is often written as the largest integer.
    let limit = Int64(largestElementCount)
    return values.map { Int(min(max($0, -limit), limit)) }
  }

  /// Refuses a shape that no tensor can have.
  func check(_ shape: [Int]) throws {
    guard checkedElementCount(shape) != nil else {
      throw failure("its output would have the impossible shape \(shape)")
    }
  }

  /// Refuses a result that is too large to be computed before anything runs.
  func checkFoldable(_ shape: [Int]) throws {
    try check(shape)
    guard elementCount(shape) <= 1 << 28 else {
      throw failure("a constant of shape \(shape) would have more than 2^28 elements")
    }
  }

  /// An axis counted from the front, from one perhaps counted from the back.
  func axis(_ axis: Int, rank: Int) throws -> Int {
    let result = axis < 0 ? axis + rank : axis
    guard (0..<rank).contains(result) else {
      throw failure("axis \(axis) is outside the \(rank) axes of its input")
    }
    return result
  }

  func failure(_ problem: String) -> InferenceError {
    .invalidNode(node: name, type: type, problem: problem)
  }
}
