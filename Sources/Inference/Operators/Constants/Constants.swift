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
    } else if let value = node.wideInteger("value_int") {
      tensor = Tensor(shape: [], integers: [value])
    } else if let values = node.wideIntegers("value_ints") {
      tensor = Tensor(shape: [values.count], integers: values)
    } else if let tensor = try node.sparseTensor("sparse_value") {
      self.tensor = tensor
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

/// The number of elements of its input.
struct Size: ConstantOperator {
  init(_ node: NodeReader) throws {}

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let count = elementCount(try node.input(0).shape)
    return [Operand(Tensor(shape: [], integers: [Int64(count)]))]
  }
}

/// `start`, `start + delta` and so on, before `limit`.
struct NumberRange: ConstantOperator {
  init(_ node: NodeReader) throws {}

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let ends = try (0..<3).map { index in
      guard let tensor = try node.input(index).constant, tensor.count == 1 else {
        throw node.failure("its start, limit and delta must be constant numbers")
      }
      return tensor
    }
    let whole = ends.compactMap { $0.integers?.first }
    if whole.count == 3 {
      return [Operand(try integers(node, whole[0], whole[1], whole[2]))]
    }
    let numbers = ends.map { $0.floats[0] }
    let count = try count(node, ((numbers[1] - numbers[0]) / numbers[2]).rounded(.up))
    return [
      Operand(
        Tensor(
          shape: [count],
          floats: (0..<count).map { numbers[0] + Float($0) * numbers[2] }))
    ]
  }

  private func integers(
    _ node: NodeOperands, _ start: Int64, _ limit: Int64, _ delta: Int64
  ) throws -> Tensor {
    guard delta != 0 else { throw node.failure("its delta is 0") }
    let (distance, isTooLong) = limit.subtractingReportingOverflow(start)
    let count = try count(node, (Float(distance) / Float(delta)).rounded(.up), isTooLong)
    let values = (0..<Int64(count)).map { start &+ $0 &* delta }
    // Division in float32 may be one off.
    let exact = values.filter { delta > 0 ? $0 < limit : $0 > limit }
    return Tensor(shape: [exact.count], integers: exact)
  }

  private func count(_ node: NodeOperands, _ count: Float, _ isTooLong: Bool = false) throws -> Int
  {
    guard !isTooLong, !count.isNaN, count <= 0x1p28 else {
      throw node.failure("it would have more than 2^28 elements")
    }
    return Int(max(count, 0))
  }
}

/// Ones on a diagonal of a matrix as large as its input.
struct EyeLike: ConstantOperator {
  let diagonal: Int
  let type: ElementType?

  init(_ node: NodeReader) throws {
    diagonal = node.integer("k", default: 0)
    type = node.integer("dtype").flatMap { ElementType(rawValue: Int32(clamping: $0)) }
  }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let input = try node.input(0)
    guard input.shape.count == 2 else { throw node.failure("its input must be a matrix") }
    try node.checkFoldable(input.shape)
    let (rows, columns) = (input.shape[0], input.shape[1])
    var values = Array(repeating: Int64(0), count: rows * columns)
    for row in 0..<rows where (0..<columns).contains(row + diagonal) {
      values[row * columns + row + diagonal] = 1
    }
    let isReal = type?.isReal ?? !(input.constant?.isInteger ?? false)
    let tensor = Tensor(shape: input.shape, integers: values)
    return [Operand(isReal ? Tensor(shape: input.shape, floats: tensor.floats) : tensor)]
  }
}

/// An operator whose result is always known before anything runs.
protocol ConstantOperator: Operator {}

extension ConstantOperator {
  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    throw node.failure("its value must follow from constants")
  }
}
