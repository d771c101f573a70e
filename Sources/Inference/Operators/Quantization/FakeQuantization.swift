/// A real number rounded to what a quantised type can hold: ``QuantizeLinear`` and ``DequantizeLinear`` in one.
/// No operator of a file: a quantised value whose scale is known is held as the real number that it stands for.
///
/// The gradient is passed on unchanged, and is 0 where the value was cut off (a straight-through gradient, Bengio
/// et al. 2013; a ReLU that was folded into the range is such a cut).
struct FakeQuantization: QuantizingOperator {
  let grid: QuantizedGrid

  init(_ grid: QuantizedGrid) { self.grid = grid }

  init(_ node: NodeReader) throws { throw node.unsupported("it is no operator of a file") }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    [Operand(shape: try node.input(0).shape)]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let value = try node.input(0)
    let input = try dense(try plan.buffer(of: value), in: plan)
    let isInPlace = plan.mayOverwrite(value, at: node)
    let result = isInPlace ? input : plan.newBuffer(input.descriptor)
    let grid = grid
    let count = input.descriptor.byteCount / 4
    plan.emitLoop([input, result]) { pointers in
      for index in 0..<count { pointers[1][index] = grid.nearest(pointers[0][index]) }
    }
    plan.define(try node.output(), overwriting: result)
    plan.record(ForwardRecord(input: input), for: node)
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    guard let input = try plan.record(for: node).input else { return }
    let after = try plan.gradient(of: try node.output(), as: input.descriptor)
    let before = plan.newBuffer(input.descriptor)
    let grid = grid
    let count = input.descriptor.byteCount / 4
    plan.emitLoop([input, after, before]) { pointers in
      for index in 0..<count {
        pointers[2][index] = grid.holds(pointers[0][index]) ? pointers[1][index] : 0
      }
    }
    plan.contribute(before, to: try node.input(0))
  }

  /// The buffer where its memory holds nothing but its elements, in whatever order; else in row-major order.
  private func dense(_ buffer: PlannedBuffer, in plan: PlanBuilder) throws -> PlannedBuffer {
    let isDense = buffer.descriptor.byteCount == 4 * elementCount(buffer.descriptor.shape)
    return isDense ? buffer : try plan.plain(buffer)
  }
}

/// The quantised integers of a value that is held as real numbers: `x / scale + zero point`. No operator of a
/// file: for those who compute with the integers themselves.
struct QuantizedIntegers: QuantizingOperator {
  let grid: QuantizedGrid

  init(_ grid: QuantizedGrid) { self.grid = grid }

  init(_ node: NodeReader) throws { throw node.unsupported("it is no operator of a file") }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    [Operand(shape: try node.input(0).shape)]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let input = try plan.plainBuffer(of: try node.input(0))
    let result = plan.define(try node.output(), input.descriptor)
    let grid = grid
    let count = elementCount(input.descriptor.shape)
    plan.emitLoop([input, result]) { pointers in
      for index in 0..<count { pointers[1][index] = grid.integer(pointers[0][index]) }
    }
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let gradient = try plan.gradient(of: try node.output())
    let scaled = try plan.mapped(gradient, .linear(scale: 1 / grid.scale, shift: 0))
    plan.contribute(scaled, to: try node.input(0))
  }
}

/// The real numbers that a quantised tensor with one scale can hold.
struct QuantizedGrid: Sendable, Hashable {
  let scale: Float
  let zeroPoint: Float
  let range: QuantizedRange

  /// The nearest number of the grid.
  @inline(__always)
  func nearest(_ value: Float) -> Float {
    range.nearest(value / scale, zeroPoint: zeroPoint) * scale
  }

  /// Whether the number is not cut off.
  @inline(__always)
  func holds(_ value: Float) -> Bool { range.holds(value / scale, zeroPoint: zeroPoint) }

  /// The quantised form of a number.
  @inline(__always)
  func integer(_ value: Float) -> Float {
    range.nearest(value / scale, zeroPoint: zeroPoint) + zeroPoint
  }
}
