/// Puts nodes into an order in which they can run: the given order, with every node moved behind
/// the makers of what it reads. Time and memory grow linearly with nodes and inputs.
enum NodeOrder {
  /// The nodes could not be ordered: this one depends on itself.
  struct Cycle: Error {
    var name: String
  }

  private enum State {
    case waiting, entered, done
  }

  /// - Parameter nodes: in any order; a value that none of them makes counts as known.
  /// - Returns: the same nodes.
  /// - Throws: ``Cycle``.
  static func sorted(_ nodes: [Node]) throws -> [Node] {
    var producers: [ValueID: Int] = [:]
    for (index, node) in nodes.enumerated() {
      for output in node.outputs.compactMap(\.self) { producers[output] = index }
    }
    var states = Array(repeating: State.waiting, count: nodes.count)
    var result: [Node] = []
    result.reserveCapacity(nodes.count)
    for start in nodes.indices where states[start] == .waiting {
      // Depth first with a stack of its own: chains may be as long as the graph.
      var path = [(node: start, input: 0)]
      states[start] = .entered
      while let (index, input) = path.last {
        guard input < nodes[index].inputs.count else {
          states[index] = .done
          result.append(nodes[index])
          path.removeLast()
          continue
        }
        path[path.count - 1].input += 1
        guard let value = nodes[index].inputs[input], let producer = producers[value] else {
          continue
        }
        if states[producer] == .entered { throw Cycle(name: nodes[producer].name) }
        if states[producer] == .waiting {
          states[producer] = .entered
          path.append((producer, 0))
        }
      }
    }
    return result
  }
}
