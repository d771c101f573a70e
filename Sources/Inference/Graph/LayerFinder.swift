/// Finds the activations of a classifier that are maps, and the one to explain by default.
struct LayerFinder {
  let layers: [NetworkStructure.Layer]
  let defaultLayer: NetworkStructure.Layer?

  /// - Parameters:
  ///   - shaped: the network, every shape known.
  ///   - head: its scores.
  ///   - views: what lies along the axes of its values.
  init(_ shaped: ShapedGraph, head: ScoreHead, _ views: [ValueID: ValueView]) {
    let maps = Self.mapViews(shaped, views)
    let ancestors = Self.ancestors(of: head.scores, shaped)
    let classifier = Self.classifierValues(shaped, head)
    var layers: [NetworkStructure.Layer] = []
    var features: [NetworkStructure.Layer] = []
    for node in shaped.nodes {
      for value in node.outputs.compactMap(\.self)
      where value != head.scores && !shaped.graph.internalValues.contains(value) {
        guard let map = maps[value] else { continue }
        let layer = NetworkStructure.Layer(
          value: value, name: shaped.graph.name(of: value), operatorType: node.type,
          channels: map.channels, height: map.height, width: map.width,
          isCandidate: map.height * map.width > 1 && ancestors.contains(value), view: map)
        layers.append(layer)
        if layer.isCandidate, !classifier.contains(value), node.operation.isFeature {
          features.append(layer)
        }
      }
    }
    self.layers = layers
    let last =
      features.last ?? layers.last { $0.isCandidate && !classifier.contains($0.value) }
      ?? layers.last { $0.isCandidate }
    let found = last.flatMap { last in
      BlockInput(shaped, views, maps).value(of: last).flatMap { value in
        layers.first { $0.value == value }
      }
    }
    defaultLayer = found ?? last
  }

  /// How every value that is a map lies in memory.
  static func mapViews(
    _ shaped: ShapedGraph, _ views: [ValueID: ValueView]
  ) -> [ValueID: MapView] {
    var result: [ValueID: MapView] = [:]
    for (value, view) in views where value != shaped.graph.input {
      guard let shape = shaped.shapes[value], let map = MapView(view, shape: shape) else {
        continue
      }
      guard map.batch == shaped.inputShape.first else { continue }
      if map.height * map.width > 1 || isPooled(view) { result[value] = map }
    }
    return result
  }

  /// Whether it is one number a channel with two axes of length 1 where the grid was.
  private static func isPooled(_ view: ValueView) -> Bool {
    guard view.axes.count == 4 else { return false }
    let channels = view.axes.indices.filter { view.axes[$0].contains { $0.role == .channel } }
    return channels == [1] && view.axes[2].isEmpty && view.axes[3].isEmpty
      || channels == [3] && view.axes[1].isEmpty && view.axes[2].isEmpty
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
      if !node.operation.hasWeights { result.formUnion(node.inputs.compactMap(\.self)) }
    }
    return result.filter { value in
      let shape = shaped.shapes[value] ?? []
      return shape.count == 4 && (shape[1] == head.scoreCount || shape[3] == head.scoreCount)
    }
  }
}
