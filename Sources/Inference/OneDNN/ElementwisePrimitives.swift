import COneDNN

/// A function of two tensors, element by element.
enum BinaryAlgorithm: Hashable {
  case add, subtract, multiply, divide, maximum, minimum

  fileprivate var raw: dnnl_alg_kind_t {
    switch self {
    case .add: dnnl_binary_add
    case .subtract: dnnl_binary_sub
    case .multiply: dnnl_binary_mul
    case .divide: dnnl_binary_div
    case .maximum: dnnl_binary_max
    case .minimum: dnnl_binary_min
    }
  }
}

extension PrimitiveDescriptor {
  /// A function of every element.
  static func elementwise(
    _ function: ElementwiseFunction, data: MemoryDescriptor, attributes: PrimitiveAttributes,
    on engine: OneDNNEngine
  ) throws -> PrimitiveDescriptor {
    return try PrimitiveDescriptor("an activation") { result in
      camtui_eltwise_forward(
        &result, engine.handle, function.algorithm, data.handle, function.alpha, function.beta,
        attributes.handle)
    }
  }

  /// The gradient of a function of every element, from its input or from its output.
  static func elementwiseGradient(
    _ function: ElementwiseFunction, fromOutput: Bool, data: MemoryDescriptor,
    attributes: PrimitiveAttributes, on engine: OneDNNEngine
  ) throws -> PrimitiveDescriptor {
    let algorithm = fromOutput ? function.algorithmFromOutput : function.algorithm
    let hint = try PrimitiveDescriptor("an activation") { result in
      camtui_eltwise_forward(
        &result, engine.handle, algorithm, data.handle, function.alpha, function.beta,
        attributes.handle)
    }
    return try PrimitiveDescriptor("the gradient of an activation") { result in
      camtui_eltwise_backward(
        &result, engine.handle, algorithm, data.handle, data.handle, function.alpha, function.beta,
        attributes.handle, hint.handle)
    }
  }

  /// A function of two tensors; axes of length 1 in `right` are repeated along `left`'s.
  static func binary(
    _ algorithm: BinaryAlgorithm, left: MemoryDescriptor, right: MemoryDescriptor,
    destination: MemoryDescriptor, attributes: PrimitiveAttributes, on engine: OneDNNEngine
  ) throws -> PrimitiveDescriptor {
    return try PrimitiveDescriptor("elementwise arithmetic") { result in
      camtui_binary(
        &result, engine.handle, algorithm.raw, left.handle, right.handle, destination.handle,
        attributes.handle)
    }
  }

  /// `x > 0 ? x : slope x`, the slope broadcast along axes of length 1.
  static func prelu(
    data: MemoryDescriptor, slope: MemoryDescriptor, attributes: PrimitiveAttributes,
    on engine: OneDNNEngine
  ) throws -> PrimitiveDescriptor {
    return try PrimitiveDescriptor("PRelu") { result in
      camtui_prelu_forward(&result, engine.handle, data.handle, slope.handle, attributes.handle)
    }
  }
}
