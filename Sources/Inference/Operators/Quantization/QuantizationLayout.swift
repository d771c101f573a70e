/// How scales and zero points lie over a tensor: one for all, one for each place of an axis, or one for each
/// block of places along an axis.
///
/// The tensor is seen as `[outer, length, inner]`, the axis in the middle.
struct QuantizationLayout: Sendable {
  let outer: Int
  let length: Int
  let inner: Int
  /// How many places of the axis share their parameters.
  let block: Int
  let outerStride: Int
  let stride: Int
  let innerStride: Int

  /// Nil where the scales do not fit.
  ///
  /// - Parameters:
  ///   - shape: the tensor's.
  ///   - parameters: the shape of the scales.
  ///   - axis: the axis that a list of scales belongs to, counted from the front.
  ///   - blockSize: how many places share a scale; 0 where it follows from the shapes.
  init?(shape: [Int], parameters: [Int], axis: Int, blockSize: Int = 0) {
    if elementCount(parameters) == 1 {
      (outer, length, inner, block) = (1, 1, elementCount(shape), 1)
      (outerStride, stride, innerStride) = (0, 0, 0)
      return
    }
    guard let place = Self.place(shape, parameters, axis, blockSize) else { return nil }
    let inside = elementCount(Array(shape[(place.axis + 1)...]))
    outer = elementCount(Array(shape[..<place.axis]))
    // A list along the last axis is one run of different scales.
    let isLastList = !place.isBlocked && inside == 1
    (length, inner) = isLastList ? (1, shape[place.axis]) : (shape[place.axis], inside)
    block = place.block
    outerStride = place.isBlocked ? parameters[place.axis] * inside : 0
    stride = place.isBlocked ? inside : 1
    innerStride = place.isBlocked || isLastList ? 1 : 0
  }

  /// The axis that the parameters differ along, how many places share them, and whether they differ along
  /// all others too.
  private static func place(
    _ shape: [Int], _ parameters: [Int], _ axis: Int, _ blockSize: Int
  ) -> (axis: Int, block: Int, isBlocked: Bool)? {
    if parameters.count == 1 {
      guard shape.indices.contains(axis), parameters[0] == shape[axis] else { return nil }
      return (axis, 1, false)
    }
    guard parameters.count == shape.count else { return nil }
    let long = parameters.indices.filter { parameters[$0] > 1 }
    if long.count == 1, blockSize == 0, parameters[long[0]] == shape[long[0]] {
      return (long[0], 1, false)
    }
    guard shape.indices.contains(axis), parameters[axis] > 0,
      shape.indices.allSatisfy({ $0 == axis || shape[$0] == parameters[$0] })
    else { return nil }
    let block = blockSize > 0 ? blockSize : (shape[axis] + parameters[axis] - 1) / parameters[axis]
    guard block > 0, (shape[axis] + block - 1) / block == parameters[axis] else { return nil }
    return (axis, block, true)
  }

  /// Calls `body` for every run of neighbouring elements: the first one, how many, the place of the first
  /// one's parameters, and the step (0 or 1) to the next one's.
  @inline(__always)
  func forEachRun(_ body: (_ start: Int, _ count: Int, _ parameter: Int, _ step: Int) -> Void) {
    for group in 0..<outer {
      for place in 0..<length {
        body(
          (group * length + place) * inner, inner, group * outerStride + place / block * stride,
          innerStride)
      }
    }
  }
}
