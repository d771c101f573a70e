/// `y = (x - zero point) scale`. Behind constants it is folded when the file is read, so that quantised weights
/// are real from then on.
struct DequantizeLinear: QuantizationOperator {
  let axis: Int
  let blockSize: Int

  init(_ node: NodeReader) throws {
    axis = node.integer("axis", default: 1)
    blockSize = node.integer("block_size", default: 0)
    node.ignore("output_dtype")
  }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let input = try node.input(0)
    let layout = try layout(node)
    let zero = node.optional(2)
    guard let constant = input.constant, let scale = try node.input(1).constant,
      zero == nil || zero?.constant != nil
    else { return [Operand(shape: input.shape)] }
    try node.checkFoldable(input.shape)
    var values = constant.floats
    let (scales, zeros) = (scale.floats, zero?.constant?.floats ?? [0])
    values.withUnsafeMutableBufferPointer { values in
      layout.forEachRun { start, count, parameter, step in
        for index in 0..<count {
          let place = parameter + index * step
          let shift = zeros[zeros.count == 1 ? 0 : place]
          values[start + index] =
            (values[start + index] - shift) * scales[scales.count == 1 ? 0 : place]
        }
      }
    }
    return [Operand(Tensor(shape: input.shape, floats: values))]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let operands = try operands(node, in: plan)
    let result = plan.define(try node.output(), operands.data.descriptor)
    let (layout, scaleStep, zeroStep) = (operands.layout, operands.scaleStep, operands.zeroStep)
    plan.emitLoop([operands.data, operands.scale, operands.zero, result]) { pointers in
      layout.forEachRun { start, count, parameter, step in
        for index in 0..<count {
          let place = parameter + index * step
          pointers[3][start + index] =
            (pointers[0][start + index] - pointers[2][place * zeroStep])
            * pointers[1][place * scaleStep]
        }
      }
    }
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let value = try node.input(0)
    let operands = try operands(node, in: plan)
    let after = try plan.plainGradient(of: try node.output())
    let before = plan.newBuffer(after.descriptor)
    let (layout, scaleStep) = (operands.layout, operands.scaleStep)
    plan.emitLoop([after, operands.scale, before]) { pointers in
      layout.forEachRun { start, count, parameter, step in
        for index in 0..<count {
          let scale = pointers[1][(parameter + index * step) * scaleStep]
          pointers[2][start + index] = pointers[0][start + index] * scale
        }
      }
    }
    plan.contribute(before, to: value)
  }
}

/// An operator between real numbers and their quantised form: input 1 holds scales, input 2 perhaps zero points.
protocol QuantizationOperator: QuantizingOperator {
  var axis: Int { get }
  var blockSize: Int { get }
}

/// An operator that only quantised networks have: what is computed from one is said to be of such a network.
protocol QuantizingOperator: Operator {}

/// The data and parameters of a node while a plan is made; a step of 0 means one parameter for all.
struct QuantizationOperands {
  var data: PlannedBuffer
  var scale: PlannedBuffer
  var zero: PlannedBuffer
  var layout: QuantizationLayout
  var scaleStep: Int
  var zeroStep: Int
}

extension QuantizationOperator {
  /// Scales and zero points count as constants.
  func passesGradient(to input: Int) -> Bool { input == 0 }

  /// How the parameters lie over the input.
  func layout(_ node: NodeOperands) throws -> QuantizationLayout {
    let shape = try node.input(0).shape
    return try layout(
      shape, scale: try node.input(1).shape, zero: node.optional(2)?.shape, node.failure)
  }

  private func layout(
    _ shape: [Int], scale: [Int], zero: [Int]?, _ failure: (String) -> InferenceError
  ) throws -> QuantizationLayout {
    let front = axis < 0 ? axis + shape.count : axis
    let zero = zero ?? []
    let parameters = elementCount(scale) == 1 ? zero : scale
    guard elementCount(zero) == 1 || zero == parameters, blockSize >= 0,
      let layout = QuantizationLayout(
        shape: shape, parameters: parameters, axis: front, blockSize: blockSize)
    else {
      throw failure(
        "scales of shape \(scale) and zero points of shape \(zero) do not fit an input of shape"
          + " \(shape) on axis \(axis)")
    }
    return layout
  }

  /// The buffers of a node.
  func operands(_ node: PlannedNode, in plan: PlanBuilder) throws -> QuantizationOperands {
    let (value, scale) = (try node.input(0), try node.input(1))
    let zero = node.optional(2)
    let layout = try layout(
      plan.shape(value), scale: plan.shape(scale), zero: zero.map { plan.shape($0) },
      node.failure)
    let none = Tensor(shape: [], floats: [0])
    return QuantizationOperands(
      data: try plan.plainBuffer(of: value), scale: try plan.plainBuffer(of: scale),
      zero: try zero.map { try plan.plainBuffer(of: $0) }
        ?? plan.constantBuffer(none, name: "no zero point"),
      layout: layout, scaleStep: elementCount(plan.shape(scale)) == 1 ? 0 : 1,
      zeroStep: zero.map { elementCount(plan.shape($0)) == 1 } ?? true ? 0 : 1)
  }
}
