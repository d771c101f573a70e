/// What the part of the network behind a layer takes besides the layer's maps, of one image.
package struct LayerSurroundings: Sendable {
  /// The layer.
  package let layer: NetworkStructure.Layer
  /// The values that bypass the layer.
  var values: [ValueID: [Float]] = [:]
  /// The layer's tokens of no place, `[K, tokens]`.
  var strayTokens: [Float] = []

  init(layer: NetworkStructure.Layer) { self.layer = layer }
}

extension NetworkStructure {
  /// The values that the scores need besides a layer: computed without it, and read by what is computed
  /// from it. None where the layer separates the network.
  func bypasses(of layer: Layer) -> [ValueID] {
    var behind: Set<ValueID> = [layer.value]
    for node in shaped.nodes where node.inputs.contains(where: { $0.map(behind.contains) == true })
    {
      behind.formUnion(node.outputs.compactMap(\.self))
    }
    behind.remove(layer.value)
    var wanted: Set<ValueID> = [scores]
    var result: Set<ValueID> = []
    for node in shaped.nodes.reversed()
    where node.outputs.contains(where: {
      $0.map { wanted.contains($0) && behind.contains($0) } == true
    }) {
      wanted.formUnion(node.inputs.compactMap(\.self))
      result.formUnion(
        node.inputs.compactMap(\.self).filter {
          !behind.contains($0) && $0 != layer.value && shaped.constants[$0] == nil
        })
    }
    return result.sorted()
  }
}
