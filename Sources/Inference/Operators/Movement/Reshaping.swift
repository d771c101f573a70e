/// Gives a tensor other dimensions: 0 keeps one, -1 follows from the others.
struct Reshape: ReshapingOperator {
  let allowsZero: Bool
  let attribute: [Int]?

  init(_ node: NodeReader) throws {
    allowsZero = node.integer("allowzero", default: 0) != 0
    attribute = node.integers("shape")
  }

  func shape(_ node: NodeOperands) throws -> [Int] {
    let input = try node.input(0).shape
    if let shape = try node.declared.flatMap({ try rebatched($0, input, node) }) { return shape }
    guard var target = try node.integers(1, "shape") ?? attribute else {
      throw node.failure("its shape must be constant")
    }
    if !allowsZero {
      target = target.enumerated().map { axis, size in
        size == 0 && axis < input.count ? input[axis] : size
      }
    }
    let known = target.filter { $0 != -1 }
    guard let product = checkedElementCount(known), target.count - known.count <= 1 else {
      throw node.failure("the shape \(target) is impossible")
    }
    let count = elementCount(input)
    if let open = target.firstIndex(of: -1), product > 0 { target[open] = count / product }
    guard target.allSatisfy({ $0 >= 0 }), checkedElementCount(target) == count else {
      throw node.failure("\(count) elements of shape \(input) do not fit the shape \(target)")
    }
    return target
  }

  /// The shape where the file was written for another batch size: its own with one axis longer, the
  /// one that begins where the axis begins in the input that is longer. Nil where there is no such
  /// axis.
  private func rebatched(
    _ declared: DeclaredShapes, _ input: [Int], _ node: NodeOperands
  ) throws -> [Int]? {
    guard let before = declared.inputs.first ?? nil, before.count == input.count,
      let axis = input.indices.first(where: { input[$0] != before[$0] }),
      input[axis] * node.batch.declared == before[axis] * node.batch.actual
    else { return nil }
    let inner = elementCount(Array(before[..<axis]))
    var (shape, outer) = (declared.output, 1)
    for place in shape.indices {
      if outer == inner, shape[place] * node.batch.actual % node.batch.declared == 0 {
        shape[place] = shape[place] * node.batch.actual / node.batch.declared
        return checkedElementCount(shape) == elementCount(input) ? shape : nil
      }
      outer *= shape[place]
    }
    return nil
  }
}

/// Turns a tensor into a matrix: the axes before `axis`, and the others.
struct Flatten: ReshapingOperator {
  let axis: Int

  init(_ node: NodeReader) throws { axis = node.integer("axis", default: 1) }

  func shape(_ node: NodeOperands) throws -> [Int] {
    let input = try node.input(0).shape
    let axis = axis < 0 ? axis + input.count : axis
    guard (0...input.count).contains(axis) else { throw node.failure("axis \(axis) is outside") }
    return [elementCount(Array(input[..<axis])), elementCount(Array(input[axis...]))]
  }
}

/// Removes axes of length 1; the axes are an attribute before opset 13, an input since.
struct Squeeze: ReshapingOperator {
  let axes: [Int]?

  init(_ node: NodeReader) throws { axes = node.integers("axes") }

  func shape(_ node: NodeOperands) throws -> [Int] {
    let input = try node.input(0).shape
    let given = try node.integers(1, "axes") ?? axes
    let axes = try given?.map { try node.axis($0, rank: input.count) }
    for axis in axes ?? [] where input[axis] != 1 {
      throw node.failure("axis \(axis) of shape \(input) is not of length 1")
    }
    return input.indices.filter { axis in
      axes.map { !$0.contains(axis) } ?? (input[axis] != 1)
    }.map { input[$0] }
  }
}

/// Inserts axes of length 1; the axes are an attribute before opset 13, an input since.
struct Unsqueeze: ReshapingOperator {
  let axes: [Int]?

  init(_ node: NodeReader) throws { axes = node.integers("axes") }

  init(axes: [Int]) { self.axes = axes }

  func shape(_ node: NodeOperands) throws -> [Int] {
    var result = try node.input(0).shape
    guard let given = try node.integers(1, "axes") ?? axes else {
      throw node.failure("its axes must be constant")
    }
    let rank = result.count + given.count
    for axis in try given.map({ try node.axis($0, rank: rank) }).sorted() {
      guard axis <= result.count else { throw node.failure("axis \(axis) is outside") }
      result.insert(1, at: axis)
    }
    return result
  }
}

/// Gives its input.
struct Identity: ReshapingOperator {
  init() {}

  init(_ node: NodeReader) throws {}

  func shape(_ node: NodeOperands) throws -> [Int] { try node.input(0).shape }
}

/// Gives its input: dropout does nothing when a network does not learn. Its second output, the mask,
/// is all ones.
struct Dropout: ReshapingOperator {
  init(_ node: NodeReader) throws { node.ignore("ratio", "seed", "is_test") }

  func shape(_ node: NodeOperands) throws -> [Int] { try node.input(0).shape }

  /// In training form too: a network exported so is explained as it is used, and nothing is dropped.
  func infer(_ node: NodeOperands) throws -> [Operand] {
    let input = try node.input(0)
    let data = input.constant.map { Operand($0) } ?? Operand(shape: input.shape)
    guard node.outputCount > 1 else { return [data] }
    try node.checkFoldable(input.shape)
    let ones = Array(repeating: Int64(1), count: elementCount(input.shape))
    return [data, Operand(Tensor(shape: input.shape, integers: ones))]
  }
}

/// An operator that gives its first input's elements in the same order.
protocol ReshapingOperator: Operator {
  func shape(_ node: NodeOperands) throws -> [Int]
}

extension ReshapingOperator {
  var isFeature: Bool { false }

  func views(_ node: ViewedNode) -> [ValueView?] { node.reshaped() }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let input = try node.input(0)
    let shape = try shape(node)
    return [input.constant.map { Operand($0.reshaped(shape)) } ?? Operand(shape: shape)]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (value, output) = (try node.input(0), try node.output())
    let buffer = try plan.buffer(of: value)
    guard plan.shape(output) != plan.shape(value) else {
      return plan.define(output, sharing: buffer)
    }
    let plain = try plan.plainBuffer(of: value)
    plan.define(output, sharing: plan.view(plain, as: try .plain(plan.shape(output))))
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (value, output) = (try node.input(0), try node.output())
    guard plan.shape(output) != plan.shape(value) else {
      return plan.contribute(try plan.gradient(of: output), to: value)
    }
    let gradient = try plan.plainGradient(of: output)
    plan.contribute(plan.view(gradient, as: try .plain(plan.shape(value))), to: value)
  }
}
