/// Changes the element type: rounds to what float16 and the other narrow types can hold, ties to even, and
/// truncates towards zero where integers are asked for.
struct Cast: CastingOperator {
  private let target: ElementType
  let saturates: Bool

  init(_ node: NodeReader) throws {
    let number = node.integer("to", default: 0)
    guard let type = ElementType(rawValue: Int32(clamping: number)), type != .string else {
      throw node.unsupported("attribute to = \(number), a numeric element type was expected")
    }
    target = type
    saturates = node.integer("saturate", default: 1) != 0
    node.ignore("round_mode")
  }

  func targetType(like: Tensor?) -> ElementType { target }

  func passesGradient(to input: Int) -> Bool { input == 0 && target.isReal }
}

/// ``Cast`` to the element type of the second input; where that is no constant, to float32.
struct CastLike: CastingOperator {
  let saturates: Bool

  init(_ node: NodeReader) throws {
    saturates = node.integer("saturate", default: 1) != 0
    node.ignore("round_mode")
  }

  func targetType(like: Tensor?) -> ElementType { like?.elementType ?? .float }

  func passesGradient(to input: Int) -> Bool { input == 0 }
}

/// What the two have in common. The gradient passes rounding straight through.
protocol CastingOperator: ReshapingOperator {
  var saturates: Bool { get }
  /// The element type of the result, for the numbers of the second input.
  func targetType(like: Tensor?) -> ElementType
}

extension CastingOperator {
  func shape(_ node: NodeOperands) throws -> [Int] { try node.input(0).shape }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let input = try node.input(0)
    guard let constant = input.constant else { return [Operand(shape: input.shape)] }
    return [Operand(cast(constant, to: targetType(like: node.optional(1)?.constant)))]
  }

  /// The numbers of a tensor as another type holds them.
  private func cast(_ tensor: Tensor, to type: ElementType) -> Tensor {
    if tensor.elementType == type { return tensor }
    let change = change(to: type)
    if type.isReal {
      guard let change else {
        return tensor.isInteger
          ? Tensor(shape: tensor.shape, floats: tensor.floats).typed(type) : tensor
      }
      return Tensor(shape: tensor.shape, floats: tensor.floats.map(change)).typed(type)
    }
    guard let integers = tensor.integers else {
      let values = tensor.floats.map { Int64(exactly: change?($0) ?? $0) ?? 0 }
      return Tensor(shape: tensor.shape, integers: values).typed(type)
    }
    let values = integers.map { type == .bool ? ($0 == 0 ? 0 : 1) : type.wrapped($0) }
    return Tensor(shape: tensor.shape, integers: values).typed(type)
  }

  /// What becomes of every number; nil where nothing does.
  private func change(to type: ElementType) -> (@Sendable (Float) -> Float)? {
    if type == .float || type == .double { return nil }
    if type == .float16 || type == .bfloat16 { return { type.rounded($0) } }
    if type == .bool { return { $0 == 0 ? 0 : 1 } }
    let saturates = saturates
    if let format = type.smallFloat { return { format.rounded($0, saturates: saturates) } }
    return { $0.rounded(.towardZero) }
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (value, output) = (try node.input(0), try node.output())
    guard let change = change(to: type(of: node, in: plan)) else {
      return plan.define(output, sharing: try plan.buffer(of: value))
    }
    let input = try plan.plainBuffer(of: value)
    let result = plan.define(output, input.descriptor)
    let count = elementCount(input.descriptor.shape)
    plan.emitLoop([input, result]) { pointers in
      for index in 0..<count { pointers[1][index] = change(pointers[0][index]) }
    }
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    guard type(of: node, in: plan).isReal else {
      throw node.failure("integers have no gradient; choose a later layer")
    }
    plan.contribute(try plan.gradient(of: try node.output()), to: try node.input(0))
  }

  private func type(of node: PlannedNode, in plan: PlanBuilder) -> ElementType {
    targetType(like: node.optional(1).flatMap { plan.constant($0) })
  }
}

extension ElementType {
  /// An integer as the type holds it: the lowest bits where it is too large.
  fileprivate func wrapped(_ value: Int64) -> Int64 {
    guard let range = integerRange, !range.contains(value), bitCount < 64 else { return value }
    let low = value & ((1 << Int64(bitCount)) - 1)
    return low > range.upperBound ? low - 1 << Int64(bitCount) : low
  }
}
