/// Puts elements around a tensor: a constant, the mirrored inside, the edge repeated, or the tensor
/// itself again. Negative
/// pads cut off. The pads are an attribute before opset 11, an input since.
struct Pad: MovementOperator {
  /// What the padding consists of.
  enum Mode: String, Sendable {
    case constant, reflect, edge, wrap
  }

  let mode: Mode
  let pads: [Int]?
  let value: Float

  init(_ node: NodeReader) throws {
    let name = node.string("mode", default: "constant")
    guard let mode = Mode(rawValue: name) else {
      throw node.unsupported(
        "attribute mode = \(name), constant, reflect, edge or wrap was expected")
    }
    self.mode = mode
    pads = node.integers("pads")
    value = node.float("value", default: 0)
  }

  func movement(_ node: NodeOperands) throws -> Movement {
    let shape = try node.input(0).shape
    let (begin, end) = try amounts(node, rank: shape.count)
    let result = shape.indices.map { shape[$0] + begin[$0] + end[$0] }
    guard shape.indices.allSatisfy({ min(begin[$0], end[$0], begin[$0] + end[$0]) >= -shape[$0] })
    else { throw node.failure("its pads cut off more than there is") }
    try node.check(result)
    switch mode {
    case .constant:
      return try constantMovement(node, shape, begin, end, result)
    case .reflect, .edge, .wrap:
      guard !shape.contains(0) else { throw node.failure("there is nothing to repeat") }
      return try mirroredMovement(node, shape, begin, result)
    }
  }

  func views(_ node: ViewedNode) -> [ValueView?] {
    guard let view = node.first,
      let (begin, end) = try? amounts(node.operands, rank: view.axes.count)
    else { return [nil] }
    return [
      ValueView(
        axes: view.axes.indices.map { view.axes[$0].padded(before: begin[$0], after: end[$0]) })
    ]
  }

  /// The padding before and behind every axis.
  func amounts(_ node: NodeOperands, rank: Int) throws -> (begin: [Int], end: [Int]) {
    guard let given = try node.integers(1, "pads") ?? pads else {
      throw node.failure("its pads must be constant")
    }
    let axes = try node.integers(3, "axes") ?? Array(0..<rank)
    guard given.count == 2 * axes.count else {
      throw node.failure("\(given.count) pads do not fit \(axes.count) axes")
    }
    guard given.allSatisfy({ $0.magnitude <= largestElementCount }) else {
      throw node.failure("its pads \(given) are larger than any tensor")
    }
    var (begin, end) = (Array(repeating: 0, count: rank), Array(repeating: 0, count: rank))
    for (index, axis) in axes.enumerated() {
      let axis = try node.axis(axis, rank: rank)
      begin[axis] = given[index]
      end[axis] = given[index + axes.count]
    }
    return (begin, end)
  }

  /// What constant padding consists of.
  func fill(_ node: NodeOperands) throws -> Float {
    guard let operand = node.optional(2) else { return value }
    guard let tensor = operand.constant, tensor.count <= 1 else {
      throw node.failure("what it pads with must be one constant number")
    }
    return tensor.floats.first ?? value
  }

  private func constantMovement(
    _ node: NodeOperands, _ shape: [Int], _ begin: [Int], _ end: [Int], _ result: [Int]
  ) throws -> Movement {
    let fill = try fill(node)
    let (source, destination) = (rowMajorStrides(shape), rowMajorStrides(result))
    let extents = shape.indices.map { max(0, shape[$0] + min(0, begin[$0]) + min(0, end[$0])) }
    let copy = StridedCopy(
      extents: extents,
      sourceOffset: shape.indices.reduce(0) { $0 + max(0, -begin[$1]) * source[$1] },
      sourceStrides: source,
      destinationOffset: shape.indices.reduce(0) { $0 + max(0, begin[$1]) * destination[$1] },
      destinationStrides: destination)
    return Movement(outputs: [result], copies: [copy], fill: fill)
  }

  /// One copy for every position of the output that has its own source: fine for borders, which is
  /// what these modes are used for.
  private func mirroredMovement(
    _ node: NodeOperands, _ shape: [Int], _ begin: [Int], _ result: [Int]
  ) throws -> Movement {
    let (source, destination) = (rowMajorStrides(shape), rowMajorStrides(result))
    var copies = [
      StridedCopy(
        extents: [], sourceOffset: 0, sourceStrides: [], destinationOffset: 0,
        destinationStrides: [])
    ]
    for axis in shape.indices {
      guard result[axis] <= 1 << 20 else { throw tooLarge(node, result) }
      let runs = runs(shape[axis], begin[axis], result[axis])
      guard copies.count * runs.count <= 1 << 20 else { throw tooLarge(node, result) }
      copies = copies.flatMap { copy in
        runs.map { run in
          var next = copy
          next.extents.append(run.count)
          next.sourceOffset += run.source * source[axis]
          next.sourceStrides.append(run.step * source[axis])
          next.destinationOffset += run.destination * destination[axis]
          next.destinationStrides.append(destination[axis])
          return next
        }
      }
    }
    return Movement(outputs: [result], copies: copies)
  }

  private func tooLarge(_ node: NodeOperands, _ result: [Int]) -> InferenceError {
    node.failure("mode \(mode.rawValue) cannot make the shape \(result)")
  }

  /// The output positions of one axis, as runs whose sources are evenly spaced.
  private func runs(
    _ size: Int, _ begin: Int, _ result: Int
  ) -> [(source: Int, step: Int, destination: Int, count: Int)] {
    var runs: [(source: Int, step: Int, destination: Int, count: Int)] = []
    for position in 0..<result {
      let source = source(position - begin, size)
      if let last = runs.last {
        let step = source - (last.source + last.step * (last.count - 1))
        if last.count == 1 || step == last.step {
          runs[runs.count - 1].step = step
          runs[runs.count - 1].count += 1
          continue
        }
      }
      runs.append((source, 1, position, 1))
    }
    return runs
  }

  private func source(_ position: Int, _ size: Int) -> Int {
    if mode == .edge || size == 1 { return min(max(position, 0), size - 1) }
    if mode == .wrap { return ((position % size) + size) % size }
    let period = 2 * (size - 1)
    let wrapped = ((position % period) + period) % period
    return wrapped < size ? wrapped : period - wrapped
  }
}
