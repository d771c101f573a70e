import COneDNN

/// An operation that a primitive does on its result before it is stored.
enum PostOperation: Hashable {
  /// `destination += result`: the destination holds the other summand beforehand.
  case sum
  /// An elementwise function of the result.
  case elementwise(ElementwiseFunction)
  /// `result + tensor`, the tensor a further argument with this layout (or `any`).
  case add(MemoryDescriptor)
  /// `result * tensor`, likewise.
  case multiply(MemoryDescriptor)
}

/// Attributes of a primitive: user scratchpad always (the library's own is bound to a thread), and
/// the chain of post operations.
final class PrimitiveAttributes {
  let handle: OpaquePointer

  init(_ chain: [PostOperation] = []) throws {
    var attributes: OpaquePointer?
    try check(dnnl_primitive_attr_create(&attributes), "creating attributes")
    handle = try required(attributes, "creating attributes")
    try check(
      dnnl_primitive_attr_set_scratchpad_mode(handle, dnnl_scratchpad_mode_user),
      "choosing the scratchpad")
    if !chain.isEmpty { try set(chain) }
  }

  deinit { dnnl_primitive_attr_destroy(handle) }

  private func set(_ chain: [PostOperation]) throws {
    var operations: OpaquePointer?
    try check(dnnl_post_ops_create(&operations), "creating post operations")
    defer { dnnl_post_ops_destroy(operations) }
    for operation in chain { try append(operation, to: operations) }
    try check(dnnl_primitive_attr_set_post_ops(handle, operations), "setting post operations")
  }

  private func append(_ operation: PostOperation, to chain: OpaquePointer?) throws {
    switch operation {
    case .sum:
      try check(camtui_sum_post_op(chain), "fusing a sum")
    case .elementwise(let function):
      try check(
        camtui_eltwise_post_op(chain, function.algorithm, function.alpha, function.beta),
        "fusing an activation")
    case .add(let descriptor):
      try appendBinary(dnnl_binary_add, descriptor, to: chain)
    case .multiply(let descriptor):
      try appendBinary(dnnl_binary_mul, descriptor, to: chain)
    }
  }

  private func appendBinary(
    _ algorithm: dnnl_alg_kind_t, _ descriptor: MemoryDescriptor, to chain: OpaquePointer?
  ) throws {
    try check(
      camtui_binary_post_op(chain, algorithm, descriptor.handle), "fusing an addition")
  }
}
