/// A self-attention over all places of a grid: the softmax of queries times keys, which the graph holds
/// as `[N, heads, tokens, tokens]`.
package struct SelfAttention: Sendable, Hashable {
  let value: ValueID
  /// The value's name in the file.
  package let name: String
  /// How many heads, each with a matrix of its own.
  package let heads: Int
  /// Rows of the grid.
  package let height: Int
  /// Columns of the grid.
  package let width: Int
  /// How many tokens of no place come before the grid.
  package let leading: Int
  /// How many tokens there are: rows and columns of each matrix.
  package let tokens: Int
}

extension NetworkStructure {
  /// The self-attentions whose queries and keys are the same tokens, those of the whole grid in its order, in
  /// the order of the computation. Windows, grids of which only the keys are made smaller, and fused
  /// operators that do not show their matrix are not among them.
  package var attentions: [SelfAttention] {
    let views = ViewPropagation(shaped, channelsLast: isChannelsLast, grid: grid).views
    return shaped.nodes.compactMap { node in
      guard let softmax = node.operation as? any SoftmaxOperator, !softmax.isLogarithm,
        let value = node.outputs.first ?? nil, let view = views[value], view.axes.count >= 2
      else { return nil }
      return attention(value, view)
    }
  }

  private func attention(_ value: ValueID, _ view: ValueView) -> SelfAttention? {
    let (queries, keys) = (view.axes[view.axes.count - 2], view.axes[view.axes.count - 1])
    guard queries == keys, !view.axes.dropLast(2).contains(where: \.isSpatial) else { return nil }
    var (leading, grid) = (0, keys)
    if keys.count == 1, case .tokens(let before, let places, _) = keys[0].role {
      (leading, grid) = (before, places)
    }
    guard let map = MapView(ValueView(axes: [grid]), shape: [grid.size]),
      grid
        == [
          AxisFactor(role: .row, size: map.height), AxisFactor(role: .column, size: map.width),
        ].simplified
    else { return nil }
    return SelfAttention(
      value: value, name: graph.name(of: value), heads: Array(view.axes.dropLast(2).joined()).size,
      height: map.height, width: map.width, leading: leading, tokens: keys.size)
  }
}
