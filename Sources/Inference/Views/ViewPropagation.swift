/// Follows the grid of the image from the input to every value: where tokens become maps.
///
/// The input is `batch, channel, row, column`. Every operator says how what lies along the axes of its
/// inputs lies along those of its outputs (`views`): a convolution makes a smaller grid, Reshape and
/// Transpose make tokens or windows of it, Concat puts a class token before them, a sum keeps what its
/// operands are. Costs a walk over the nodes; nothing is computed.
struct ViewPropagation {
  /// What lies along the axes of the values, where it is known.
  private(set) var views: [ValueID: ValueView]

  /// - Parameters:
  ///   - shaped: the network, every shape known.
  ///   - channelsLast: whether the input is `[N, H, W, C]`.
  ///   - grid: the grid of all values that have as many tokens, where it is given.
  init(_ shaped: ShapedGraph, channelsLast: Bool, grid: GivenGrid? = nil) {
    let isImage = shaped.inputShape.count == 4
    views =
      isImage
      ? [shaped.graph.input: ValueView(map: shaped.inputShape, channelsLast: channelsLast)] : [:]
    for node in shaped.nodes {
      let found = node.operation.views(viewed(node, shaped))
      for (index, output) in node.outputs.enumerated() {
        guard let output, let shape = shaped.shapes[output] else { continue }
        let given = grid?.view(shape, batch: shaped.inputShape.first ?? 1)
        guard let view = given ?? (index < found.count ? found[index] : nil),
          view.axes.map(\.size) == shape
        else { continue }
        views[output] = view
      }
    }
  }

  private func viewed(_ node: Node, _ shaped: ShapedGraph) -> ViewedNode {
    let operands = node.inputs.map { value in
      value.map { value in
        shaped.constants[value].map { Operand($0) }
          ?? Operand(shape: shaped.shapes[value] ?? [])
      }
    }
    return ViewedNode(
      operands: NodeOperands(
        name: node.name, type: node.type, opset: node.opset, inputs: operands,
        outputCount: node.outputs.count,
        batch: (shaped.inputShape.first ?? 1, shaped.graph.declaredBatch)),
      inputs: node.inputs.map { $0.flatMap { views[$0] } },
      outputs: node.outputs.map { $0.flatMap { shaped.shapes[$0] } ?? [] })
  }
}
