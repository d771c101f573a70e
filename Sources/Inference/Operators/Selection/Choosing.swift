/// The coordinates of the elements that are not 0, one row an axis. How many there are decides about
/// shapes, so that its input must be constant.
struct NonZero: ConstantOperator {
  init(_ node: NodeReader) throws {}

  func infer(_ node: NodeOperands) throws -> [Operand] {
    guard let tensor = try node.input(0).constant else {
      throw node.failure(
        "how many elements are not 0 must follow from constants; export the model without masks"
          + " that depend on the image")
    }
    let isSet = tensor.integers?.map { $0 != 0 } ?? tensor.floats.map { $0 != 0 }
    let found = isSet.indices.filter { isSet[$0] }
    let shape = tensor.shape
    let coordinates = zip(shape, rowMajorStrides(shape)).flatMap { length, stride in
      found.map { Int64($0 / stride % length) }
    }
    return [Operand(Tensor(shape: [shape.count, found.count], integers: coordinates))]
  }
}

/// Takes the slices, or the elements, whose condition holds; the conditions must be constant.
struct Compress: MovementOperator {
  let axis: Int?

  init(_ node: NodeReader) throws { axis = node.integer("axis") }

  func movement(_ node: NodeOperands) throws -> Movement {
    var shape = try node.input(0).shape
    let result: (Int) -> [Int]
    let axis: Int
    if let given = self.axis {
      axis = try node.axis(given, rank: shape.count)
      result = { [shape] count in shape.enumerated().map { $0 == axis ? count : $1 } }
    } else {
      axis = 0
      shape = [elementCount(shape)]
      result = { [$0] }
    }
    guard let conditions = try node.integers(1, "condition") else {
      throw node.failure("its condition must be constant")
    }
    let taken = conditions.prefix(shape[axis]).indices.filter { conditions[$0] != 0 }
    let output = result(taken.count)
    let (source, destination) = (rowMajorStrides(shape), rowMajorStrides(output))
    var extents = shape
    extents[axis] = 1
    let copies = taken.enumerated().map { position, index in
      StridedCopy(
        extents: extents, sourceOffset: index * source[axis], sourceStrides: source,
        destinationOffset: position * destination[axis], destinationStrides: destination)
    }
    return Movement(outputs: [output], copies: copies)
  }
}

/// Turns the beginning of every sequence around; the lengths must be constant.
struct ReverseSequence: MovementOperator {
  let batchAxis: Int
  let timeAxis: Int

  init(_ node: NodeReader) throws {
    batchAxis = node.integer("batch_axis", default: 1)
    timeAxis = node.integer("time_axis", default: 0)
  }

  func movement(_ node: NodeOperands) throws -> Movement {
    let shape = try node.input(0).shape
    guard shape.count >= 2, Set([batchAxis, timeAxis]) == [0, 1] else {
      throw node.failure("its axes must be 0 and 1 of at least two")
    }
    let lengths = try node.integers(1, "sequence_lens") ?? []
    guard lengths.count == shape[batchAxis],
      lengths.allSatisfy({ (0...shape[timeAxis]).contains($0) })
    else { throw node.failure("its sequence lengths do not fit the shape \(shape)") }
    let strides = rowMajorStrides(shape)
    let copies = lengths.enumerated().flatMap { image, length in
      let begin = image * strides[batchAxis]
      var (turned, rest) = (shape, shape)
      (turned[batchAxis], rest[batchAxis]) = (1, 1)
      (turned[timeAxis], rest[timeAxis]) = (length, shape[timeAxis] - length)
      var backward = strides
      backward[timeAxis] = -strides[timeAxis]
      let behind = begin + length * strides[timeAxis]
      return [
        StridedCopy(
          extents: turned, sourceOffset: begin + max(0, length - 1) * strides[timeAxis],
          sourceStrides: backward, destinationOffset: begin, destinationStrides: strides),
        StridedCopy(
          extents: rest, sourceOffset: behind, sourceStrides: strides, destinationOffset: behind,
          destinationStrides: strides),
      ]
    }
    return Movement(outputs: [shape], copies: copies)
  }
}

/// For every index a vector that is `on` at the index and `off` elsewhere, along a new axis.
struct OneHot: Operator {
  let axis: Int

  init(_ node: NodeReader) throws { axis = node.integer("axis", default: -1) }

