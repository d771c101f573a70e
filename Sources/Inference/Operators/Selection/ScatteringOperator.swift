/// An operator that gives its first input with blocks of its third put to places that the integers of
/// its second say. Indices that the network computes are read while it runs.
protocol ScatteringOperator: Operator {
  /// What becomes of an element that an update goes to.
  var reduction: ScatterReduction { get }

  /// The shapes, as for a gathering from the result.
  ///
  /// - Throws: ``InferenceError/invalidNode(node:type:problem:)`` where the shapes do not fit.
  func layout(_ node: NodeOperands) throws -> GatheringLayout

  /// Where the blocks of the updates go, in their order, for indices that are all inside.
  func places(_ layout: GatheringLayout, _ indices: [Int]) -> [Int]
}

/// How an update meets the element that is there.
enum ScatterReduction: String, Sendable {
  case replacing = "none"
  case add, mul, max, min

  /// - Throws: ``InferenceError/unsupportedAttribute(node:type:opset:problem:)``.
  init(_ node: NodeReader) throws {
    let name = node.string("reduction", default: "none")
    guard let reduction = ScatterReduction(rawValue: name) else {
      throw node.unsupported("attribute reduction = \(name), none, add, mul, max or min expected")
    }
    self = reduction
  }

  func value<Number: Numeric & Comparable>(_ old: Number, _ new: Number) -> Number {
    switch self {
    case .replacing: new
    case .add: old + new
    case .mul: old * new
    case .max: Swift.max(old, new)
    case .min: Swift.min(old, new)
    }
  }
}

extension ScatteringOperator {
  func passesGradient(to input: Int) -> Bool { input != 1 }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let layout = try layout(node)
    let updates = try node.input(2)
    guard updates.shape == layout.output else {
      throw node.failure("updates of shape \(updates.shape) were expected as \(layout.output)")
    }
    guard elementCount(layout.output) == 0 || !layout.lengths.contains(0) else {
      throw node.failure("there is no place in an axis of length 0")
    }
    let indices = try node.input(1).constant
    if let indices, let number = layout.firstOutside(indices) {
      throw node.failure("the index \(number) lies outside of its axis")
    }
    guard let data = try node.input(0).constant, let indices, let updates = updates.constant else {
      return [Operand(shape: layout.input)]
    }
    let places = places(layout, layout.resolved(indices.floatsOrIntegers))
    return [Operand(scattered(data, updates, places, block: layout.block))]
  }

  private func scattered(
    _ data: Tensor, _ updates: Tensor, _ places: [Int], block: Int
  ) -> Tensor {
    func merged<Number: Numeric & Comparable>(
      _ data: [Number], _ updates: [Number], _ value: (Number, Number) -> Number
    ) -> [Number] {
      var data = data
      for (number, place) in places.enumerated() {
        for element in 0..<block {
          data[place + element] = value(data[place + element], updates[number * block + element])
        }
      }
      return data
    }
    if let old = data.integers, let new = updates.integers {
      // Sums and products of hostile integers wrap.
      let values = merged(old, new) {
        switch reduction {
        case .add: $0 &+ $1
        case .mul: $0 &* $1
        default: reduction.value($0, $1)
        }
      }
      return Tensor(shape: data.shape, integers: values)
    }
    return Tensor(
      shape: data.shape, floats: merged(data.floats, updates.floats) { reduction.value($0, $1) })
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let layout = try layout(plan.operands(of: node))
    let (block, reduction) = (layout.block, reduction)
    let data = try plan.plainBuffer(of: try node.input(0))
    let updates = try plan.plainBuffer(of: try node.input(2))
    let result = plan.define(try node.output(), try .plain(layout.input))
    try plan.copy(data, to: result)
    try emit(node, layout, [updates, result], in: plan) { pointers, places in
      for (number, place) in places.enumerated() {
        for element in 0..<block {
          pointers[1][place + element] = reduction.value(
            pointers[1][place + element], pointers[0][number * block + element])
        }
      }
    }
  }

  /// An update that was put in place of an element takes its gradient; one that was added shares it.
  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    guard reduction == .replacing || reduction == .add else {
      throw node.failure("reduction \(reduction.rawValue) has no gradient here")
    }
    let layout = try layout(plan.operands(of: node))
    let (block, isReplacing) = (layout.block, reduction == .replacing)
    let (data, updates) = (try node.input(0), try node.input(2))
    let after = try plan.plainGradient(of: try node.output())
    if plan.needsGradient(data) {
      let before = plan.newBuffer(after.descriptor)
      try plan.copy(after, to: before)
      if isReplacing {
        try emit(node, layout, [before], in: plan) { pointers, places in
          for place in places { (pointers[0] + place).update(repeating: 0, count: block) }
        }
      }
      plan.contribute(before, to: data)
    }
    if plan.needsGradient(updates) {
      let before = plan.newBuffer(try .plain(layout.output))
      try emit(node, layout, [after, before], in: plan) { pointers, places in
        // Of several updates of one element the last stands.
        let last = Dictionary(places.enumerated().map { ($1, $0) }, uniquingKeysWith: { $1 })
        for (number, place) in places.enumerated() {
          let stands = !isReplacing || last[place] == number
          for element in 0..<block {
            pointers[1][number * block + element] = stands ? pointers[0][place + element] : 0
          }
        }
      }
      plan.contribute(before, to: updates)
    }
  }

  private func emit(
    _ node: PlannedNode, _ layout: GatheringLayout, _ buffers: [PlannedBuffer],
    in plan: PlanBuilder,
    _ body: @escaping (_ pointers: [UnsafeMutablePointer<Float>], _ places: [Int]) -> Void
  ) throws {
    let indices = try node.input(1)
    if let constant = plan.constant(indices) {
      let places = places(layout, layout.resolved(constant.floatsOrIntegers))
      return plan.emitLoop(buffers) { body($0, places) }
    }
    let count = elementCount(layout.indices)
    let computed = try plan.plainBuffer(of: indices)
    plan.emitLoop(buffers + [computed]) { [self] pointers in
      let numbers = (0..<count).map { pointers[buffers.count][$0].wholeNumber }
      body(pointers, places(layout, layout.resolved(numbers)))
    }
  }
}
