/// An operator that resizes axes of its first input.
protocol ResamplingOperator: Operator {
  var settings: ResizeSettings { get }

  /// What happens to the axes that are named.
  func axes(_ node: NodeOperands) throws -> [ResizeAxis]
}

extension ResamplingOperator {
  var isFeature: Bool { false }

  func views(_ node: ViewedNode) -> [ValueView?] { node.resampled() }

  var foldsIntegers: Bool { true }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    var shape = try node.input(0).shape
    let axes = try axes(node)
    for axis in axes {
      guard axis.length > 0 || axis.resized == 0 else { throw node.failure("its input is empty") }
      shape[axis.axis] = axis.resized
    }
    guard Set(axes.map(\.axis)).count == axes.count else {
      throw node.failure("an axis is named twice")
    }
    return [Operand(shape: shape)]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (value, output) = (try node.input(0), try node.output())
    var buffer = try plan.plainBuffer(of: value)
    let axes = try axes(plan.operands(of: node)).filter { !$0.isIdentity }
    guard !axes.isEmpty else { return plan.define(output, sharing: buffer) }
    var shape = plan.shape(value)
    var outside: [(axis: Int, places: [Int])] = []
    for axis in axes {
      let (map, beyond) = settings.weights(axis)
      if !beyond.isEmpty { outside.append((axis.axis, beyond)) }
      buffer = try plan.mapped(buffer, &shape, axis.axis, map, isTransposed: false)
    }
    plan.extrapolate(buffer, shape, outside, settings.extrapolation)
    plan.define(output, overwriting: buffer)
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (value, output) = (try node.input(0), try node.output())
    var gradient = try plan.plainGradient(of: output)
    var shape = plan.shape(output)
    for axis in try axes(plan.operands(of: node)).reversed() where !axis.isIdentity {
      gradient = try plan.mapped(
        gradient, &shape, axis.axis, settings.weights(axis).map, isTransposed: true)
    }
    plan.contribute(gradient, to: value)
  }
}

extension PlanBuilder {
  /// A linear map along an axis, or its transpose.
  fileprivate func mapped(
    _ source: PlannedBuffer, _ shape: inout [Int], _ axis: Int, _ map: AxisWeights,
    isTransposed: Bool
  ) throws -> PlannedBuffer {
    let outer = elementCount(Array(shape[..<axis]))
    let inner = elementCount(Array(shape[(axis + 1)...]))
    shape[axis] = isTransposed ? map.sourceLength : map.resultLength
    let result = newBuffer(try .plain(shape))
    emitLoop([source, result]) { pointers in
      map.apply(
        pointers[0], pointers[1], outer: outer, inner: inner, isTransposed: isTransposed)
    }
    return result
  }

  /// Writes a number wherever one of the axes lies beyond the source.
  fileprivate func extrapolate(
    _ buffer: PlannedBuffer, _ shape: [Int], _ outside: [(axis: Int, places: [Int])],
    _ number: Float
  ) {
    guard number != 0, !outside.isEmpty else { return }
    let strides = rowMajorStrides(shape)
    let count = elementCount(shape)
    emitLoop([buffer]) { pointers in
      for (axis, places) in outside {
        let beyond = Set(places)
        for index in 0..<count where beyond.contains(index / strides[axis] % shape[axis]) {
          pointers[0][index] = number
        }
      }
    }
  }
}
