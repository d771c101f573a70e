/// The image that a network takes, as far as its file tells.
package struct InputLayout: Sendable {
  /// What the numbers of the input are.
  package enum Values: Sendable {
    /// The graph does not tell.
    case unknown
    /// Integers: the pixels' bytes as they are.
    case integers
    /// Real numbers that the graph first scales by a factor that only bytes need, 0 to 255.
    case byteRange
    /// Real numbers that the graph first normalises by a mean and a deviation of 0 to 1.
    case unitRange
  }

  /// 1 for grey, 3 for colour.
  package let channels: Int
  /// Rows, where the file fixes them.
  package let height: Int?
  /// Columns, where the file fixes them.
  package let width: Int?
  /// Whether the input is `[N, H, W, C]` instead of `[N, C, H, W]`.
  package let isChannelsLast: Bool
  /// What its numbers are.
  package let values: Values

  /// Where the declared lengths leave open which axis has the colours, the first convolution tells, and
  /// the transpositions before it.
  ///
  /// - Throws: ``InferenceError/unsupported(file:problem:)`` where the input is no image of one channel or
  ///   three.
  init(_ graph: Graph) throws {
    var dimensions = graph.inputDimensions
    if dimensions.isEmpty { dimensions = Array(repeating: .symbolic(""), count: 4) }
    guard dimensions.count == 4 else {
      throw Self.refusal(
        graph,
        "has \(dimensions.count) axes, an image [N, 3, H, W] with a batch axis was expected")
    }
    func fixed(_ axis: Int) -> Int? {
      if case .fixed(let size) = dimensions[axis] { size } else { nil }
    }
    let use = InputUse(graph)
    isChannelsLast =
      Self.isChannelsLast(fixed(1), fixed(3)) ?? (use.convolution.map { $0.axis == 3 } ?? false)
    channels = fixed(isChannelsLast ? 3 : 1) ?? use.convolution?.channels ?? 3
    (height, width) = isChannelsLast ? (fixed(1), fixed(2)) : (fixed(2), fixed(3))
    values = graph.takesIntegers ? .integers : use.values
    guard [1, 3].contains(channels) else {
      throw Self.refusal(
        graph, "has \(channels) channels, a grey image with 1 or a colour image with 3 was expected"
      )
    }
    for (size, name) in [(height, "height"), (width, "width")] {
      if let size { try Self.check(size, name, graph) }
    }
    if graph.takesIntegers { try graph.checkIntegers() }
  }

  /// Refuses a side that no photo is prepared for.
  static func check(_ size: Int, _ name: String, _ graph: Graph) throws {
    guard (1...16384).contains(size) else {
      throw refusal(graph, "has the \(name) \(size), 1 to 16384 was expected")
    }
  }

  /// Whether the colours are the last axis, by the lengths of the second and the last one; nil where those
  /// do not tell.
  private static func isChannelsLast(_ second: Int?, _ last: Int?) -> Bool? {
    let isSecond = second == 1 || second == 3
    let isLast = last == 1 || last == 3
    return isSecond != isLast || isSecond ? !isSecond : nil
  }

  static func refusal(_ graph: Graph, _ problem: String) -> InferenceError {
    .unsupported(file: graph.file, problem: "its input \(graph.name(of: graph.input)) \(problem)")
  }
}

extension Graph {
  /// What the file tells of the image that the network takes.
  ///
  /// - Returns: The layout.
  /// - Throws: ``InferenceError/unsupported(file:problem:)`` where the input is no image.
  package func inputLayout() throws -> InputLayout { try InputLayout(self) }

  /// Refuses a graph that computes with its integer input before it makes real numbers of it: integers
  /// divide and overflow otherwise.
  fileprivate func checkIntegers() throws {
    let moving: Set = [
      "Transpose", "Reshape", "Identity", "Unsqueeze", "Squeeze", "Flatten", "Slice", "Split",
      "Concat",
      "Gather", "Pad", "Shape",
    ]
    let ending: Set = [
      "Cast", "DequantizeLinear", "QLinearConv", "ConvInteger", "QLinearMatMul", "MatMulInteger",
    ]
    var integers: Set = [input]
    for node in nodes where node.inputs.contains(where: { $0.map(integers.contains) ?? false }) {
      if moving.contains(node.type) {
        integers.formUnion(node.outputs.compactMap(\.self))
      } else if !ending.contains(node.type) {
        throw InputLayout.refusal(
          self,
          "holds integers, and node \(node.name) (\(node.type)) computes with them; a Cast to float was"
            + " expected before")
      }
    }
  }
}
