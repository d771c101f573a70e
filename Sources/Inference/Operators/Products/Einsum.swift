/// Einstein's summation: any product and sum over named axes. Operands are joined from left to right,
/// each pair as one stack of matrix products, so that every equation has the speed and the gradient
/// of ``MatMul``.
struct Einsum: CompositeOperator {
  let equation: EinsumEquation

  init(_ node: NodeReader) throws {
    let text = node.string("equation", default: "")
    guard let equation = EinsumEquation(text) else {
      throw node.unsupported("attribute equation = \(text) is no equation of letters")
    }
    self.equation = equation
  }

  var foldsIntegers: Bool { true }

  /// An axis is what it is in the first operand that names it.
  func views(_ node: ViewedNode) -> [ValueView?] {
    guard !equation.result.contains(nil), !equation.operands.contains(where: { $0.contains(nil) })
    else { return [nil] }
    return [
      ValueView(
        axes: zip(equation.result, node.outputs.first ?? []).map { letter, size in
          for (names, view) in zip(equation.operands, node.inputs) {
            guard let place = names.firstIndex(of: letter), let view,
              view.axes.count == names.count
            else { continue }
            return view.axes[place]
          }
          return [AxisFactor(role: isMixed(node.inputs) ? .other : .channel, size: size)]
        })
    ]
  }

  func mixesPlaces(_ inputs: [ValueView?]) -> Bool { isMixed(inputs) }

  /// Whether an axis of the grid is added up.
  private func isMixed(_ inputs: [ValueView?]) -> Bool {
    zip(equation.operands, inputs).contains { names, view in
      guard let view, view.axes.count == names.count else { return false }
      return zip(names, view.axes).contains { $1.isSpatial && !equation.result.contains($0) }
    }
  }

  var hasWeights: Bool { true }

  /// An operand with the names of its axes.
  private struct Term {
    var value: NodeBody.Value
    var axes: [Axis]
  }

  /// A name: a letter, or a place of the ellipsis counted from its end.
  private enum Axis: Hashable {
    case letter(Character)
    case ellipsis(Int)
  }

  func body(_ node: NodeOperands) throws -> NodeBody? {
    guard equation.operands.count == node.inputs.count else {
      throw node.failure("its equation has \(equation.operands.count) operands")
    }
    var body = NodeBody(node)
    var (lengths, ellipsis) = ([Axis: Int](), 0)
    var terms: [Term] = []
    for (index, names) in equation.operands.enumerated() {
      let value = try body.input(index)
      let shape = body.shape(value)
      let count = shape.count - names.filter { $0 != nil }.count
      guard count == 0 || (count > 0 && names.contains(nil)) else {
        throw node.failure("operand \(index) of shape \(shape) does not fit its equation")
      }
      ellipsis = max(ellipsis, count)
      let axes = Self.axes(names, ellipsis: count)
      for (axis, length) in zip(axes, shape) where lengths[axis, default: 1] != length {
        guard length == 1 || lengths[axis, default: 1] == 1 else {
          throw node.failure("its operands have axes of different lengths under one name")
        }
        lengths[axis] = max(length, lengths[axis, default: 1])
        if length == 0 { lengths[axis] = 0 }
      }
      terms.append(try diagonal(Term(value: value, axes: axes), &body))
    }
    let wanted = Self.axes(equation.result, ellipsis: ellipsis)
    var joined = terms[0]
    for (index, term) in terms.enumerated().dropFirst() {
      let later = Set(terms[(index + 1)...].flatMap(\.axes)).union(wanted)
      joined = try product(joined, term, keeping: later, lengths, &body)
    }
    joined = try sum(joined, to: wanted, &body)
    let order = try wanted.map { axis -> Int in
      guard let place = joined.axes.firstIndex(of: axis) else {
        throw node.failure("its result has an axis that no operand has")
      }
      return place
    }
    try body.finish(try body.transpose(joined.value, order))
    return body
  }

