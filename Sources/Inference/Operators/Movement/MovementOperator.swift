/// An operator that moves elements and computes nothing. It only says what goes where; folding of
/// constants, execution and the gradient (everything back again) follow from that.
protocol MovementOperator: Operator {
  /// How many of the leading inputs hold the elements that are moved; the others are settings.
  /// Nil means all of them.
  var movedInputs: Int? { get }

  func movement(_ node: NodeOperands) throws -> Movement
}

extension MovementOperator {
  var movedInputs: Int? { 1 }

  var isFeature: Bool { false }

  /// Nothing is known of where elements go, unless the operator says it.
  func views(_ node: ViewedNode) -> [ValueView?] { node.outputs.map { _ in nil } }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let movement = try movement(node)
    let count = movedInputs ?? node.inputs.count
    let constants = (0..<count).map { node.optional($0)?.constant }
    guard constants.allSatisfy({ $0 != nil }) else {
      return movement.outputs.map { Operand(shape: $0) }
    }
    for shape in movement.outputs { try node.checkFoldable(shape) }
    let inputs = constants.compactMap(\.self)
    let copies = Dictionary(grouping: movement.copies, by: \.output)
    return movement.outputs.enumerated().map { index, shape in
      let part = Movement(outputs: [shape], copies: copies[index] ?? [], fill: movement.fill)
      return Operand(part.moved(inputs))
    }
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let movement = try movement(plan.operands(of: node))
    let copies = Dictionary(grouping: movement.copies, by: \.output)
    for (index, output) in node.outputs.enumerated() {
      guard let output else { continue }
      let result = plan.define(output, try .plain(movement.outputs[index]))
      if let fill = movement.fill { plan.fill(result, with: fill) }
      for copy in copies[index] ?? [] {
        try plan.emit(copy, from: try plan.plainBuffer(of: try node.input(copy.input)), to: result)
      }
    }
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let movement = try movement(plan.operands(of: node))
    for index in 0..<(movedInputs ?? node.inputs.count) {
      let value = try node.input(index)
      guard plan.needsGradient(value) else { continue }
      let before = plan.newBuffer(try .plain(plan.shape(value)))
      plan.fill(before, with: 0)
      for copy in movement.copies where copy.input == index {
        guard let output = node.outputs[copy.output], plan.hasGradient(output) else { continue }
        plan.emitSum(copy.reversed, from: try plan.plainGradient(of: output), into: before)
      }
      plan.contribute(before, to: value)
    }
  }
}

extension Movement {
  /// The movement to the first output done on constants.
  func moved(_ inputs: [Tensor]) -> Tensor {
    let shape = outputs[0]
    let count = elementCount(shape)
    if inputs.allSatisfy(\.isInteger) {
      var values = Array(
        repeating: Int64(exactly: (fill ?? 0).rounded(.towardZero)) ?? 0, count: count)
      for copy in copies {
        let source = inputs[copy.input].integers ?? []
        copy.forEach { values[$1] = source[$0] }
      }
      return Tensor(shape: shape, integers: values)
    }
    var values = Array(repeating: fill ?? 0, count: count)
    for copy in copies {
      let source = inputs[copy.input].floats
      copy.forEach { values[$1] = source[$0] }
    }
    return Tensor(shape: shape, floats: values)
  }
}

extension PlanBuilder {
  /// A node with what is known of its inputs.
  func operands(of node: PlannedNode) -> NodeOperands {
    let inputs = node.inputs.map { value in
      value.map { constant($0).map { Operand($0) } ?? Operand(shape: shape($0)) }
    }
    return NodeOperands(
      name: node.name, type: node.type, opset: node.opset, inputs: inputs,
      outputCount: node.outputs.count,
      batch: (shaped.inputShape.first ?? 1, shaped.graph.declaredBatch))
  }

  /// Sets every element of a row-major buffer.
  func fill(_ buffer: PlannedBuffer, with value: Float) {
    let count = elementCount(buffer.descriptor.shape)
    emitLoop([buffer]) { $0[0].update(repeating: value, count: count) }
  }

  /// Copies elements between row-major buffers.
  func emit(
    _ copy: StridedCopy, from source: PlannedBuffer, to destination: PlannedBuffer
  ) throws {
    guard copy.isForward, elementCount(copy.extents) > 0, !copy.extents.isEmpty else {
      return emitLoop([source, destination]) { pointers in
        copy.forEach { pointers[1][$1] = pointers[0][$0] }
      }
    }
    try self.copy(
      view(
        source, as: try .strided(copy.extents, strides: copy.sourceStrides),
        elementOffset: copy.sourceOffset),
      to: view(
        destination, as: try .strided(copy.extents, strides: copy.destinationStrides),
        elementOffset: copy.destinationOffset))
  }

  /// Adds elements of one row-major buffer to those of another.
  func emitSum(_ copy: StridedCopy, from source: PlannedBuffer, into sum: PlannedBuffer) {
    emitLoop([source, sum]) { pointers in
      copy.forEach { pointers[1][$1] += pointers[0][$0] }
    }
  }
}
