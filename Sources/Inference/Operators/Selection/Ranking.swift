/// The position of the largest number along an axis, as an integer; it has no gradient.
struct ArgMax: PositionOperator {
  let attributes: PositionAttributes

  init(_ node: NodeReader) throws { attributes = try PositionAttributes(node) }

  func isBetter(_ candidate: Float, than best: Float) -> Bool { candidate > best }
}

/// The position of the smallest number along an axis, as an integer; it has no gradient.
struct ArgMin: PositionOperator {
  let attributes: PositionAttributes

  init(_ node: NodeReader) throws { attributes = try PositionAttributes(node) }

  func isBetter(_ candidate: Float, than best: Float) -> Bool { candidate < best }
}

/// Attributes of ArgMax and ArgMin.
struct PositionAttributes: Sendable {
  let axis: Int
  let keepsAxis: Bool
  let takesLast: Bool

  init(_ node: NodeReader) throws {
    axis = node.integer("axis", default: 0)
    keepsAxis = node.integer("keepdims", default: 1) != 0
    takesLast = node.integer("select_last_index", default: 0) != 0
  }
}

/// What ArgMax and ArgMin have in common.
protocol PositionOperator: Operator {
  var attributes: PositionAttributes { get }
  func isBetter(_ candidate: Float, than best: Float) -> Bool
}

extension PositionOperator {
  /// A step function's derivative is 0.
  func passesGradient(to input: Int) -> Bool { false }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let input = try node.input(0)
    let axis = try node.axis(attributes.axis, rank: input.shape.count)
    guard input.shape[axis] > 0 else { throw node.failure("its axis has the length 0") }
    var shape = input.shape
    shape[axis] = 1
    if !attributes.keepsAxis { shape.remove(at: axis) }
    guard let constant = input.constant else { return [Operand(shape: shape)] }
    let lines = AxisLines(input.shape, axis: axis)
    let floats = constant.floats
    let positions = lines.starts.map { start in
      Int64(position(lines.length) { floats[start + $0 * lines.stride] })
    }
    return [Operand(Tensor(shape: shape, integers: positions))]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (value, output) = (try node.input(0), try node.output())
    let shape = plan.shape(value)
    let axis = attributes.axis < 0 ? attributes.axis + shape.count : attributes.axis
    let lines = AxisLines(shape, axis: axis)
    let source = try plan.plainBuffer(of: value)
    let result = plan.define(output, try .plain(plan.shape(output)))
    plan.emitLoop([source, result]) { [self] pointers in
      for (number, start) in lines.starts.enumerated() {
        let line = pointers[0] + start
        pointers[1][number] = Float(position(lines.length) { line[$0 * lines.stride] })
      }
    }
  }

  /// A step function's derivative is 0.
  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {}

  private func position(_ length: Int, _ number: (Int) -> Float) -> Int {
    var (best, position) = (number(0), 0)
    for candidate in 1..<max(1, length) {
      let value = number(candidate)
      if isBetter(value, than: best) || (attributes.takesLast && value == best) {
        (best, position) = (value, candidate)
      }
    }
    return position
  }
}

/// The `k` largest or smallest numbers along an axis, and their positions. The gradient goes to the
/// numbers that were taken.
struct TopK: Operator {
  let axis: Int
  let takesLargest: Bool
  let count: Int?

  init(_ node: NodeReader) throws {
    axis = node.integer("axis", default: -1)
    takesLargest = node.integer("largest", default: 1) != 0
    count = node.integer("k")
    node.ignore("sorted")
  }