  private static func axes(_ names: [Character?], ellipsis count: Int) -> [Axis] {
    names.flatMap { name in
      name.map { [Axis.letter($0)] } ?? (0..<count).reversed().map { Axis.ellipsis($0) }
    }
  }

  /// A name that an operand has twice is its diagonal.
  private func diagonal(_ term: Term, _ body: inout NodeBody) throws -> Term {
    var term = term
    while let second = term.axes.indices.first(where: { index in
      term.axes[..<index].contains(term.axes[index])
    }), let first = term.axes.firstIndex(of: term.axes[second]) {
      term.value = try body.add(Diagonal(first: first, second: second), "Einsum", [term.value])
      term.axes.remove(at: second)
    }
    return term
  }

  /// The sum over all axes that are not wanted.
  private func sum(
    _ term: Term, to wanted: [Axis], _ body: inout NodeBody
  ) throws -> Term {
    let gone = term.axes.indices.filter { !wanted.contains(term.axes[$0]) }
    guard !gone.isEmpty else { return term }
    let value = try body.add(
      "ReduceSum", [term.value, body.constant(gone)], ["keepdims": .integer(0)])
    return Term(value: value, axes: term.axes.filter(wanted.contains))
  }

  /// Two operands joined: `[batch, left, shared] [batch, shared, right]`.
  private func product(
    _ left: Term, _ right: Term, keeping wanted: Set<Axis>, _ lengths: [Axis: Int],
    _ body: inout NodeBody
  ) throws -> Term {
    let both = Set(left.axes).intersection(right.axes)
    let a = try sum(left, to: left.axes.filter { both.contains($0) || wanted.contains($0) }, &body)
    let b = try sum(
      right, to: right.axes.filter { both.contains($0) || wanted.contains($0) }, &body)
    let batch = a.axes.filter { both.contains($0) && wanted.contains($0) }
    let shared = a.axes.filter { both.contains($0) && !wanted.contains($0) }
    let ofLeft = a.axes.filter { !both.contains($0) }
    let ofRight = b.axes.filter { !both.contains($0) }
    let first = try matrices(a, [batch, ofLeft, shared], lengths, &body)
    let second = try matrices(b, [batch, shared, ofRight], lengths, &body)
    let result = batch + ofLeft + ofRight
    let value = try body.reshape(
      try body.add("MatMul", [first, second]), result.map { lengths[$0] ?? 1 })
    return Term(value: value, axes: result)
  }

  /// An operand with its axes in order, and each group of them as one.
  private func matrices(
    _ term: Term, _ groups: [[Axis]], _ lengths: [Axis: Int], _ body: inout NodeBody
  ) throws -> NodeBody.Value {
    let axes = groups.flatMap(\.self)
    var value = try body.transpose(
      term.value, axes.compactMap { term.axes.firstIndex(of: $0) })
    let full = axes.map { lengths[$0] ?? 1 }
    if body.shape(value) != full { value = try body.add("Expand", [value, body.constant(full)]) }
    return try body.reshape(
      value, groups.map { group in group.reduce(1) { $0 * (lengths[$1] ?? 1) } })
  }
}

/// The diagonal of two axes of one length; the second one goes.
private struct Diagonal: MovementOperator {
  let first: Int
  let second: Int

  init(first: Int, second: Int) {
    self.first = first
    self.second = second
  }

  init(_ node: NodeReader) throws { (first, second) = (0, 1) }

  func movement(_ node: NodeOperands) throws -> Movement {
    var shape = try node.input(0).shape
    guard shape[first] == shape[second] else {
      throw node.failure("the diagonal of shape \(shape) does not exist")
    }
    var strides = rowMajorStrides(shape)
    strides[first] += strides[second]
    strides.remove(at: second)
    shape.remove(at: second)
    return Movement(
      outputs: [shape],
      copies: [
        StridedCopy(
          extents: shape, sourceOffset: 0, sourceStrides: strides, destinationOffset: 0,
          destinationStrides: rowMajorStrides(shape))
      ])
  }
}
