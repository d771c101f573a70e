/// Where a place of a resized axis lies on the source's axis (ONNX specification, Resize,
/// `coordinate_transformation_mode`).
enum ResizeCoordinates: String, Sendable {
  case halfPixel = "half_pixel"
  case halfPixelSymmetric = "half_pixel_symmetric"
  case pytorchHalfPixel = "pytorch_half_pixel"
  case alignCorners = "align_corners"
  case asymmetric
  case cropAndResize = "tf_crop_and_resize"

  /// - Parameters:
  ///   - place: a place of the result.
  ///   - axis: what is known of the axis.
  /// - Returns: the place in the source, between or beyond its places.
  func source(of place: Int, _ axis: ResizeAxis) -> Double {
    let (x, length) = (Double(place), Double(axis.length))
    let resized = axis.scale * length
    switch self {
    case .halfPixel: return (x + 0.5) / axis.scale - 0.5
    case .pytorchHalfPixel: return resized == 1 ? -0.5 : (x + 0.5) / axis.scale - 0.5
    case .halfPixelSymmetric:
      let offset = length / 2 * (1 - Double(axis.resized) / resized)
      return offset + (x + 0.5) / axis.scale - 0.5
    case .alignCorners: return resized == 1 ? 0 : x * (length - 1) / (resized - 1)
    case .asymmetric: return x / axis.scale
    case .cropAndResize:
      let extent = (axis.region.end - axis.region.start) * (length - 1)
      let start = axis.region.start * (length - 1)
      return resized == 1 ? start + extent / 2 : start + x * extent / (resized - 1)
    }
  }
}

/// One axis that is resized.
struct ResizeAxis: Sendable {
  var axis: Int
  var length: Int
  var resized: Int
  var scale: Double
  /// The part of the axis that is taken, 0 to 1; used by `tf_crop_and_resize` alone.
  var region: (start: Double, end: Double) = (0, 1)

  /// Whether nothing happens along it.
  var isIdentity: Bool {
    length == resized && abs(scale - 1) < 1e-9 && region.start == 0 && region.end == 1
  }
}
