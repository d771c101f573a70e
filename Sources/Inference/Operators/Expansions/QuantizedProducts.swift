import ONNXProto

// Quantised convolutions and matrix products, computed with the real numbers that their integers stand for.

/// `QLinearConv(x, scale, zero, w, scale, zero, y scale, y zero, bias)`; the bias is quantised with the product of
/// the scales of x and w. ONNX Runtime's own form may have the channels last.
func expandQLinearConv(_ node: inout NodeExpansion) throws {
  let isChannelsLast = node.attributes.integer("channels_last", default: 0) != 0
  var x = node.dequantized(try node.input(0), try node.input(1), node.optional(2))
  if isChannelsLast { x = node.add("Transpose", [x], [.integers("perm", [0, 3, 1, 2])]) }
  let weights = node.dequantized(try node.input(3), try node.input(4), node.optional(5), axis: 0)
  var bias: String?
  if let integers = node.optional(8) {
    let scale = node.add("Mul", [try node.input(1), try node.input(4)])
    bias = node.dequantized(integers, scale, nil, axis: 0)
  }
  var y = node.add("Conv", [x, weights, bias], node.convolutionAttributes())
  if isChannelsLast { y = node.add("Transpose", [y], [.integers("perm", [0, 2, 3, 1])]) }
  node.give(node.quantized(y, try node.input(6), node.optional(7)))
}

/// `QLinearMatMul(a, scale, zero, b, scale, zero, y scale, y zero)`; scales are for all elements, for each row
/// of a or for each column of b.
func expandQLinearMatMul(_ node: inout NodeExpansion) throws {
  let a = node.dequantized(try node.input(0), try node.input(1), node.optional(2), axis: -2)
  let b = node.dequantized(try node.input(3), try node.input(4), node.optional(5), axis: -1)
  let y = node.add("MatMul", [a, b])
  node.give(node.quantized(y, try node.input(6), node.optional(7)))
}

/// `QGemm(A, scale, zero, B, scale, zero, C, y scale, y zero)`: `alpha A B + C`, C quantised with alpha times the
/// scales of A and B; without a scale of y the result is real.
func expandQGemm(_ node: inout NodeExpansion) throws {
  let transposesRight = node.attributes.integer("transB", default: 0) != 0
  let alpha = node.attributes.float("alpha", default: 1)
  let a = node.dequantized(try node.input(0), try node.input(1), node.optional(2), axis: 0)
  let b = node.dequantized(
    try node.input(3), try node.input(4), node.optional(5), axis: transposesRight ? 0 : 1)
  var bias: String?
  if let integers = node.optional(6) {
    let product = node.add("Mul", [try node.input(1), try node.input(4)])
    let scale = node.add("Mul", [product, node.constant(alpha)])
    bias = node.dequantized(integers, scale, nil, axis: -1)
  }
  let y = node.add("Gemm", [a, b, bias], node.kept("alpha", "transA", "transB"))
  node.give(node.optional(7).map { node.quantized(y, $0, node.optional(8)) } ?? y)
}

/// `ConvInteger(x, w, x zero, w zero)`: the convolution of the integers without their zero points.
func expandConvInteger(_ node: inout NodeExpansion) throws {
  let x = node.shifted(try node.input(0), zero: node.optional(2), axis: 1)
  let weights = node.shifted(try node.input(1), zero: node.optional(3), axis: 0)
  node.give(node.add("Conv", [x, weights], node.convolutionAttributes()))
}

/// `MatMulInteger(A, B, A zero, B zero)`: the product of the integers without their zero points.
func expandMatMulInteger(_ node: inout NodeExpansion) throws {
  let a = node.shifted(try node.input(0), zero: node.optional(2), axis: -2)
  let b = node.shifted(try node.input(1), zero: node.optional(3), axis: -1)
  node.give(node.add("MatMul", [a, b]))
}

/// `MatMulIntegerToFloat(A, B, A scale, B scale, A zero, B zero, bias)`.
func expandMatMulIntegerToFloat(_ node: inout NodeExpansion) throws {
  let a = node.dequantized(try node.input(0), try node.input(2), node.optional(4), axis: -2)
  let b = node.dequantized(try node.input(1), try node.input(3), node.optional(5), axis: -1)
  let product = node.add("MatMul", [a, b])
  node.give(node.optional(6).map { node.add("Add", [product, $0]) } ?? product)
}

/// `DynamicQuantizeMatMul(A, B, B scale, B zero, bias)`: A is quantised as ``DynamicQuantizeLinear`` does.
func expandDynamicQuantizeMatMul(_ node: inout NodeExpansion) throws {
  let quantized = node.add("DynamicQuantizeLinear", [try node.input(0)], outputs: 3)
  let product = node.add(
    "com.microsoft.MatMulIntegerToFloat",
    [
      quantized[0], try node.input(1), quantized[1], try node.input(2), quantized[2],
      node.optional(3), node.optional(4),
    ])
  node.give(product)
}

/// `MatMulNBits(A, B, scales, zeros, group indices, bias)`: weights of a few bits, see ``BlockDequantization``.
func expandMatMulNBits(_ node: inout NodeExpansion) throws {
  node.attributes.ignore(["accuracy_level", "weight_prepacked"])
  let weights = node.add(
    "camtui.BlockDequantization",
    [try node.input(1), try node.input(2), node.optional(3), node.optional(4)],
    node.kept("K", "N", "bits", "block_size"))
  let product = node.add("MatMul", [try node.input(0), weights])
  node.give(node.optional(5).map { node.add("Add", [product, $0]) } ?? product)
}

extension NodeExpansion {
  /// The real numbers of a quantised value.
  mutating func dequantized(
    _ value: String, _ scale: String, _ zero: String?, axis: Int = 1
  ) -> String {
    add("DequantizeLinear", [value, scale, zero], [.integer("axis", axis)])
  }

  /// A real value quantised.
  mutating func quantized(_ value: String, _ scale: String, _ zero: String?) -> String {
    add("QuantizeLinear", [value, scale, zero])
  }

  /// Integers without their zero point.
  mutating func shifted(_ value: String, zero: String?, axis: Int) -> String {
    dequantized(value, constant(1), zero, axis: axis)
  }

  /// The attributes of `Conv`.
  func convolutionAttributes() -> [Onnx_AttributeProto] {
    kept("auto_pad", "dilations", "group", "kernel_shape", "pads", "strides")
  }
}
