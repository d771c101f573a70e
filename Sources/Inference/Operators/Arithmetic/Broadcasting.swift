/// Multidirectional broadcasting (ONNX specification, "Broadcasting"): the common shape, or nil.
func broadcastShape(_ left: [Int], _ right: [Int]) -> [Int]? {
  let rank = max(left.count, right.count)
  let (left, right) = (paddedShape(left, rank: rank), paddedShape(right, rank: rank))
  var result: [Int] = []
  for (a, b) in zip(left, right) {
    guard a == b || a == 1 || b == 1 else { return nil }
    result.append(a == 1 ? b : a)
  }
  return result
}

/// A shape with axes of length 1 put in front until it has the rank.
func paddedShape(_ shape: [Int], rank: Int) -> [Int] {
  Array(repeating: 1, count: max(0, rank - shape.count)) + shape
}

/// Strides with which a row-major tensor of `shape` is read as if it had the shape `target`.
func broadcastStrides(_ shape: [Int], to target: [Int]) -> [Int] {
  let padded = paddedShape(shape, rank: target.count)
  return zip(padded, rowMajorStrides(padded)).map { $0 == 1 ? 0 : $1 }
}

/// Visits every position of a row-major tensor, with the position in a second one that is read
/// with other strides.
@inline(__always)
func forEachIndex(
  _ shape: [Int], _ strides: [Int], _ body: (_ position: Int, _ other: Int) -> Void
) {
  let count = elementCount(shape)
  guard let length = shape.last, let step = strides.last, count > 0 else {
    if count > 0 { body(0, 0) }
    return
  }
  var index = Array(repeating: 0, count: shape.count)
  var other = 0
  for row in 0..<count / length {
    for column in 0..<length { body(row * length + column, other + column * step) }
    for axis in shape.indices.dropLast().reversed() {
      index[axis] += 1
      other += strides[axis]
      if index[axis] < shape[axis] { break }
      other -= strides[axis] * shape[axis]
      index[axis] = 0
    }
  }
}
