/// A tensor that stands in the graph.
struct Constant: ConstantOperator {
  let tensor: Tensor

  init(_ node: NodeReader) throws {
    if let tensor = try node.tensor("value") {
      self.tensor = tensor
    } else if let value = node.float("value_float") {
      tensor = Tensor(shape: [], floats: [value])
    } else if let values = node.floats("value_floats") {
      tensor = Tensor(shape: [values.count], floats: values)
    } else if let value = node.integer("value_int") {
      tensor = Tensor(shape: [], integers: [Int64(value)])
    } else if let values = node.integers("value_ints") {
      tensor = Tensor(shape: [values.count], integers: values.map { Int64($0) })
    } else {
      throw node.unsupported("a tensor, a number or a list of numbers was expected as its value")
    }
  }

  func infer(_ node: NodeOperands) throws -> [Operand] { [Operand(tensor)] }
}

/// A tensor of a constant shape filled with one number.
struct ConstantOfShape: ConstantOperator {
  let value: Tensor

  init(_ node: NodeReader) throws {
    value = try node.tensor("value") ?? Tensor(shape: [1], floats: [0])
    guard value.count == 1 else { throw node.unsupported("attribute value must be one number") }
  }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    guard let shape = try node.integers(0, "shape") else { throw node.failure("it has no shape") }
    try node.checkFoldable(shape)
    let count = elementCount(shape)
    if let integer = value.integers?.first {
      return [Operand(Tensor(shape: shape, integers: Array(repeating: integer, count: count)))]
    }
    let fill = value.floats.first ?? 0
    return [Operand(Tensor(shape: shape, floats: Array(repeating: fill, count: count)))]
  }
}

/// The dimensions of its input.
struct Shape: ConstantOperator {
  let start: Int
  let end: Int?

  init(_ node: NodeReader) throws {
    start = node.integer("start", default: 0)
    end = node.integer("end")
  }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let shape = try node.input(0).shape
    let first = clamped(start, shape.count)
    let last = max(first, clamped(end ?? shape.count, shape.count))
    let dimensions = shape[first..<last].map { Int64($0) }
    return [Operand(Tensor(shape: [dimensions.count], integers: dimensions))]
  }

  private func clamped(_ axis: Int, _ rank: Int) -> Int {
    min(max(axis < 0 ? axis + rank : axis, 0), rank)
  }
}

/// Changes the element type; real numbers stay float32 here, integers are truncated towards zero.
struct Cast: ReshapingOperator {
  let type: ElementType

  init(_ node: NodeReader) throws {
    let number = node.integer("to", default: 0)
    guard let type = ElementType(rawValue: Int32(clamping: number)) else {
      throw node.unsupported("attribute to = \(number), a numeric element type was expected")
    }
    self.type = type
    node.ignore("saturate")
  }

  func shape(_ node: NodeOperands) throws -> [Int] { try node.input(0).shape }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let input = try node.input(0)
    guard let constant = input.constant else {
      guard type.isReal else { throw node.failure("activations cannot become integers") }
      return [Operand(shape: input.shape)]
    }
    return [Operand(cast(constant))]
  }

  private func cast(_ tensor: Tensor) -> Tensor {
    if type.isReal {
      return tensor.isInteger ? Tensor(shape: tensor.shape, floats: tensor.floats) : tensor
    }
    let isBoolean = type == .bool
    let values =
      tensor.integers
      ?? tensor.floats.map { $0.isFinite ? Int64(exactly: $0.rounded(.towardZero)) ?? 0 : 0 }
    let isTrue = tensor.integers == nil ? tensor.floats.map { $0 != 0 } : values.map { $0 != 0 }
    return Tensor(
      shape: tensor.shape, integers: isBoolean ? isTrue.map { $0 ? 1 : 0 } : values)
  }
}

/// An operator whose result is always known before anything runs.
protocol ConstantOperator: Operator {}

extension ConstantOperator {
  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    throw node.failure("its value must follow from constants")
  }
}
