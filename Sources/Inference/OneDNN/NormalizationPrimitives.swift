import COneDNN

/// The constants of a local response normalisation across channels.
struct LocalResponse: Hashable {
  var size: Int
  var alpha: Float
  var beta: Float
  var bias: Float
}

extension PrimitiveDescriptor {
  /// Softmax, or its logarithm, along one axis.
  static func softmax(
    logarithm: Bool, data: MemoryDescriptor, axis: Int, attributes: PrimitiveAttributes,
    on engine: OneDNNEngine
  ) throws -> PrimitiveDescriptor {
    return try PrimitiveDescriptor("softmax") { result in
      camtui_softmax_forward(
        &result, engine.handle, logarithm ? dnnl_softmax_log : dnnl_softmax_accurate, data.handle,
        Int32(axis), attributes.handle)
    }
  }

  /// The gradient of softmax from its output.
  static func softmaxGradient(
    logarithm: Bool, data: MemoryDescriptor, axis: Int, attributes: PrimitiveAttributes,
    hint: PrimitiveDescriptor, on engine: OneDNNEngine
  ) throws -> PrimitiveDescriptor {
    return try PrimitiveDescriptor("the gradient of softmax") { result in
      camtui_softmax_backward(
        &result, engine.handle, logarithm ? dnnl_softmax_log : dnnl_softmax_accurate, data.handle,
        Int32(axis), attributes.handle, hint.handle)
    }
  }

  /// Local response normalisation across channels (Krizhevsky et al. 2012, section 3.3).
  static func localResponse(
    _ constants: LocalResponse, data: MemoryDescriptor, attributes: PrimitiveAttributes,
    on engine: OneDNNEngine
  ) throws -> PrimitiveDescriptor {
    return try PrimitiveDescriptor("LRN") { result in
      camtui_lrn_forward(
        &result, engine.handle, data.handle, Int64(constants.size), constants.alpha, constants.beta,
        constants.bias, attributes.handle)
    }
  }

  /// The gradient of local response normalisation.
  static func localResponseGradient(
    _ constants: LocalResponse, data: MemoryDescriptor, attributes: PrimitiveAttributes,
    hint: PrimitiveDescriptor, on engine: OneDNNEngine
  ) throws -> PrimitiveDescriptor {
    return try PrimitiveDescriptor("the gradient of LRN") { result in
      camtui_lrn_backward(
        &result, engine.handle, data.handle, data.handle, Int64(constants.size), constants.alpha,
        constants.beta, constants.bias, attributes.handle, hint.handle)
    }
  }

  /// Layer normalisation over the last axis (Ba et al. 2016) with a scale and a shift.
  static func layerNormalization(
    data: MemoryDescriptor, epsilon: Float, attributes: PrimitiveAttributes,
    on engine: OneDNNEngine
  ) throws -> PrimitiveDescriptor {
    return try PrimitiveDescriptor("layer normalisation") { result in
      camtui_layer_normalization_forward(
        &result, engine.handle, data.handle, epsilon, layerNormalizationFlags, attributes.handle)
    }
  }

  /// The mean and variance that the forward pass leaves for the gradient.
  var statistics: MemoryDescriptor { layout(dnnl_query_dst_md, 1) }
}

private let layerNormalizationFlags =
  dnnl_use_scale.rawValue | dnnl_use_shift.rawValue
