/// Finds the spatial activations of a classifier, and the one to explain by default.
struct LayerFinder {
  let layers: [NetworkStructure.Layer]
  let defaultLayer: NetworkStructure.Layer?

  /// - Parameters:
  ///   - shaped: the network, every shape known.
  ///   - head: its scores.
  ///   - channelAxis: the axis of the input that holds the colours.
  init(_ shaped: ShapedGraph, head: ScoreHead, channelAxis: Int) {
    let ancestors = Self.ancestors(of: head.scores, shaped)
    let axes = Self.channelAxes(shaped, input: channelAxis)
    var layers: [NetworkStructure.Layer] = []
    var features: [NetworkStructure.Layer] = []
    let classifier = Self.classifierValues(shaped, head)
    for node in shaped.nodes {
      for value in node.outputs.compactMap(\.self) where value != head.scores {
        guard let shape = shaped.shapes[value], shape.count == 4, let axis = axes[value],
          axis == 1 || axis == 3
        else { continue }
        let (height, width) = axis == 1 ? (shape[2], shape[3]) : (shape[1], shape[2])
        let layer = NetworkStructure.Layer(
          value: value, name: shaped.graph.name(of: value), operatorType: node.type,
          channels: shape[axis], height: height, width: width,
          isCandidate: height * width > 1 && ancestors.contains(value),
          isChannelsLast: axis == 3)
        layers.append(layer)
        if layer.isCandidate, !classifier.contains(value), Self.makesFeatures(node) {
          features.append(layer)
        }
      }
    }
    self.layers = layers
    defaultLayer =
      features.last ?? layers.last { $0.isCandidate && !classifier.contains($0.value) }
      ?? layers.last { $0.isCandidate }
  }

  /// Pooling, dropout and changes of shape carry on what others made.
  private static func makesFeatures(_ node: Node) -> Bool {
    !(node.operation is any PoolingOperator || node.operation is any ReshapingOperator
      || node.operation is any MovementOperator || node.operation is any GatheringOperator
      || node.operation is Transpose)
  }

  private static func ancestors(of value: ValueID, _ shaped: ShapedGraph) -> Set<ValueID> {
    var result: Set<ValueID> = [value]
    for node in shaped.nodes.reversed()
    where node.outputs.contains(where: { $0.map(result.contains) == true }) {
      result.formUnion(node.inputs.compactMap(\.self))
    }
    return result
  }

  /// Values that are one map a class already: from the last layer with weights on.
  private static func classifierValues(
    _ shaped: ShapedGraph, _ head: ScoreHead
  ) -> Set<ValueID> {
    var result: Set<ValueID> = [head.scores]
    for node in shaped.nodes.reversed()
    where node.outputs.contains(where: { $0.map(result.contains) == true }) {
      let hasWeights =
        node.operation is Convolution || node.operation is Gemm || node.operation is MatMul
      if !hasWeights { result.formUnion(node.inputs.compactMap(\.self)) }
    }
    return result.filter { value in
      let shape = shaped.shapes[value] ?? []
      return shape.count == 4 && (shape[1] == head.classCount || shape[3] == head.classCount)
    }
  }

  /// Which axis of every value of rank 4 holds the channels, where that is known.
  private static func channelAxes(_ shaped: ShapedGraph, input: Int) -> [ValueID: Int] {
    var axes: [ValueID: Int] = [shaped.graph.input: input]
    var sizes: Set<[Int]> = []
    for node in shaped.nodes {
      let source = node.inputs.compactMap(\.self).first { axes[$0] != nil }
      for value in node.outputs.compactMap(\.self) {
        guard let shape = shaped.shapes[value], shape.count == 4 else { continue }
        axes[value] = axis(of: node, source.flatMap { axes[$0] }, shape, sizes)
        if axes[value] == 1 { sizes.insert(Array(shape[2...])) }
      }
    }
    return axes
  }

  private static func axis(
    of node: Node, _ source: Int?, _ shape: [Int], _ sizes: Set<[Int]>
  ) -> Int? {
    if node.operation is Convolution || node.operation is any PoolingOperator { return 1 }
    if let transpose = node.operation as? Transpose {
      return source.flatMap { (transpose.permutation ?? [3, 2, 1, 0]).firstIndex(of: $0) }
    }
    // Channel shuffles go through five axes and come back.
    if node.operation is Reshape { return sizes.contains(Array(shape[2...])) ? 1 : nil }
    return source
  }
}
