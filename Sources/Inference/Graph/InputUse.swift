/// What a graph does with its input before the first convolution.
struct InputUse {
  /// The axis of the input along which the convolution finds its channels, and how many.
  private(set) var convolution: (axis: Int, channels: Int)?
  /// The range that the arithmetic before it is made for.
  private(set) var values = InputLayout.Values.unknown

  /// - Parameter graph: the network; its first path of single steps is followed.
  init(_ graph: Graph) {
    var value = graph.input
    var axes = [0, 1, 2, 3]
    var scaling = Scaling()
    // More steps stand before no first convolution; a graph may also have none.
    for _ in 0..<32 {
      guard let node = graph.nodes.first(where: { $0.inputs.contains(value) }) else { break }
      if let channels = graph.convolutionChannels(node) {
        convolution = (axes[1], channels)
        break
      }
      if let transpose = node.operation as? Transpose {
        let permutation = transpose.permutation ?? [3, 2, 1, 0]
        guard permutation.sorted() == [0, 1, 2, 3] else { break }
        axes = permutation.map { axes[$0] }
      } else if !Self.passing.contains(node.type) {
        guard scaling.apply(node, to: value, in: graph) else { break }
      }
      guard let output = node.outputs.first ?? nil else { break }
      value = output
    }
    values = scaling.values
  }

  /// Steps that leave the order of the axes and the numbers.
  private static let passing: Set = [
    "Cast", "Identity", "Pad", "Dropout", "QuantizeLinear", "DequantizeLinear", "Clip",
  ]
}

/// `factor * x + shift`, of the first channel.
private struct Scaling {
  private var factor: Float = 1
  private var shift: Float = 0

  /// Takes up one node of arithmetic with a constant.
  ///
  /// - Returns: False for any other node.
  mutating func apply(_ node: Node, to value: ValueID, in graph: Graph) -> Bool {
    guard node.inputs.count == 2, let (constant, isFirst) = constant(node, beside: value, in: graph)
    else { return false }
    switch node.type {
    case "Mul": (factor, shift) = (factor * constant, shift * constant)
    case "Div" where !isFirst && constant != 0:
      (factor, shift) = (factor / constant, shift / constant)
    case "Add": shift += constant
    case "Sub" where !isFirst: shift -= constant
    case "Sub": (factor, shift) = (-factor, constant - shift)
    default: return false
    }
    return true
  }

  private func constant(
    _ node: Node, beside value: ValueID, in graph: Graph
  ) -> (number: Float, isFirst: Bool)? {
    guard let left = node.inputs[0], let right = node.inputs[1] else { return nil }
    let isFirst = right == value
    guard let number = graph.constants[isFirst ? left : right]?.floats.first else { return nil }
    return (number, isFirst)
  }

  /// A mean above 20 or a factor below 1/20 is made for bytes; a mean with a factor of about 1 to 12, as one
  /// over a deviation is, for 0 to 1.
  var values: InputLayout.Values {
    if abs(shift) > 20 || abs(factor) < 0.05 { return .byteRange }
    return shift != 0 && (1...12).contains(abs(factor)) ? .unitRange : .unknown
  }
}

extension Graph {
  /// The channels that a convolution takes; nil for other nodes.
  fileprivate func convolutionChannels(_ node: Node) -> Int? {
    let places = ["Conv": 1, "ConvInteger": 1, "QLinearConv": 3]
    guard let place = places[node.type], node.inputs.count > place, let weights = node.inputs[place]
    else { return nil }
    guard let shape = constants[weights]?.shape ?? quantizedShape(of: weights), shape.count == 4
    else {
      return nil
    }
    let group = (node.operation as? Convolution)?.group ?? 1
    let (channels, overflow) = shape[1].multipliedReportingOverflow(by: group)
    return overflow ? nil : channels
  }

  /// The shape of weights that are stored as integers and scaled by a node.
  private func quantizedShape(of weights: ValueID) -> [Int]? {
    guard let maker = nodes.first(where: { $0.outputs.contains(weights) }),
      maker.type == "DequantizeLinear", let stored = maker.inputs.first ?? nil
    else { return nil }
    return constants[stored]?.shape
  }
}
