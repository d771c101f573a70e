/// Names one value (a tensor that flows between nodes) of a ``Graph``.
package struct ValueID: Hashable, Sendable, Comparable {
  let index: Int

  package static func < (left: ValueID, right: ValueID) -> Bool { left.index < right.index }
}

/// One operation of a graph with the values that it reads and makes.
struct Node: Sendable {
  /// The name in the file, or the first output's.
  var name: String
  /// The operator, e.g. `Conv`.
  var type: String
  var opset: Int
  var operation: any Operator
  /// The values read; nil for an optional input that is left out.
  var inputs: [ValueID?]
  /// The values made; nil for an optional output that is left out.
  var outputs: [ValueID?]
}

/// A dimension of the graph's input as the file declares it.
package enum Dimension: Hashable, Sendable, CustomStringConvertible {
  case fixed(Int)
  case symbolic(String)

  /// The number, or the symbol, `?` where it has none.
  package var description: String {
    switch self {
    case .fixed(let size): "\(size)"
    case .symbolic(let name): name.isEmpty ? "?" : name
    }
  }
}

/// A network as the ONNX file describes it: nodes in an order in which they can run, constants
/// folded, no shapes yet.
package struct Graph: Sendable {
  /// The path of the file, for messages.
  package let file: String
  /// The names of all values, by index.
  package internal(set) var names: [String]
  /// Constants: initialisers, and everything that follows from them alone.
  var constants: [ValueID: Tensor]
  var nodes: [Node]
  /// The one value that is fed.
  package internal(set) var input: ValueID
  /// Its dimensions as declared; empty when the file declares none.
  package internal(set) var inputDimensions: [Dimension]
  /// Whether it is declared as integers, as bytes of pixels are.
  var takesIntegers = false
  /// The declared outputs, in order.
  package let outputs: [ValueID]
  /// Outputs that hold no scores, with what they hold instead, such as class numbers.
  var setAside: [ValueID: String] = [:]
  /// The names of the classes, where a node that sorts scores by name carries them.
  package internal(set) var classLabels: [String]?
  /// The opset of the default operator domain.
  package let opset: Int
  /// Free text of the file (`metadata_props`).
  package let metadata: [String: String]
  /// The paths of the files beside the model that hold weights.
  package internal(set) var externalFiles: [String] = []
  /// Whether some of its numbers are quantised, weights or activations: maps are then those of the quantised
  /// network.
  package internal(set) var isQuantized = false
  /// Values between the nodes that one node of the file was written as; no layers of the file.
  var internalValues: Set<ValueID> = []

  /// A value's name in the file.
  ///
  /// - Parameter value: the value; a loop's round makes values that only the shaped graph names.
  /// - Returns: the name.
  package func name(of value: ValueID) -> String {
    names.indices.contains(value.index) ? names[value.index] : "value \(value.index)"
  }

  /// The batch size that the file fixes; 1 where it leaves it open.
  var declaredBatch: Int {
    guard inputDimensions.count == 4, case .fixed(let size) = inputDimensions[0] else { return 1 }
    return max(1, size)
  }

  /// The value with a name.
  func value(named name: String) -> ValueID? {
    names.firstIndex(of: name).map { ValueID(index: $0) }
  }

  /// The node that makes each value.
  var producers: [ValueID: Int] {
    var producers: [ValueID: Int] = [:]
    for (index, node) in nodes.enumerated() {
      for output in node.outputs.compactMap(\.self) { producers[output] = index }
    }
    return producers
  }
}
