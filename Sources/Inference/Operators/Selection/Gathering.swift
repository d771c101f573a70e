/// Takes slices along an axis.
struct Gather: GatheringOperator {
  let axis: Int

  init(_ node: NodeReader) throws { axis = node.integer("axis", default: 0) }

  init(axis: Int) { self.axis = axis }

  func views(_ node: ViewedNode) -> [ValueView?] {
    let shape = node.shape(0)
    let axis = axis < 0 ? axis + shape.count : axis
    guard let indices = node.operands.optional(1)?.constant?.integers, shape.indices.contains(axis)
    else { return [nil] }
    let taken = indices.map { Int(clamping: $0) + ($0 < 0 ? shape[axis] : 0) }
    guard node.shape(1).count <= 1 else { return [node.unfolded(axis: axis, taken)] }
    var view = node.selected(axis: axis, taken)
    if node.shape(1).isEmpty { view?.axes.remove(at: axis) }
    return [view]
  }

  func layout(_ node: NodeOperands) throws -> GatheringLayout {
    let (input, indices) = (try node.input(0).shape, try node.input(1).shape)
    let axis = try node.axis(axis, rank: input.count)
    let (outer, inner) = (Array(input[..<axis]), Array(input[(axis + 1)...]))
    return GatheringLayout(
      input: input, indices: indices, output: outer + indices + inner,
      block: elementCount(inner), lengths: [input[axis]])
  }

  func starts(_ layout: GatheringLayout, _ indices: [Int]) -> [Int] {
    let axis = axis < 0 ? axis + layout.input.count : axis
    let row = layout.input[axis] * layout.block
    return (0..<elementCount(Array(layout.input[..<axis]))).flatMap { outer in
      indices.map { outer * row + $0 * layout.block }
    }
  }
}

/// Takes for every element of the indices the one at its own place, with the index in place of one
/// coordinate.
struct GatherElements: GatheringOperator {
  let axis: Int

  init(_ node: NodeReader) throws { axis = node.integer("axis", default: 0) }

  func layout(_ node: NodeOperands) throws -> GatheringLayout {
    let (input, indices) = (try node.input(0).shape, try node.input(1).shape)
    let axis = try node.axis(axis, rank: input.count)
    guard indices.count == input.count,
      input.indices.allSatisfy({ $0 == axis || indices[$0] <= input[$0] })
    else { throw node.failure("indices of shape \(indices) do not fit the shape \(input)") }
    return GatheringLayout(
      input: input, indices: indices, output: indices, block: 1, lengths: [input[axis]])
  }

  func starts(_ layout: GatheringLayout, _ indices: [Int]) -> [Int] {
    elementPlaces(layout.input, layout.indices, indices, axis: axis)
  }
}

/// Takes the slices at coordinates, which are the last axis of the indices.
struct GatherND: GatheringOperator {
  let batchRank: Int

  init(_ node: NodeReader) throws { batchRank = node.integer("batch_dims", default: 0) }

  func layout(_ node: NodeOperands) throws -> GatheringLayout {
    let (input, indices) = (try node.input(0).shape, try node.input(1).shape)
    guard let width = indices.last, (0..<indices.count).contains(batchRank), width > 0,
      batchRank + width <= input.count, input[..<batchRank] == indices[..<batchRank]
    else { throw node.failure("indices of shape \(indices) do not fit the shape \(input)") }
    let inner = Array(input[(batchRank + width)...])
    return GatheringLayout(
      input: input, indices: indices, output: indices.dropLast() + inner,
      block: elementCount(inner), lengths: Array(input[batchRank..<batchRank + width]))
  }

  func starts(_ layout: GatheringLayout, _ indices: [Int]) -> [Int] {
    slicePlaces(layout.input, layout.indices, indices, batchRank: batchRank)
  }
}

/// For every element of a tensor of indices its place in a tensor of shape `shape`, with the index in
/// place of its coordinate on an axis.
func elementPlaces(_ shape: [Int], _ indexShape: [Int], _ indices: [Int], axis: Int) -> [Int] {
  let axis = axis < 0 ? axis + shape.count : axis
  var strides = rowMajorStrides(shape)
  let step = strides[axis]
  strides[axis] = 0
  var places = indices
  forEachIndex(indexShape, strides) { places[$0] = indices[$0] * step + $1 }
  return places
}

/// For every row of a tensor of coordinates the place of its slice in a tensor of shape `shape`, whose
/// leading axes the two share.
func slicePlaces(
  _ shape: [Int], _ indexShape: [Int], _ indices: [Int], batchRank: Int
) -> [Int] {
  let width = indexShape.last ?? 1
  let strides = rowMajorStrides(shape)
  let count = indices.count / max(1, width)
  let rowsPerBatch = max(1, count / max(1, elementCount(Array(shape[..<batchRank]))))
  let batchStride = batchRank > 0 ? strides[batchRank - 1] : 0
  return (0..<count).map { row in
    (0..<width).reduce(row / rowsPerBatch * batchStride) {
      $0 + indices[row * width + $1] * strides[batchRank + $1]
    }
  }
}
