/// Puts every element of the updates to its own place in the first input, with the index in place of
/// one coordinate. `Scatter` is its name before opset 11.
struct ScatterElements: ScatteringOperator {
  let axis: Int
  let reduction: ScatterReduction

  init(_ node: NodeReader) throws {
    axis = node.integer("axis", default: 0)
    reduction = try ScatterReduction(node)
  }

  func layout(_ node: NodeOperands) throws -> GatheringLayout {
    let (input, indices) = (try node.input(0).shape, try node.input(1).shape)
    let axis = try node.axis(axis, rank: input.count)
    guard indices.count == input.count,
      input.indices.allSatisfy({ $0 == axis || indices[$0] <= input[$0] })
    else { throw node.failure("indices of shape \(indices) do not fit the shape \(input)") }
    return GatheringLayout(
      input: input, indices: indices, output: indices, block: 1, lengths: [input[axis]])
  }

  func places(_ layout: GatheringLayout, _ indices: [Int]) -> [Int] {
    elementPlaces(layout.input, layout.indices, indices, axis: axis)
  }
}

/// Puts slices to the coordinates that the last axis of the indices holds.
struct ScatterND: ScatteringOperator {
  let reduction: ScatterReduction

  init(_ node: NodeReader) throws { reduction = try ScatterReduction(node) }

  func layout(_ node: NodeOperands) throws -> GatheringLayout {
    let (input, indices) = (try node.input(0).shape, try node.input(1).shape)
    guard let width = indices.last, (1...max(1, input.count)).contains(width), !input.isEmpty else {
      throw node.failure("indices of shape \(indices) do not fit the shape \(input)")
    }
    let inner = Array(input[width...])
    return GatheringLayout(
      input: input, indices: indices, output: indices.dropLast() + inner,
      block: elementCount(inner), lengths: Array(input[..<width]))
  }

  func places(_ layout: GatheringLayout, _ indices: [Int]) -> [Int] {
    slicePlaces(layout.input, layout.indices, indices, batchRank: 0)
  }
}
