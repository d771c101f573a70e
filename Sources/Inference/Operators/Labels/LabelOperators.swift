/// `ai.onnx.ml.ZipMap`: scores with their labels. Here the labels are left aside: the result is the scores.
struct ZipMap: ReshapingOperator {
  init(_ node: NodeReader) throws {
    node.ignore("classlabels_int64s", "classlabels_strings")
  }

  func shape(_ node: NodeOperands) throws -> [Int] { try node.input(0).shape }
}

/// `ai.onnx.ml.LabelEncoder`: classes under other names. It may stand beside the scores; nothing computes with its
/// result.
struct LabelEncoder: Operator {
  init(_ node: NodeReader) throws {
    let kinds = ["floats", "int64s", "strings", "tensor"]
    node.ignore(kinds.flatMap { ["keys_\($0)", "values_\($0)"] })
    node.ignore(
      "default_float", "default_int64", "default_string", "default_tensor", "classes_strings")
  }

  func passesGradient(to input: Int) -> Bool { false }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    [Operand(shape: try node.input(0).shape)]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    throw node.failure("the scores cannot depend on labels")
  }
}
