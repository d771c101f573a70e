import ONNXProto

// The element-wise, pooling and joining operators of quantised networks (`com.microsoft`).

/// `QLinearAdd` and `QLinearMul(A, scale, zero, B, scale, zero, y scale, y zero)`.
func expandQLinearArithmetic(_ node: inout NodeExpansion) throws {
  let a = node.dequantized(try node.input(0), try node.input(1), node.optional(2))
  let b = node.dequantized(try node.input(3), try node.input(4), node.optional(5))
  let y = node.add(node.realOperator, [a, b])
  node.give(node.quantized(y, try node.input(6), node.optional(7)))
}

/// A function `(x, scale, zero, y scale, y zero)` of one input.
func expandQLinearFunction(_ node: inout NodeExpansion) throws {
  // The opset that `axis` is understood by: on the last axis, where it is used, all agree.
  node.attributes.ignore(["opset"])
  let x = node.dequantized(try node.input(0), try node.input(1), node.optional(2))
  let y = node.add(node.realOperator, [x], node.kept("alpha", "axis", "axes", "keepdims"))
  node.give(node.quantized(y, try node.input(3), node.optional(4)))
}

/// `QLinearAveragePool` and `QLinearGlobalAveragePool(x, scale, zero, y scale, y zero)`, the channels perhaps last.
func expandQLinearPool(_ node: inout NodeExpansion) throws {
  let isChannelsLast = node.attributes.integer("channels_last", default: 0) != 0
  var x = node.dequantized(try node.input(0), try node.input(1), node.optional(2))
  if isChannelsLast { x = node.add("Transpose", [x], [.integers("perm", [0, 3, 1, 2])]) }
  var y = node.add(node.realOperator, [x], node.poolingAttributes())
  if isChannelsLast { y = node.add("Transpose", [y], [.integers("perm", [0, 2, 3, 1])]) }
  node.give(node.quantized(y, try node.input(3), node.optional(4)))
}

/// `QLinearConcat(y scale, y zero, x1, scale, zero, x2, scale, zero, ...)`.
func expandQLinearConcat(_ node: inout NodeExpansion) throws {
  var parts: [String] = []
  for index in stride(from: 2, to: node.node.input.count, by: 3) {
    parts.append(
      node.dequantized(
        try node.input(index), try node.input(index + 1), node.optional(index + 2)))
  }
  let y = node.add("Concat", parts, node.kept("axis"))
  node.give(node.quantized(y, try node.input(0), node.optional(1)))
}

/// `QLinearWhere(condition, x, scale, zero, y, scale, zero, z scale, z zero)`.
func expandQLinearWhere(_ node: inout NodeExpansion) throws {
  let x = node.dequantized(try node.input(1), try node.input(2), node.optional(3))
  let y = node.dequantized(try node.input(4), try node.input(5), node.optional(6))
  let z = node.add("Where", [try node.input(0), x, y])
  node.give(node.quantized(z, try node.input(7), node.optional(8)))
}

extension NodeExpansion {
  /// The operator on real numbers that `QLinearNAME` is named after.
  fileprivate var realOperator: String { String(node.opType.dropFirst("QLinear".count)) }

  /// The attributes of the pooling operators.
  func poolingAttributes() -> [Onnx_AttributeProto] {
    kept(
      "auto_pad", "ceil_mode", "count_include_pad", "dilations", "kernel_shape", "pads",
      "storage_order", "strides")
  }
}
