/// Changes the element type. Real numbers stay float32 here; a real number becomes the integer towards
/// zero, anything but 0 true. Activations that become integers are whole numbers in float32; they have
/// no gradient.
struct Cast: CastingOperator {
  let type: ElementType

  init(_ node: NodeReader) throws {
    let number = node.integer("to", default: 0)
    guard let type = ElementType(rawValue: Int32(clamping: number)) else {
      throw node.unsupported("attribute to = \(number), a numeric element type was expected")
    }
    self.type = type
    node.ignore("saturate", "round_mode")
  }

  func target(_ node: NodeOperands) throws -> CastTarget { CastTarget(type) }

  /// What becomes an integer is a step function, whose derivative is 0.
  func passesGradient(to input: Int) -> Bool { type.isReal }
}

/// Gives its first input the element type of its second.
struct CastLike: CastingOperator {
  init(_ node: NodeReader) throws { node.ignore("saturate", "round_mode") }

  /// Integers are constants here, and anything else real.
  func target(_ node: NodeOperands) throws -> CastTarget {
    try node.input(1).constant?.isInteger == true ? .integer : .real
  }
}

/// The kinds of element types that the engine tells apart.
enum CastTarget: Sendable {
  case real, integer, boolean

  init(_ type: ElementType) {
    self = type == .bool ? .boolean : type.isReal ? .real : .integer
  }
}

/// What Cast and CastLike have in common.
protocol CastingOperator: ReshapingOperator {
  func target(_ node: NodeOperands) throws -> CastTarget
}

extension CastingOperator {
  func shape(_ node: NodeOperands) throws -> [Int] { try node.input(0).shape }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let input = try node.input(0)
    guard let constant = input.constant else { return [Operand(shape: input.shape)] }
    return [Operand(cast(constant, to: try target(node)))]
  }

  private func cast(_ tensor: Tensor, to target: CastTarget) -> Tensor {
    switch target {
    case .real:
      return tensor.isInteger ? Tensor(shape: tensor.shape, floats: tensor.floats) : tensor
    case .integer:
      let values =
        tensor.integers
        ?? tensor.floats.map { $0.isFinite ? Int64(exactly: $0.rounded(.towardZero)) ?? 0 : 0 }
      return Tensor(shape: tensor.shape, integers: values)
    case .boolean:
      let values: [Int64] =
        tensor.integers?.map { $0 == 0 ? 0 : 1 } ?? tensor.floats.map { $0 == 0 ? 0 : 1 }
      return Tensor(shape: tensor.shape, integers: values)
    }
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (value, output) = (try node.input(0), try node.output())
    let target = try target(plan.operands(of: node))
    guard target != .real else {
      return plan.define(output, sharing: try plan.buffer(of: value))
    }
    let source = try plan.plainBuffer(of: value)
    let result = plan.define(output, source.descriptor)
    let count = elementCount(plan.shape(value))
    plan.emitLoop([source, result]) { pointers in
      for index in 0..<count {
        let number = pointers[0][index]
        let truth: Float = number == 0 ? 0 : 1
        pointers[1][index] = target == .boolean ? truth : number.rounded(.towardZero)
      }
    }
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    // A step function's derivative is 0.
    guard try target(plan.operands(of: node)) == .real else { return }
    plan.contribute(try plan.gradient(of: try node.output()), to: try node.input(0))
  }
}
