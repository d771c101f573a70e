/// The sizes of an image classifier's input.
struct InputSize {
  let channels: Int
  let height: Int
  let width: Int
  let isChannelsLast: Bool

  /// - Throws: ``InferenceError/unsupported(file:problem:)`` where the input is no image.
  init(_ graph: Graph, height: Int?, width: Int?) throws {
    let layout = try InputLayout(graph)
    (channels, isChannelsLast) = (layout.channels, layout.isChannelsLast)
    self.height = try Self.size(graph, wanted: height, fixed: layout.height, "height")
    self.width = try Self.size(graph, wanted: width, fixed: layout.width, "width")
  }

  func shape(batch: Int) -> [Int] {
    isChannelsLast ? [batch, height, width, channels] : [batch, channels, height, width]
  }

  private static func size(
    _ graph: Graph, wanted: Int?, fixed: Int?, _ name: String
  ) throws -> Int {
    let size = wanted ?? fixed ?? 224
    try InputLayout.check(size, name, graph)
    return size
  }
}
