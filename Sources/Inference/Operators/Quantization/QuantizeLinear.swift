/// `y = saturate(round(x / scale) + zero point)`, ties rounded to even; one scale for all elements, for each
/// place of an axis or for each block.
///
/// The gradient passes straight through the rounding and is 0 where the value was cut off. Where the scale is
/// constant and one for all, the graph is rewritten to ``FakeQuantization``, see ``Graph/withQuantizedValuesAsReals()``.
struct QuantizeLinear: QuantizationOperator {
  let axis: Int
  let blockSize: Int
  let outputType: ElementType?

  init(_ node: NodeReader) throws {
    axis = node.integer("axis", default: 1)
    blockSize = node.integer("block_size", default: 0)
    let number = node.integer("output_dtype", default: 0)
    outputType = number == 0 ? nil : ElementType(rawValue: Int32(clamping: number))
    if number != 0, outputType == nil {
      throw node.unsupported("attribute output_dtype = \(number), an integer type was expected")
    }
    node.ignore("saturate", "precision")
  }

  /// The range of the type of the zero point, of the attribute, or of `uint8`.
  func range(zeroPoint: Tensor?, _ failure: (String) -> InferenceError) throws -> QuantizedRange {
    let type = zeroPoint?.elementType ?? outputType ?? .uint8
    guard let range = QuantizedRange(type) else {
      throw failure("nothing is quantised to \(type)")
    }
    return range
  }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let input = try node.input(0)
    let layout = try layout(node)
    let zero = node.optional(2)
    if let zero, zero.constant == nil { throw node.failure("its zero point must be constant") }
    let range = try range(zeroPoint: zero?.constant, node.failure)
    guard let constant = input.constant, let scale = try node.input(1).constant else {
      return [Operand(shape: input.shape)]
    }
    try node.checkFoldable(input.shape)
    let (x, scales) = (constant.floats, scale.floats)
    let zeros = zero?.constant?.floats ?? [0]
    var values = Array(repeating: Float(0), count: x.count)
    layout.forEachRun { start, count, parameter, step in
      for index in 0..<count {
        let place = parameter + index * step
        let shift = zeros[zeros.count == 1 ? 0 : place]
        let scale = scales[scales.count == 1 ? 0 : place]
        values[start + index] =
          range.nearest(x[start + index] / scale, zeroPoint: shift) + shift
      }
    }
    if range.type.isReal {
      return [Operand(Tensor(shape: input.shape, floats: values).typed(range.type))]
    }
    let integers = values.map { Int64(exactly: $0) ?? 0 }
    return [Operand(Tensor(shape: input.shape, integers: integers).typed(range.type))]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let operands = try operands(node, in: plan)
    let range = try range(zeroPoint: constantZero(node, in: plan), node.failure)
    let result = plan.define(try node.output(), operands.data.descriptor)
    let (layout, scaleStep, zeroStep) = (operands.layout, operands.scaleStep, operands.zeroStep)
    plan.emitLoop([operands.data, operands.scale, operands.zero, result]) { pointers in
      layout.forEachRun { start, count, parameter, step in
        for index in 0..<count {
          let place = parameter + index * step
          let (scale, zero) = (pointers[1][place * scaleStep], pointers[2][place * zeroStep])
          let value = pointers[0][start + index] / scale
          pointers[3][start + index] = range.nearest(value, zeroPoint: zero) + zero
        }
      }
    }
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let value = try node.input(0)
    let operands = try operands(node, in: plan)
    let range = try range(zeroPoint: constantZero(node, in: plan), node.failure)
    let after = try plan.plainGradient(of: try node.output())
    let before = plan.newBuffer(operands.data.descriptor)
    let (layout, scaleStep, zeroStep) = (operands.layout, operands.scaleStep, operands.zeroStep)
    plan.emitLoop([operands.data, operands.scale, operands.zero, after, before]) { pointers in
      layout.forEachRun { start, count, parameter, step in
        for index in 0..<count {
          let place = parameter + index * step
          let (scale, zero) = (pointers[1][place * scaleStep], pointers[2][place * zeroStep])
          let isInside = range.holds(pointers[0][start + index] / scale, zeroPoint: zero)
          pointers[4][start + index] = isInside ? pointers[3][start + index] / scale : 0
        }
      }
    }
    plan.contribute(before, to: value)
  }

  private func constantZero(_ node: PlannedNode, in plan: PlanBuilder) -> Tensor? {
    node.optional(2).flatMap { plan.constant($0) }
  }
}
