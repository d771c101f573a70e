/// The larger one of each pair; no number where either is none.
struct Maximum: PairwiseOperator {
  func value(_ a: Float, _ b: Float) -> Float { a > b || a.isNaN ? a : b }
  func value(_ a: Int64, _ b: Int64) -> Int64? { max(a, b) }

  /// In equal shares where the two are equal, as in PyTorch.
  func derivatives(_ a: Float, _ b: Float, _ y: Float) -> (Float, Float) {
    a == b ? (0.5, 0.5) : y == a ? (1, 0) : (0, 1)
  }

  init() {}

  init(_ node: NodeReader) throws {}
}

/// The smaller one of each pair; no number where either is none.
struct Minimum: PairwiseOperator {
  func value(_ a: Float, _ b: Float) -> Float { a < b || a.isNaN ? a : b }
  func value(_ a: Int64, _ b: Int64) -> Int64? { min(a, b) }

  func derivatives(_ a: Float, _ b: Float, _ y: Float) -> (Float, Float) {
    a == b ? (0.5, 0.5) : y == a ? (1, 0) : (0, 1)
  }

  init() {}

  init(_ node: NodeReader) throws {}
}

/// The largest of several tensors at every place, with broadcasting.
struct Max: VariadicOperator {
  init(_ node: NodeReader) throws {}

  func joined(_ a: NodeBody.Value, _ b: NodeBody.Value, in body: inout NodeBody) throws
    -> NodeBody.Value
  {
    try body.add(Maximum(), "Max", [a, b])
  }
}

/// The smallest of several tensors at every place, with broadcasting.
struct Min: VariadicOperator {
  init(_ node: NodeReader) throws {}

  func joined(_ a: NodeBody.Value, _ b: NodeBody.Value, in body: inout NodeBody) throws
    -> NodeBody.Value
  {
    try body.add(Minimum(), "Min", [a, b])
  }
}

/// The sum of several tensors, with broadcasting.
struct Sum: VariadicOperator {
  init(_ node: NodeReader) throws {}

  func joined(_ a: NodeBody.Value, _ b: NodeBody.Value, in body: inout NodeBody) throws
    -> NodeBody.Value
  {
    try body.add("Add", [a, b])
  }
}

/// The mean of several tensors, with broadcasting.
struct Mean: VariadicOperator {
  init(_ node: NodeReader) throws {}

  func joined(_ a: NodeBody.Value, _ b: NodeBody.Value, in body: inout NodeBody) throws
    -> NodeBody.Value
  {
    try body.add("Add", [a, b])
  }

  func finished(_ value: NodeBody.Value, count: Int, in body: inout NodeBody) throws
    -> NodeBody.Value
  {
    try body.add("Div", [value, body.constant(Float(count))])
  }
}

/// An operator on any number of tensors that joins them one after the other.
protocol VariadicOperator: CompositeOperator {
  func joined(_ a: NodeBody.Value, _ b: NodeBody.Value, in body: inout NodeBody) throws
    -> NodeBody.Value

  /// What becomes of the joined tensors.
  func finished(_ value: NodeBody.Value, count: Int, in body: inout NodeBody) throws
    -> NodeBody.Value
}

extension VariadicOperator {
  func finished(_ value: NodeBody.Value, count: Int, in body: inout NodeBody) throws
    -> NodeBody.Value
  { value }

  func body(_ node: NodeOperands) throws -> NodeBody? {
    var body = NodeBody(node)
    var value = try body.input(0)
    for index in node.inputs.indices.dropFirst() {
      value = try joined(value, try body.input(index), in: &body)
    }
    try body.finish(try finished(value, count: node.inputs.count, in: &body))
    return body
  }
}
