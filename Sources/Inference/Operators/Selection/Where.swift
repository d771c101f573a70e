/// Of every two elements the first where a condition holds, else the second, with broadcasting.
struct Where: Operator {
  init(_ node: NodeReader) throws {}

  func views(_ node: ViewedNode) -> [ValueView?] { node.broadcast() }

  func passesGradient(to input: Int) -> Bool { input != 0 }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let operands = try (0..<3).map { try node.input($0) }
    let pair = broadcastShape(operands[1].shape, operands[2].shape)
    guard let shape = pair.flatMap({ broadcastShape($0, operands[0].shape) }) else {
      throw node.failure("shapes \(operands.map(\.shape)) do not fit each other")
    }
    let constants = operands.compactMap(\.constant)
    guard constants.count == 3 else { return [Operand(shape: shape)] }
    try node.checkFoldable(shape)
    return [Operand(chosen(constants, shape))]
  }

  private func chosen(_ constants: [Tensor], _ shape: [Int]) -> Tensor {
    var isFirst = Array(repeating: false, count: elementCount(shape))
    let conditions = constants[0].integers?.map { $0 != 0 } ?? constants[0].floats.map { $0 != 0 }
    forEachIndex(shape, broadcastStrides(constants[0].shape, to: shape)) {
      isFirst[$0] = conditions[$1]
    }
    func merged<Number>(_ first: [Number], _ second: [Number], _ zero: Number) -> [Number] {
      var values = Array(repeating: zero, count: isFirst.count)
      forEachIndex(shape, broadcastStrides(constants[1].shape, to: shape)) {
        if isFirst[$0] { values[$0] = first[$1] }
      }
      forEachIndex(shape, broadcastStrides(constants[2].shape, to: shape)) {
        if !isFirst[$0] { values[$0] = second[$1] }
      }
      return values
    }
    if let first = constants[1].integers, let second = constants[2].integers {
      return Tensor(shape: shape, integers: merged(first, second, 0))
    }
    return Tensor(shape: shape, floats: merged(constants[1].floats, constants[2].floats, 0))
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let output = try node.output()
    let shape = plan.shape(output)
    let parts = try (0..<3).map { index in
      try plan.plain(try plan.broadcast(try node.input(index), to: shape))
    }
    let result = plan.define(output, try .plain(shape))
    let count = elementCount(shape)
    plan.emitLoop(parts + [result]) { pointers in
      let (condition, first, second, result) = (pointers[0], pointers[1], pointers[2], pointers[3])
      for index in 0..<count {
        result[index] = condition[index] != 0 ? first[index] : second[index]
      }
    }
    plan.record(ForwardRecord(input: parts[0]), for: node)
  }

  /// The gradient goes to what was chosen, added up where it was repeated.
  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let after = try plan.plainGradient(of: try node.output())
    guard let condition = try plan.record(for: node).input else { return }
    let count = elementCount(after.descriptor.shape)
    for index in 1...2 {
      let value = try node.input(index)
      guard plan.needsGradient(value) else { continue }
      let isFirst = index == 1
      let before = plan.newBuffer(after.descriptor)
      plan.emitLoop([condition, after, before]) { pointers in
        for index in 0..<count {
          pointers[2][index] = (pointers[0][index] != 0) == isFirst ? pointers[1][index] : 0
        }
      }
      plan.contribute(try plan.summed(before, to: plan.shape(value)), to: value)
    }
  }
}
