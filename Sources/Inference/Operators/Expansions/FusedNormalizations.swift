import ONNXProto

// Normalisations and activations that ONNX Runtime fused with the additions around them.

/// `SkipLayerNormalization(x, skip, scale, shift, bias)`: `LayerNormalization(x + skip + bias)`; the fourth output
/// is the sum. The simplified form, `(x, skip, scale, bias)`, neither centres nor shifts.
func expandSkipLayerNormalization(_ node: inout NodeExpansion) throws {
  let isSimplified = node.node.opType.hasPrefix("SkipSimplified")
  let epsilon = Onnx_AttributeProto.float(
    "epsilon", node.attributes.float("epsilon", default: 1e-12))
  var sum = node.add("Add", [try node.input(0), try node.input(1)])
  if let bias = node.optional(isSimplified ? 3 : 4) { sum = node.add("Add", [sum, bias]) }
  let scale = try node.input(2)
  let y =
    isSimplified
    ? node.add("RMSNormalization", [sum, scale], [epsilon])
    : node.add("LayerNormalization", [sum, scale, node.optional(3)], [epsilon])
  node.give(y)
  node.give(sum, as: 3)
}

/// `BiasAdd(x, bias, skip)`.
func expandBiasAdd(_ node: inout NodeExpansion) throws {
  let sum = node.add("Add", [try node.input(0), try node.input(1)])
  node.give(node.add("Add", [sum, try node.input(2)]))
}

/// `BiasGelu(x, bias)`: `Gelu(x + bias)`.
func expandBiasGelu(_ node: inout NodeExpansion) throws {
  node.give(node.add("Gelu", [node.add("Add", [try node.input(0), try node.input(1)])]))
}

/// `FastGelu(x, bias)`: `Gelu(x + bias)` approximated by tanh.
func expandFastGelu(_ node: inout NodeExpansion) throws {
  let x = try node.input(0)
  let sum = node.optional(1).map { node.add("Add", [x, $0]) } ?? x
  node.give(node.add("Gelu", [sum], [.text("approximate", "tanh")]))
}

/// `QuickGelu(x)`: `x sigmoid(alpha x)`.
func expandQuickGelu(_ node: inout NodeExpansion) throws {
  let x = try node.input(0)
  let alpha = node.constant(node.attributes.float("alpha", default: 1.702))
  node.give(node.add("Mul", [x, node.add("Sigmoid", [node.add("Mul", [x, alpha])])]))
}

/// `BiasSoftmax(x, bias)`: `Softmax(x + bias)`.
func expandBiasSoftmax(_ node: inout NodeExpansion) throws {
  node.attributes.ignore(["is_inner_broadcast"])
  let axis = Onnx_AttributeProto.integer("axis", node.attributes.integer("axis", default: -1))
  let sum = node.add("Add", [try node.input(0), try node.input(1)])
  node.give(node.add("Softmax", [sum], [axis]))
}
