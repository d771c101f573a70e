/// A network for one input size: its input, its scores, and its layers.
package struct NetworkStructure: Sendable {
  package let graph: Graph
  /// The value that is fed.
  package let input: ValueID
  /// Whether the input is `[N, H, W, C]` instead of `[N, C, H, W]`.
  package let isChannelsLast: Bool
  /// The sizes of the input.
  package let channels: Int
  package let height: Int
  package let width: Int
  /// The model's output that is read.
  package let output: ValueID
  /// The values that scores are made of, before a final activation.
  package let scores: ValueID
  /// What the graph does to the scores before they come out.
  package let ending: ScoreEnding
  /// How many values ``scores`` has for an image.
  package let scoreCount: Int
  /// What was assumed of the outputs, a sentence each.
  package let notes: [String]
  /// What was known of them before.
  package let choice: ScoreChoice
  /// Every activation `[K, h, w]`, in the order of the computation.
  package let layers: [Layer]
  /// The layer to explain when nothing else is asked for; nil where no layer has a spatial extent.
  package let defaultLayer: Layer?
  let shaped: ShapedGraph
  let grid: GivenGrid?

  /// A spatial activation.
  package struct Layer: Sendable, Hashable {
    package let value: ValueID
    /// The value's name in the file.
    package let name: String
    /// The operator that makes it.
    package let operatorType: String
    package let channels: Int
    package let height: Int
    package let width: Int
    /// Whether class activation maps can be made of it: the scores depend on it, and it is more
    /// than one number a channel.
    package let isCandidate: Bool
    /// How it lies in memory; it is given and taken as `[N, K, h, w]`.
    package let view: MapView
  }

  /// Infers everything for one input size.
  ///
  /// - Parameters:
  ///   - graph: the network.
  ///   - height: the wanted height; nil for the one that the file fixes, or 224.
  ///   - width: likewise.
  ///   - grid: the grid of tokens, where it is not to be derived.
  ///   - choice: what is known of the scores.
  /// - Throws: ``InferenceError`` where the size does not fit the graph, or the graph is no
  ///   classifier of images.
  package init(
    _ graph: Graph, height: Int? = nil, width: Int? = nil, grid: GivenGrid? = nil,
    choice: ScoreChoice = ScoreChoice()
  ) throws {
    let size = try InputSize(graph, height: height, width: width)
    self.graph = graph
    input = graph.input
    isChannelsLast = size.isChannelsLast
    (channels, self.height, self.width) = (size.channels, size.height, size.width)
    shaped = try ShapedGraph(graph, inputShape: size.shape(batch: 1))
    let head = try ScoreHead(shaped, choice)
    self.choice = choice
    notes = head.notes
    output = head.output
    scores = head.scores
    ending = head.ending
    scoreCount = head.scoreCount
    self.grid = grid
    let propagation = ViewPropagation(shaped, channelsLast: size.isChannelsLast, grid: grid)
    let finder = LayerFinder(shaped, head: head, propagation.views)
    layers = finder.layers
    defaultLayer = finder.defaultLayer
  }

  /// The shape of a batch of inputs.
  ///
  /// - Parameters:
  ///   - batch: how many.
  ///   - height: rows; nil for the network's own.
  ///   - width: columns; nil for the network's own.
  /// - Returns: `[N, C, H, W]`, or `[N, H, W, C]` where the network takes it so.
  package func inputShape(batch: Int, height: Int? = nil, width: Int? = nil) -> [Int] {
    let (height, width) = (height ?? self.height, width ?? self.width)
    return isChannelsLast ? [batch, height, width, channels] : [batch, channels, height, width]
  }

  /// How every value that is a map lies in memory, for a batch.
  func mapViews(_ shaped: ShapedGraph) -> [ValueID: MapView] {
    LayerFinder.mapViews(
      shaped, ViewPropagation(shaped, channelsLast: isChannelsLast, grid: grid).views)
  }

  /// The layer with a name, or the only one whose name begins with it.
  ///
  /// - Parameter name: a value's name or a prefix of it.
  /// - Returns: the layer.
  /// - Throws: ``InferenceError/noSuchValue(name:near:)`` with similar names.
  package func layer(named name: String) throws -> Layer {
    if let exact = layers.first(where: { $0.name == name }) { return exact }
    let matches = layers.filter { $0.name.hasPrefix(name) }
    if matches.count == 1 { return matches[0] }
    let near =
      matches.isEmpty
      ? NearNames.of(name, among: layers.map(\.name)) : matches.prefix(5).map(\.name)
    throw InferenceError.noSuchValue(name: name, near: near)
  }
}
