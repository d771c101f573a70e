/// An operator whose output consists of blocks of its first input, chosen by the integers of its
/// second. Indices that the network computes are read while it runs.
protocol GatheringOperator: Operator {
  /// The shape of the output and the size of a block.
  ///
  /// - Throws: ``InferenceError/invalidNode(node:type:problem:)`` where the shapes do not fit.
  func layout(_ node: NodeOperands) throws -> GatheringLayout

  /// Where the blocks begin in the input, in the order of the output, for indices that are all inside.
  func starts(_ layout: GatheringLayout, _ indices: [Int]) -> [Int]
}

/// The shapes of a gathering.
struct GatheringLayout: Sendable {
  var input: [Int]
  var indices: [Int]
  var output: [Int]
  /// How many elements behind each other are taken at once.
  var block: Int
  /// How long the axis is that each of the indices counts in, these lengths again and again.
  var lengths: [Int]
}

extension GatheringOperator {
  var isFeature: Bool { false }

  /// Nothing is known of where blocks go, unless the operator says it.
  func views(_ node: ViewedNode) -> [ValueView?] { node.outputs.map { _ in nil } }

  func passesGradient(to input: Int) -> Bool { input == 0 }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let layout = try layout(node)
    try node.check(layout.output)
    guard elementCount(layout.output) == 0 || !layout.lengths.contains(0) else {
      throw node.failure("there is nothing to take from an axis of length 0")
    }
    let indices = try node.input(1).constant
    if let indices, let number = layout.firstOutside(indices) {
      throw node.failure("the index \(number) lies outside of its axis")
    }
    guard let data = try node.input(0).constant, let indices else {
      return [Operand(shape: layout.output)]
    }
    try node.checkFoldable(layout.output)
    let starts = starts(layout, layout.resolved(indices.floatsOrIntegers))
    return [Operand(data.gathered(layout.output, starts, block: layout.block))]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let layout = try layout(plan.operands(of: node))
    let source = try plan.plainBuffer(of: try node.input(0))
    let result = plan.define(try node.output(), try .plain(layout.output))
    try emit(node, layout, source, result, in: plan) { source, result, starts in
      for (number, start) in starts.enumerated() {
        (result + number * layout.block).update(from: source + start, count: layout.block)
      }
    }
  }

  /// What was taken more than once gets the sum.
  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let value = try node.input(0)
    guard plan.needsGradient(value) else { return }
    let layout = try layout(plan.operands(of: node))
    let after = try plan.plainGradient(of: try node.output())
    let before = plan.newBuffer(try .plain(layout.input))
    plan.fill(before, with: 0)
    try emit(node, layout, after, before, in: plan) { after, before, starts in
      for (number, start) in starts.enumerated() {
        for element in 0..<layout.block {
          before[start + element] += after[number * layout.block + element]
        }
      }
    }
    plan.contribute(before, to: value)
  }

  private func emit(
    _ node: PlannedNode, _ layout: GatheringLayout, _ source: PlannedBuffer,
    _ destination: PlannedBuffer, in plan: PlanBuilder,
    _ body:
      @escaping (
        _ source: UnsafeMutablePointer<Float>, _ destination: UnsafeMutablePointer<Float>,
        _ starts: [Int]
      ) -> Void
  ) throws {
    let indices = try node.input(1)
    if let constant = plan.constant(indices) {
      let starts = starts(layout, layout.resolved(constant.floatsOrIntegers))
      return plan.emitLoop([source, destination]) { body($0[0], $0[1], starts) }
    }
    let count = elementCount(layout.indices)
    let computed = try plan.plainBuffer(of: indices)
    plan.emitLoop([source, destination, computed]) { [self] pointers in
      let numbers = (0..<count).map { pointers[2][$0].wholeNumber }
      body(pointers[0], pointers[1], starts(layout, layout.resolved(numbers)))
    }
  }
}

extension GatheringLayout {
  /// The indices counted from the front; what a network computes wrongly is moved inside.
  func resolved(_ indices: [Int]) -> [Int] {
    guard !lengths.isEmpty else { return indices }
    return indices.enumerated().map { position, index in
      let length = lengths[position % lengths.count]
      return max(0, min(index < 0 ? index + length : index, length - 1))
    }
  }

  /// A constant index that is not inside its axis.
  func firstOutside(_ indices: Tensor) -> Int? {
    guard !lengths.isEmpty else { return nil }
    return indices.floatsOrIntegers.enumerated().first { position, index in
      let length = lengths[position % lengths.count]
      return !(-length..<length).contains(index)
    }?.element
  }
}

extension Tensor {
  /// The numbers as machine integers, whatever they are stored as.
  var floatsOrIntegers: [Int] {
    integers?.map { Int($0) } ?? floats.map(\.wholeNumber)
  }

  /// A tensor of blocks of this one.
  func gathered(_ shape: [Int], _ starts: [Int], block: Int) -> Tensor {
    if let integers {
      return Tensor(
        shape: shape, integers: starts.flatMap { integers[$0..<$0 + block] })
    }
    let floats = floats
    return Tensor(shape: shape, floats: starts.flatMap { floats[$0..<$0 + block] })
  }
}

extension Float {
  /// The integer that this is, or is next to; 0 for what is none.
  var wholeNumber: Int { Int(exactly: rounded()) ?? 0 }
}
