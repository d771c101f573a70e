/// A graph read from its end: who makes a value, from what, and of which size.
struct GraphEnd {
  let shaped: ShapedGraph
  private let producers: [ValueID: Node]

  init(_ shaped: ShapedGraph) {
    self.shaped = shaped
    producers = Dictionary(
      shaped.nodes.flatMap { node in node.outputs.compactMap(\.self).map { ($0, node) } },
      uniquingKeysWith: { $1 })
  }

  /// The node that makes a value; nil for the input and for constants.
  func producer(_ value: ValueID?) -> Node? { value.flatMap { producers[$0] } }

  /// An input of a node.
  func input(_ node: Node, _ index: Int) -> ValueID? {
    index < node.inputs.count ? node.inputs[index] : nil
  }

  func shape(_ value: ValueID?) -> [Int] { value.flatMap { shaped.shapes[$0] } ?? [] }

  /// Why a value cannot be computed; nil where it can.
  func failure(of value: ValueID) -> InferenceError? {
    if let failure = shaped.failures[value] { return failure }
    guard shaped.shapes[value] == nil else { return nil }
    return .unsupported(
      file: shaped.graph.file,
      problem: "its value \(shaped.graph.name(of: value)) cannot be computed")
  }

  /// The number of elements of a value, for one image.
  func count(_ value: ValueID?) -> Int { elementCount(shape(value)) }

  /// The number of a constant with one element.
  func scalar(_ value: ValueID?) -> Float? {
    guard let tensor = value.flatMap({ shaped.constants[$0] }), tensor.count == 1 else {
      return nil
    }
    return tensor.floats.first
  }

  /// Of a node with two inputs, one of them a constant with one element: the other input, that constant,
  /// and whether the constant comes first.
  func scaled(_ node: Node) -> (value: ValueID, by: Float, isConstantFirst: Bool)? {
    guard let left = input(node, 0), let right = input(node, 1) else { return nil }
    if let number = scalar(right) { return (left, number, false) }
    return scalar(left).map { (right, $0, true) }
  }

  /// What a node passes on unchanged in order and number: the value, and the factor that it multiplies
  /// it with. Nil for nodes that do more.
  func passed(_ node: Node) -> (value: ValueID, factor: Float)? {
    guard let data = input(node, 0) else { return nil }
    switch node.type {
    case "Mul":
      return scaled(node).flatMap { $0.by > 0 ? ($0.value, $0.by) : nil }
    case "Div":
      return scaled(node).flatMap { $0.by > 0 && !$0.isConstantFirst ? ($0.value, 1 / $0.by) : nil }
    case "Add", "Sub":
      // A small constant keeps logarithms finite.
      return scaled(node).flatMap {
        abs($0.by) <= 1e-3 && !($0.isConstantFirst && node.type == "Sub") ? ($0.value, 1) : nil
      }
    case "Clip", "Relu", "Round", "QuantizeLinear", "DequantizeLinear":
      return (data, 1)
    default:
      return reshaped(node).map { ($0, 1) }
    }
  }

  /// The value that a node gives another shape, its elements and their order as before; nil for nodes
  /// that do more.
  func reshaped(_ node: Node) -> ValueID? {
    input(node, 0).flatMap { keepsOrder(node, $0) ? $0 : nil }
  }

  private func keepsOrder(_ node: Node, _ data: ValueID) -> Bool {
    let longAxes = shape(data).filter { $0 > 1 }.count
    if node.operation is any ReshapingOperator { return true }
    if node.operation is Transpose { return longAxes <= 1 }
    let isSelection = node.type == "Gather" || node.type == "Slice"
    guard isSelection, let output = node.outputs.first ?? nil else { return false }
    // Takes the only image, or the only place.
    return count(output) == count(data)
      && (node.type == "Slice" || count(input(node, 1)) == 1)
  }
}
