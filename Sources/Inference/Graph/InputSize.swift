/// The sizes of an image classifier's input.
struct InputSize {
  let channels: Int
  let height: Int
  let width: Int
  let isChannelsLast: Bool

  /// - Throws: ``InferenceError/unsupported(file:problem:)`` where the input is no image.
  init(_ graph: Graph, height: Int?, width: Int?) throws {
    var dimensions = graph.inputDimensions
    if dimensions.isEmpty { dimensions = Array(repeating: .symbolic(""), count: 4) }
    guard dimensions.count == 4 else {
      throw Self.refusal(graph, "has \(dimensions.count) axes, an image [N, 3, H, W] was expected")
    }
    func fixed(_ axis: Int) -> Int? {
      if case .fixed(let size) = dimensions[axis] { size } else { nil }
    }
    isChannelsLast = Self.isChannelsLast(dimensions)
    channels = fixed(isChannelsLast ? 3 : 1) ?? 3
    let axes = isChannelsLast ? (1, 2) : (2, 3)
    self.height = try Self.size(graph, wanted: height, fixed: fixed(axes.0), "height")
    self.width = try Self.size(graph, wanted: width, fixed: fixed(axes.1), "width")
    guard channels == 3 else {
      throw Self.refusal(graph, "has \(channels) channels, a colour image with 3 was expected")
    }
  }

  /// Whether the colours are the last axis: only that one has the length 3 (or 1).
  static func isChannelsLast(_ dimensions: [Dimension]) -> Bool {
    let colours = [Dimension.fixed(1), .fixed(3)]
    return dimensions.count == 4 && !colours.contains(dimensions[1])
      && colours.contains(dimensions[3])
  }

  func shape(batch: Int) -> [Int] {
    isChannelsLast ? [batch, height, width, channels] : [batch, channels, height, width]
  }

  private static func size(
    _ graph: Graph, wanted: Int?, fixed: Int?, _ name: String
  ) throws -> Int {
    let size = wanted ?? fixed ?? 224
    guard (1...16384).contains(size) else {
      throw refusal(graph, "has the \(name) \(size), 1 to 16384 was expected")
    }
    return size
  }

  private static func refusal(_ graph: Graph, _ problem: String) -> InferenceError {
    .unsupported(file: graph.file, problem: "its input \(graph.name(of: graph.input)) \(problem)")
  }
}
