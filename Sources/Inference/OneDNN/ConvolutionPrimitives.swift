import COneDNN

/// The sizes of a convolution, one number a spatial axis; dilation counts from 0 as in oneDNN.
struct ConvolutionGeometry: Hashable {
  var strides: [Int]
  var dilations: [Int]
  var padsBegin: [Int]
  var padsEnd: [Int]
}

extension PrimitiveDescriptor {
  /// A direct convolution; throws where oneDNN has no kernel for the post operations.
  ///
  /// It is asked for as in training, where it takes the blocked layouts that Winograd's method and the
  /// backward pass share; for inference oneDNN prefers layouts that would have to be converted.
  static func convolution(
    source: MemoryDescriptor, weights: MemoryDescriptor,
    bias: MemoryDescriptor?,
    destination: MemoryDescriptor, geometry: ConvolutionGeometry,
    attributes: PrimitiveAttributes, on engine: OneDNNEngine
  ) throws -> PrimitiveDescriptor {
    return try PrimitiveDescriptor("a convolution") { result in
      camtui_convolution_forward(
        &result, engine.handle, dnnl_forward_training, dnnl_convolution_direct, source.handle,
        weights.handle,
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
