/// Every channel of every example normalised over its places, then scaled and shifted (Ulyanov et
/// al. 2016): `scale (x - mean) / sqrt(variance + epsilon) + bias`.
struct InstanceNormalization: CompositeOperator {
  let epsilon: Float

  init(_ node: NodeReader) throws { epsilon = node.float("epsilon", default: 1e-5) }

  var normalizes: Bool { true }

  func body(_ node: NodeOperands) throws -> NodeBody? {
    var body = NodeBody(node)
    let value = try body.input(0)
    let shape = body.shape(value)
    guard shape.count >= 2 else { throw node.failure("its input has no channel axis") }
    let normal = try body.normalized(value, groups: shape[1], epsilon: epsilon)
    let result = try body.scaledAndShifted(
      try body.reshape(normal, shape), try body.input(1), try body.input(2), node)
    try body.finish(result)
    return body
  }
}

/// Groups of channels of every example normalised over their places (Wu and He 2018); scale and bias
/// are one number a group before opset 21, one a channel since.
struct GroupNormalization: CompositeOperator {
  let epsilon: Float
  let groupCount: Int
  let isScaledByGroup: Bool

  init(_ node: NodeReader) throws {
    epsilon = node.float("epsilon", default: 1e-5)
    guard let count = node.integer("num_groups"), count > 0 else {
      throw node.unsupported("attribute num_groups must be a positive number")
    }
    groupCount = count
    isScaledByGroup = node.opset < 21
    try node.expect("stash_type", 1)
  }

  var normalizes: Bool { true }

  func body(_ node: NodeOperands) throws -> NodeBody? {
    var body = NodeBody(node)
    let value = try body.input(0)
    let shape = body.shape(value)
    guard shape.count >= 2, shape[1] % groupCount == 0 else {
      throw node.failure("an input of shape \(shape) has not \(groupCount) equal groups")
    }
    var result = try body.normalized(value, groups: groupCount, epsilon: epsilon)
    if !isScaledByGroup { result = try body.reshape(result, shape) }
    result = try body.scaledAndShifted(result, try body.input(1), try body.input(2), node)
    try body.finish(try body.reshape(result, shape))
    return body
  }
}

extension NodeBody {
  /// Groups of neighbouring channels as `[N, groups, elements]`, each with mean 0 and variance 1.
  fileprivate mutating func normalized(
    _ value: Value, groups: Int, epsilon: Float
  ) throws -> Value {
    let shape = shape(value)
    let batch = shape[0]
    let size = batch * groups == 0 ? 0 : elementCount(shape) / (batch * groups)
    let rows = try reshape(value, [batch, groups, size])
    return try add(
      LayerNormalization(axis: -1, epsilon: epsilon), "LayerNormalization", [rows])
  }

  /// `scale x + bias`, both one number for each place of the second axis.
  mutating func scaledAndShifted(
    _ value: Value, _ scale: Value, _ bias: Value, _ node: NodeOperands
  ) throws -> Value {
    let shape = shape(value)
    for parameter in [scale, bias] where self.shape(parameter) != [shape[1]] {
      throw node.failure(
        "scale and bias of shape \(self.shape(parameter)) do not fit \(shape[1]) channels")
    }
    let column = [shape[1]] + Array(repeating: 1, count: shape.count - 2)
    let scaled = try add("Mul", [value, try reshape(scale, column)])
    return try add("Add", [scaled, try reshape(bias, column)])
  }
}