  /// A step function's derivative is 0.
  func passesGradient(to input: Int) -> Bool { false }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let (indices, shape) = (try node.input(0), try shape(node))
    try node.check(shape)
    guard let values = try node.input(2).constant, values.count == 2 else {
      throw node.failure("its values must be two constant numbers")
    }
    guard let constant = indices.constant else { return [Operand(shape: shape)] }
    try node.checkFoldable(shape)
    let lines = AxisLines(shape, axis: try axis(rank: shape.count, node))
    let numbers = constant.floatsOrIntegers
    func filled<Number>(_ values: [Number]) -> [Number] {
      var result = Array(repeating: values[0], count: elementCount(shape))
      for (start, number) in zip(lines.starts, numbers) {
        let position = number < 0 ? number + lines.length : number
        guard (0..<lines.length).contains(position) else { continue }
        result[start + position * lines.stride] = values[1]
      }
      return result
    }
    if let integers = values.integers {
      return [Operand(Tensor(shape: shape, integers: filled(integers)))]
    }
    return [Operand(Tensor(shape: shape, floats: filled(values.floats)))]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (value, output) = (try node.input(0), try node.output())
    let shape = plan.shape(output)
    let lines = AxisLines(shape, axis: try axis(rank: shape.count, plan.operands(of: node)))
    let values = plan.constant(try node.input(2))?.floats ?? [0, 1]
    let source = try plan.plainBuffer(of: value)
    let result = plan.define(output, try .plain(shape))
    plan.fill(result, with: values[0])
    plan.emitLoop([source, result]) { pointers in
      for (number, start) in lines.starts.enumerated() {
        let index = pointers[0][number].wholeNumber
        let position = index < 0 ? index + lines.length : index
        guard (0..<lines.length).contains(position) else { continue }
        pointers[1][start + position * lines.stride] = values[1]
      }
    }
  }

  /// A step function's derivative is 0.
  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {}

  private func shape(_ node: NodeOperands) throws -> [Int] {
    var shape = try node.input(0).shape
    guard let depth = try node.input(1).constant?.floatsOrIntegers.first,
      (1...1 << 28).contains(depth)
    else { throw node.failure("its depth must be a constant number") }
    shape.insert(depth, at: try axis(rank: shape.count + 1, node))
    return shape
  }

  private func axis(rank: Int, _ node: NodeOperands) throws -> Int {
    try node.axis(axis, rank: rank)
  }
}

/// Keeps a triangle of every matrix of a stack, the rest becomes 0.
struct Trilu: Operator {
  let isUpper: Bool

  init(_ node: NodeReader) throws { isUpper = node.integer("upper", default: 1) != 0 }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let input = try node.input(0)
    let isKept = try isKept(node)
    guard let constant = input.constant else { return [Operand(shape: input.shape)] }
    if let integers = constant.integers {
      let values = integers.enumerated().map { isKept($0) ? $1 : 0 }
      return [Operand(Tensor(shape: input.shape, integers: values))]
    }
    let values = constant.floats.enumerated().map { isKept($0) ? $1 : 0 }
    return [Operand(Tensor(shape: input.shape, floats: values))]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let value = try node.input(0)
    let source = try plan.plainBuffer(of: value)
    let result = plan.define(try node.output(), source.descriptor)
    try emit(node, from: source, to: result, in: plan)
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let after = try plan.plainGradient(of: try node.output())
    let before = plan.newBuffer(after.descriptor)
    try emit(node, from: after, to: before, in: plan)
    plan.contribute(before, to: try node.input(0))
  }

  private func emit(
    _ node: PlannedNode, from source: PlannedBuffer, to result: PlannedBuffer,
    in plan: PlanBuilder
  ) throws {
    let isKept = try isKept(plan.operands(of: node))
    let count = elementCount(source.descriptor.shape)
    plan.emitLoop([source, result]) { pointers in
      for index in 0..<count { pointers[1][index] = isKept(index) ? pointers[0][index] : 0 }
    }
  }

  private func isKept(_ node: NodeOperands) throws -> @Sendable (_ position: Int) -> Bool {
    let shape = try node.input(0).shape
    guard shape.count >= 2 else { throw node.failure("its input must be matrices") }
    let (rows, columns) = (shape[shape.count - 2], shape[shape.count - 1])
    let diagonal = try node.integers(1, "k")?.first ?? 0
    return { [isUpper] position in
      let (row, column) = (position / columns % rows, position % columns)
      return isUpper ? column - row >= diagonal : column - row <= diagonal
    }
  }
}
