import COneDNN

/// The sizes of a pooling window; dilation counts from 0 as in oneDNN.
struct PoolingGeometry: Hashable {
  var kernel: [Int]
  var strides: [Int]
  var dilations: [Int]
  var padsBegin: [Int]
  var padsEnd: [Int]
}

/// What a pooling window gives.
enum PoolingAlgorithm: Hashable {
  case maximum
  case averageWithPadding
  case averageWithoutPadding

  fileprivate var raw: dnnl_alg_kind_t {
    switch self {
    case .maximum: dnnl_pooling_max
    case .averageWithPadding: dnnl_pooling_avg_include_padding
    case .averageWithoutPadding: dnnl_pooling_avg_exclude_padding
    }
  }
}

extension PrimitiveDescriptor {
  /// Pooling. With `keepsWorkspace` a maximum remembers where it was found, for the gradient.
  static func pooling(
    _ algorithm: PoolingAlgorithm, keepsWorkspace: Bool, source: MemoryDescriptor,
    destination: MemoryDescriptor, geometry: PoolingGeometry,
    attributes: PrimitiveAttributes, on engine: OneDNNEngine
  ) throws -> PrimitiveDescriptor {
    let propagation = keepsWorkspace ? dnnl_forward_training : dnnl_forward_inference
    return try PrimitiveDescriptor("pooling") { result in
      camtui_pooling_forward(
        &result, engine.handle, propagation, algorithm.raw, source.handle, destination.handle,
        geometry.strides.map(Int64.init), geometry.kernel.map(Int64.init),
        geometry.dilations.map(Int64.init), geometry.padsBegin.map(Int64.init),
        geometry.padsEnd.map(Int64.init), attributes.handle)
    }
  }

  /// The gradient of pooling with respect to its input.
  static func poolingGradient(
    _ algorithm: PoolingAlgorithm, source: MemoryDescriptor, destination: MemoryDescriptor,
    geometry: PoolingGeometry, attributes: PrimitiveAttributes, hint: PrimitiveDescriptor,
    on engine: OneDNNEngine
  ) throws -> PrimitiveDescriptor {
    return try PrimitiveDescriptor("the gradient of pooling") { result in
      camtui_pooling_backward(
        &result, engine.handle, algorithm.raw, source.handle, destination.handle,
        geometry.strides.map(Int64.init), geometry.kernel.map(Int64.init),
        geometry.dilations.map(Int64.init), geometry.padsBegin.map(Int64.init),
        geometry.padsEnd.map(Int64.init), attributes.handle, hint.handle)
    }
  }
}