  func passesGradient(to input: Int) -> Bool { input == 0 }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let input = try node.input(0)
    let (lines, shape) = try layout(node)
    guard let constant = input.constant else {
      return [Operand(shape: shape), Operand(shape: shape)]
    }
    let taken = shape[try node.axis(axis, rank: shape.count)]
    var places = Array(repeating: 0, count: elementCount(shape))
    var positions = Array(repeating: Int64(0), count: places.count)
    let floats = constant.floats
    let results = AxisLines(shape, axis: try node.axis(axis, rank: shape.count))
    for (start, destination) in zip(lines.starts, results.starts) {
      let order = order(lines.length, taken) { floats[start + $0 * lines.stride] }
      for (rank, position) in order.enumerated() {
        places[destination + rank * results.stride] = start + position * lines.stride
        positions[destination + rank * results.stride] = Int64(position)
      }
    }
    return [
      Operand(constant.gathered(shape, places, block: 1)),
      Operand(Tensor(shape: shape, integers: positions)),
    ]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (lines, shape) = try layout(plan.operands(of: node))
    let axis = axis < 0 ? axis + shape.count : axis
    let results = AxisLines(shape, axis: axis)
    let source = try plan.plainBuffer(of: try node.input(0))
    let (values, positions) = (
      plan.newBuffer(try .plain(shape)), plan.newBuffer(try .plain(shape))
    )
    plan.emitLoop([source, values, positions]) { [self] pointers in
      for (start, destination) in zip(lines.starts, results.starts) {
        let line = pointers[0] + start
        let order = order(lines.length, shape[axis]) { line[$0 * lines.stride] }
        for (rank, position) in order.enumerated() {
          pointers[1][destination + rank * results.stride] = line[position * lines.stride]
          pointers[2][destination + rank * results.stride] = Float(position)
        }
      }
    }
    for (output, buffer) in zip(node.outputs, [values, positions]) {
      if let output { plan.define(output, sharing: buffer) }
    }
    plan.record(ForwardRecord(input: positions), for: node)
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let value = try node.input(0)
    guard let output = node.outputs.first ?? nil, plan.hasGradient(output),
      plan.needsGradient(value), let positions = try plan.record(for: node).input
    else { return }
    let (lines, shape) = try layout(plan.operands(of: node))
    let axis = axis < 0 ? axis + shape.count : axis
    let results = AxisLines(shape, axis: axis)
    let after = try plan.plainGradient(of: output)
    let before = plan.newBuffer(try .plain(plan.shape(value)))
    plan.fill(before, with: 0)
    plan.emitLoop([positions, after, before]) { pointers in
      for (start, source) in zip(lines.starts, results.starts) {
        for rank in 0..<shape[axis] {
          let position = pointers[0][source + rank * results.stride].wholeNumber
          pointers[2][start + position * lines.stride] +=
            pointers[1][
              source + rank * results.stride]
        }
      }
    }
    plan.contribute(before, to: value)
  }

  private func layout(_ node: NodeOperands) throws -> (lines: AxisLines, output: [Int]) {
    var shape = try node.input(0).shape
    let axis = try node.axis(axis, rank: shape.count)
    let lines = AxisLines(shape, axis: axis)
    guard let count = try node.integers(1, "k")?.first ?? count, (0...shape[axis]).contains(count)
    else { throw node.failure("its k must be constant, 0 to \(shape[axis])") }
    shape[axis] = count
    return (lines, shape)
  }

  /// The positions of the first `count` numbers in order; of equal ones the first comes first.
  private func order(_ length: Int, _ count: Int, _ number: (Int) -> Float) -> [Int] {
    let numbers = (0..<length).map(number)
    let sorted = numbers.indices.sorted { left, right in
      let (a, b) = (numbers[left], numbers[right])
      return a == b || a.isNaN || b.isNaN ? left < right : takesLargest ? a > b : a < b
    }
    return Array(sorted.prefix(count))
  }
}

/// The lines of a row-major tensor along one axis.
struct AxisLines: Sendable {
  /// How many elements each has, and how far they are from each other.
  let length: Int
  let stride: Int
  /// Where each begins, in row-major order of the other axes.
  let starts: [Int]

  init(_ shape: [Int], axis: Int) {
    length = shape[axis]
    stride = elementCount(Array(shape[(axis + 1)...]))
    let (outer, inner) = (elementCount(Array(shape[..<axis])), stride)
    let row = inner * length
    starts = (0..<outer).flatMap { outer in (0..<inner).map { outer * row + $0 } }
  }
}
