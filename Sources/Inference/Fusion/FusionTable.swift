/// The rewritings that a plan's nodes go through, in order. Each takes the nodes so far and gives
/// nodes that compute the same kept values.
enum FusionTable {
  typealias Pass = @Sendable (Lowering) -> [Node]

  static let passes: [Pass] = [
    fusePadding,
    fuseNormalization,
    fuseGatedActivation,
    fuseResidual,
    fuseActivation,
  ]
}

/// Rewrites nodes pairwise: a producer and the one consumer of what it makes.
///
/// - Parameters:
///   - lowering: the nodes.
///   - merge: the node that does the work of both, or nil to leave them. It is called with the
///     producer, the consumer, and the value between them, which nobody else reads.
/// - Returns: the nodes with every merge done; a merged node stands where its consumer stood.
func mergingPairs(
  _ lowering: Lowering, _ merge: (_ producer: Node, _ consumer: Node, _ between: ValueID) -> Node?
) -> [Node] {
  let uses = lowering.useCounts
  var nodes: [Node?] = lowering.nodes
  var producers: [ValueID: Int] = [:]
  for index in nodes.indices {
    guard let consumer = nodes[index] else { continue }
    for between in consumer.inputs.compactMap(\.self) {
      guard uses[between] == 1, !lowering.kept.contains(between),
        let position = producers[between], let producer = nodes[position],
        let merged = merge(producer, consumer, between)
      else { continue }
      nodes[position] = nil
      nodes[index] = merged
      break
    }
    for output in nodes[index]?.outputs.compactMap(\.self) ?? [] { producers[output] = index }
  }
  return nodes.compactMap(\.self)
}
