import ONNXProto

// Convolutions and matrix products that ONNX Runtime fused with what follows them (`com.microsoft`).

/// `FusedConv(X, W, B, Z)`: `activation(Conv(X, W, B) + Z)`.
func expandFusedConv(_ node: inout NodeExpansion) throws {
  let y = node.add(
    "Conv", [try node.input(0), try node.input(1), node.optional(2)], node.convolutionAttributes())
  try node.giveActivated(node.optional(3).map { node.add("Add", [y, $0]) } ?? y)
}

/// ``expandFusedConv(_:)`` of `[N, h, w, C]`; the weights are as in `Conv`.
func expandNhwcConv(_ node: inout NodeExpansion) throws {
  let first = [Onnx_AttributeProto.integers("perm", [0, 3, 1, 2])]
  let x = node.add("Transpose", [try node.input(0)], first)
  var y = node.add(
    "Conv", [x, try node.input(1), node.optional(2)], node.convolutionAttributes())
  y = node.add("Transpose", [y], [.integers("perm", [0, 2, 3, 1])])
  try node.giveActivated(node.optional(3).map { node.add("Add", [y, $0]) } ?? y)
}

/// `MaxPool` of `[N, h, w, C]`.
func expandNhwcMaxPool(_ node: inout NodeExpansion) throws {
  let first = [Onnx_AttributeProto.integers("perm", [0, 3, 1, 2])]
  let x = node.add("Transpose", [try node.input(0)], first)
  let y = node.add("MaxPool", [x], node.poolingAttributes())
  node.give(node.add("Transpose", [y], [.integers("perm", [0, 2, 3, 1])]))
}

/// `FusedGemm`: an activation behind `Gemm`.
func expandFusedGemm(_ node: inout NodeExpansion) throws {
  let inputs = [try node.input(0), try node.input(1), node.optional(2)]
  let y = node.add("Gemm", inputs, node.kept("alpha", "beta", "transA", "transB"))
  try node.giveActivated(y)
}

/// `FusedMatMul`: `alpha A' B'`, the last two axes of each perhaps swapped.
func expandFusedMatMul(_ node: inout NodeExpansion) throws {
  try node.attributes.expect("transBatchA", 0)
  try node.attributes.expect("transBatchB", 0)
  let alpha = node.attributes.float("alpha", default: 1)
  var operands = [try node.input(0), try node.input(1)]
  for (index, name) in ["transA", "transB"].enumerated()
  where node.attributes.integer(name, default: 0) != 0 {
    operands[index] = node.add("camtui.MatrixTranspose", [operands[index]])
  }
  let y = node.add("MatMul", operands)
  node.give(alpha == 1 ? y : node.add("Mul", [y, node.constant(alpha)]))
}

extension NodeExpansion {
  /// Gives a value, behind the activation that the attributes name.
  mutating func giveActivated(_ value: String) throws {
    let name = attributes.string("activation", default: "")
    let given = attributes.floats("activation_params") ?? []
    let alpha = attributes.float("activation_alpha") ?? given.first
    let beta = attributes.float("activation_beta") ?? given.dropFirst().first
    attributes.ignore(["activation_gamma"])
    guard !name.isEmpty else { return give(value) }
    guard let names = Self.activations[name] else {
      throw attributes.unsupported("activation \(name) is not supported")
    }
    let settings = zip(names, [alpha, beta]).compactMap { name, value in
      value.map { Onnx_AttributeProto.float(name, $0) }
    }
    give(add(name, [value], settings))
  }

  /// The activations that are fused, and what their parameters are called.
  private static let activations: [String: [String]] = [
    "Clip": ["min", "max"], "Elu": ["alpha"], "Gelu": [], "HardSigmoid": ["alpha", "beta"],
    "HardSwish": [], "LeakyRelu": ["alpha"], "Relu": [], "Sigmoid": [], "Softplus": [],
    "Softsign": [], "Tanh": [], "ThresholdedRelu": ["alpha"],
  ]
}
