/// Joins tensors along an axis.
struct Concat: Operator {
  let axis: Int

  init(_ node: NodeReader) throws {
    guard let axis = node.integer("axis") else {
      throw node.unsupported("attribute axis is missing")
    }
    self.axis = axis
  }

  init(axis: Int) { self.axis = axis }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let movement = try movement(node)
    let constants = node.inputs.map { $0?.constant }
    guard constants.allSatisfy({ $0 != nil }) else { return [Operand(shape: movement.outputs[0])] }
    try node.checkFoldable(movement.outputs[0])
    return [Operand(movement.moved(constants.compactMap(\.self)))]
  }

  func views(_ node: ViewedNode) -> [ValueView?] {
    node.joined(axis: frontAxis(node.outputs.first?.count ?? 0))
  }

  private func movement(_ node: NodeOperands) throws -> Movement {
    let given = try node.inputs.indices.map { try node.input($0).shape }
    let axis = try node.axis(axis, rank: try node.input(0).shape.count)
    let shapes = node.declared == nil ? given : repeated(given, axis: axis)
    guard let first = shapes.first else { throw node.failure("it joins nothing") }
    var shape = first
    shape[axis] = 0
    for other in shapes {
      guard other.count == first.count,
        other.indices.allSatisfy({ $0 == axis || other[$0] == first[$0] })
      else { throw node.failure("shapes \(first) and \(other) cannot be joined on axis \(axis)") }
      let (sum, isTooLarge) = shape[axis].addingReportingOverflow(other[axis])
      guard !isTooLarge else { throw node.failure("its parts are too long together") }
      shape[axis] = sum
    }
    try node.check(shape)
    let strides = rowMajorStrides(shape)
    var offset = 0
    var copies: [StridedCopy] = []
    for (index, part) in shapes.enumerated() {
      copies.append(
        StridedCopy(
          input: index, extents: part, sourceOffset: 0, sourceStrides: rowMajorStrides(part),
          destinationOffset: offset * strides[axis], destinationStrides: strides))
      offset += part[axis]
    }
    return Movement(outputs: [shape], copies: copies)
  }

  /// The shapes with what stands once in a file for one image, as a class token does, repeated for
  /// every image of the batch.
  private func repeated(_ shapes: [[Int]], axis: Int) -> [[Int]] {
    guard let rank = shapes.first?.count, shapes.allSatisfy({ $0.count == rank }) else {
      return shapes
    }
    let longest = (0..<rank).map { other in shapes.map { $0[other] }.max() ?? 1 }
    return shapes.map { shape in
      shape.indices.map { $0 != axis && shape[$0] == 1 ? longest[$0] : shape[$0] }
    }
  }

  /// One image's channels lie one behind the other in memory, so that their producers write straight
  /// into the result; otherwise oneDNN joins blocked layouts as they are.
  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let values = try node.inputs.indices.map { try node.input($0) }
    let parts = values.filter { elementCount(plan.shape($0)) > 0 }
    let output = try node.output()
    let axis = frontAxis(plan.shape(output).count)
    let buffers = try parts.map { value in
      try plan.broadcast(value, to: partShape(plan.shape(value), plan.shape(output), axis))
    }
    guard buffers.count <= Self.primitiveLimit, plan.shape(output).count <= 6 else {
      return try compileLoop(buffers, axis, output, in: plan)
    }
    let primitive = try PrimitiveDescriptor.concatenation(
      buffers.map(\.descriptor), axis: axis, into: nil, attributes: PrimitiveAttributes(),
      on: plan.engine)
    let isStack = try isStack(buffers, primitive.destination, axis: axis)
    if isStack, let joined = plan.joining(buffers, as: primitive.destination) {
      return plan.define(output, sharing: joined)
    }
    let result = plan.newBuffer(primitive.destination)
    plan.emit(
      primitive,
      buffers.enumerated().map { (.manySource($0.offset), $0.element) } + [(.destination, result)])
    plan.define(output, overwriting: result)
  }

  /// More parts than oneDNN takes at once.
  private static let primitiveLimit = 64

  /// The shape of a part within the whole.
  private func partShape(_ shape: [Int], _ whole: [Int], _ axis: Int) -> [Int] {
    whole.indices.map { $0 == axis ? shape[$0] : whole[$0] }
  }

  private func compileLoop(
    _ parts: [PlannedBuffer], _ axis: Int, _ output: ValueID, in plan: PlanBuilder
  ) throws {
    let shape = plan.shape(output)
    let plain = try parts.map { try plan.plain($0) }
    let lengths = plain.map { elementCount(Array($0.descriptor.shape[axis...])) }
    let rowCount = elementCount(Array(shape[..<axis]))
    let result = plan.define(output, try .plain(shape))
    plan.emitLoop(plain + [result]) { pointers in
      var destination = pointers[lengths.count]
      for row in 0..<rowCount {
        for (part, length) in lengths.enumerated() {
          destination.update(from: pointers[part] + row * length, count: length)
          destination += length
        }
      }
    }
  }

  /// Whether the parts, as they are, lie one behind the other in the whole.
  private func isStack(
    _ parts: [PlannedBuffer], _ whole: MemoryDescriptor, axis: Int
  ) throws -> Bool {
    var offset = Array(repeating: 0, count: whole.shape.count)
    guard whole.shape[..<axis].allSatisfy({ $0 == 1 }) else { return false }
    for part in parts {
      let shape = part.descriptor.shape
      guard let place = try? whole.part(shape: shape, offset: offset),
        place.hasLayout(of: part.descriptor, ignoringAxesBefore: axis)
      else { return false }
      offset[axis] += shape[axis]
    }
    return true
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let gradient = try plan.gradient(of: try node.output())
    let axis = frontAxis(gradient.descriptor.shape.count)
    var offset = Array(repeating: 0, count: gradient.descriptor.shape.count)
    for index in node.inputs.indices {
      let value = try node.input(index)
      if plan.needsGradient(value) {
        let shape = partShape(plan.shape(value), gradient.descriptor.shape, axis)
        let part = try part(of: gradient, shape, offset, in: plan)
        plan.contribute(try plan.summed(part, to: plan.shape(value)), to: value)
      }
      offset[axis] += plan.shape(value)[axis]
    }
  }

  /// A part of a gradient, dense; cut out of the blocked layout where the blocks allow.
  private func part(
    of gradient: PlannedBuffer, _ shape: [Int], _ offset: [Int], in plan: PlanBuilder
  ) throws -> PlannedBuffer {
    let result = plan.newBuffer(try .plain(shape))
    if let descriptor = try? gradient.descriptor.part(shape: shape, offset: offset) {
      try plan.copy(plan.view(gradient, as: descriptor), to: result)
    } else {
      let plain = try plan.plain(gradient)
      try plan.copy(
        plan.view(plain, as: try plain.descriptor.part(shape: shape, offset: offset)), to: result)
    }
    return result
  }

  private func frontAxis(_ rank: Int) -> Int { axis < 0 ? axis + rank : axis }
}
