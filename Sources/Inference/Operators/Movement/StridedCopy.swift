/// Copies a block of elements between two row-major tensors, each read with strides of its own.
struct StridedCopy: Sendable {
  /// Which of the node's inputs and outputs.
  var input = 0
  var output = 0
  var extents: [Int]
  var sourceOffset: Int
  var sourceStrides: [Int]
  var destinationOffset: Int
  var destinationStrides: [Int]

  /// The copy back, for gradients.
  var reversed: StridedCopy {
    StridedCopy(
      input: output, output: input, extents: extents, sourceOffset: destinationOffset,
      sourceStrides: destinationStrides, destinationOffset: sourceOffset,
      destinationStrides: sourceStrides)
  }

  /// Whether oneDNN can do it: no axis is read backwards or again and again, and a step of an axis
  /// goes beyond all elements of the next ones (a step of 2 may round the next axis up beyond it).
  var isForward: Bool {
    extents.count <= 6 && isNested(sourceStrides) && isNested(destinationStrides)
  }

  private func isNested(_ strides: [Int]) -> Bool {
    strides.allSatisfy { $0 > 0 }
      && strides.indices.dropLast().allSatisfy { axis in
        strides[axis] >= strides[axis + 1] * extents[axis + 1]
      }
  }

  /// Visits every element pair.
  @inline(__always)
  func forEach(_ body: (_ source: Int, _ destination: Int) -> Void) {
    guard let length = extents.last, elementCount(extents) > 0 else {
      if extents.isEmpty { body(sourceOffset, destinationOffset) }
      return
    }
    var index = Array(repeating: 0, count: extents.count)
    var (source, destination) = (sourceOffset, destinationOffset)
    let last = extents.count - 1
    for _ in 0..<elementCount(extents) / length {
      for step in 0..<length {
        body(
          source + step * sourceStrides[last], destination + step * destinationStrides[last])
      }
      for axis in (0..<last).reversed() {
        index[axis] += 1
        source += sourceStrides[axis]
        destination += destinationStrides[axis]
        if index[axis] < extents[axis] { break }
        source -= sourceStrides[axis] * extents[axis]
        destination -= destinationStrides[axis] * extents[axis]
        index[axis] = 0
      }
    }
  }
}

/// What an operator that only moves elements does, for known shapes.
struct Movement: Sendable {
  var outputs: [[Int]]
  var copies: [StridedCopy]
  /// What stands where nothing is copied to; nil where every element is copied to.
  var fill: Float?
}
