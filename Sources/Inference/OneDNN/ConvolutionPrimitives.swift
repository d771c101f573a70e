import COneDNN

/// The sizes of a convolution, one number a spatial axis; dilation counts from 0 as in oneDNN.
struct ConvolutionGeometry: Hashable {
  var strides: [Int]
  var dilations: [Int]
  var padsBegin: [Int]
  var padsEnd: [Int]
}

/// How a convolution is computed.
package enum ConvolutionAlgorithm: Hashable, Sendable {
  case direct
  /// Lavin and Gray 2016; 3x3 kernels of stride 1, and only where the CPU has AVX-512.
  case winograd

  fileprivate var raw: dnnl_alg_kind_t {
    switch self {
    case .direct: dnnl_convolution_direct
    case .winograd: dnnl_convolution_winograd
    }
  }

  /// Winograd's weights are transformed beforehand only for inference. Direct convolutions get the
  /// blocked layouts that Winograd and the backward pass share only for training; for inference
  /// oneDNN prefers layouts that would have to be converted between the two.
  fileprivate var propagation: dnnl_prop_kind_t {
    self == .winograd ? dnnl_forward_inference : dnnl_forward_training
  }
}

extension PrimitiveDescriptor {
  /// A convolution; throws where oneDNN has no kernel for the algorithm or the post operations.
  static func convolution(
    _ algorithm: ConvolutionAlgorithm, source: MemoryDescriptor, weights: MemoryDescriptor,
    bias: MemoryDescriptor?,
    destination: MemoryDescriptor, geometry: ConvolutionGeometry,
    attributes: PrimitiveAttributes, on engine: OneDNNEngine
  ) throws -> PrimitiveDescriptor {
    return try PrimitiveDescriptor("a convolution") { result in
      camtui_convolution_forward(
        &result, engine.handle, algorithm.propagation, algorithm.raw, source.handle, weights.handle,
        bias?.handle, destination.handle,
        geometry.strides.map(Int64.init), geometry.dilations.map(Int64.init),
        geometry.padsBegin.map(Int64.init), geometry.padsEnd.map(Int64.init),
        attributes.handle)
    }
  }

  /// The gradient of a convolution with respect to its input.
  static func convolutionGradient(
    source: MemoryDescriptor, weights: MemoryDescriptor, destination: MemoryDescriptor,
    geometry: ConvolutionGeometry, attributes: PrimitiveAttributes, hint: PrimitiveDescriptor,
    on engine: OneDNNEngine
  ) throws -> PrimitiveDescriptor {
    return try PrimitiveDescriptor("the gradient of a convolution") { result in
      camtui_convolution_backward_data(
        &result, engine.handle, dnnl_convolution_direct, source.handle, weights.handle,
        destination.handle,
        geometry.strides.map(Int64.init), geometry.dilations.map(Int64.init),
        geometry.padsBegin.map(Int64.init), geometry.padsEnd.map(Int64.init),
        attributes.handle, hint.handle)
    }
  }

  /// `destination = source . weights^T + bias`, weights `[outputs, inputs]`.
  static func innerProduct(
    source: MemoryDescriptor, weights: MemoryDescriptor, bias: MemoryDescriptor?,
    destination: MemoryDescriptor, attributes: PrimitiveAttributes, on engine: OneDNNEngine
  ) throws -> PrimitiveDescriptor {
    return try PrimitiveDescriptor("a fully connected layer") { result in
      camtui_inner_product_forward(
        &result, engine.handle, dnnl_forward_inference, source.handle, weights.handle,
        bias?.handle, destination.handle, attributes.handle)
    }
  }

  /// A (batched) matrix product with NumPy's broadcasting of the batch axes and the bias.
  static func matrixProduct(
    source: MemoryDescriptor, weights: MemoryDescriptor, bias: MemoryDescriptor? = nil,
    destination: MemoryDescriptor, attributes: PrimitiveAttributes, on engine: OneDNNEngine
  ) throws -> PrimitiveDescriptor {
    return try PrimitiveDescriptor("a matrix product") { result in
      camtui_matmul(
        &result, engine.handle, source.handle, weights.handle, bias?.handle, destination.handle,
        attributes.handle)
    }
  }
}
