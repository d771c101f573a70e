/// A node as an operator sees it while a plan is made.
struct PlannedNode {
  /// Its place in the plan.
  let index: Int
  let name: String
  let type: String
  let opset: Int
  let inputs: [ValueID?]
  let outputs: [ValueID?]

  init(_ node: Node, index: Int) {
    self.index = index
    name = node.name
    type = node.type
    opset = node.opset
    inputs = node.inputs
    outputs = node.outputs
  }

  /// A required input.
  func input(_ index: Int) throws -> ValueID {
    guard let value = optional(index) else { throw failure("input \(index) is missing") }
    return value
  }

  /// An input that may be left out.
  func optional(_ index: Int) -> ValueID? { index < inputs.count ? inputs[index] : nil }

  /// The first output.
  func output() throws -> ValueID {
    guard let value = outputs.first ?? nil else { throw failure("it has no output") }
    return value
  }

  func failure(_ problem: String) -> InferenceError {
    .invalidNode(node: name, type: type, problem: problem)
  }
}
