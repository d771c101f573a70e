/// A way to make a class activation map: one file each, one line in ``MethodTable``.
protocol CAMMethod: Sendable {
  /// The name on the command line, in files and in goldens.
  static var name: String { get }

  /// What it does, for people.
  static var note: MethodNote { get }

  /// The names of its maps, the one to show last.
  static var maps: [String] { get }

  /// What it can be told.
  static var settings: [MethodSetting] { get }

  /// Whether it is made of the attention of a transformer's tokens, and not of any layer's activation.
  static var needsAttention: Bool { get }

  /// What the map costs, before it is made.
  ///
  /// - Parameters:
  ///   - layer: The layer.
  ///   - settings: The settings.
  /// - Returns: Passes; at most so many where channels are skipped.
  static func cost(_ layer: Layer, _ settings: MethodSettings) -> Passes

  /// Makes the map, on the network's thread.
  ///
  /// - Parameters:
  ///   - scene: The network, the input, the layer and the class.
  ///   - settings: The settings.
  /// - Returns: The maps with their weights.
  /// - Throws: `CancellationError` when the task is cancelled, within one batch.
  static func result(_ scene: Scene, _ settings: MethodSettings) throws -> MethodResult
}

extension CAMMethod {
  /// One map, called as the method.
  static var maps: [String] { [name] }

  /// Nothing.
  static var settings: [MethodSetting] { [] }

  static var needsAttention: Bool { false }
}

/// What a method does, in words and as a formula.
public struct MethodNote: Sendable, Equatable {
  /// The name as people write it.
  public let title: String
  /// One or two plain sentences.
  public let text: String
  /// The formula.
  public let formula: String

  /// A note.
  ///
  /// - Parameters:
  ///   - title: The name as people write it.
  ///   - text: One or two plain sentences.
  ///   - formula: The formula.
  public init(_ title: String, _ text: String, _ formula: String) {
    self.title = title
    self.text = text
    self.formula = formula
  }
}

/// What a method makes.
struct MethodResult: Sendable {
  /// A map before its ReLU and normalisation.
  struct SignedMap: Sendable {
    /// What its files are called.
    var name: String
    /// `[height, width]` of the layer, any sign.
    var values: [Float]
    /// The time that it took, in seconds.
    var seconds: Double?
  }

  /// The maps, the one to show last.
  var maps: [SignedMap]
  /// One weight a channel; empty for methods that weight every place of its own.
  var weights: [Float] = []
  /// The scores of masked inputs, one a channel; empty for methods without.
  var scores: [Float] = []
  /// The settings that made the map, by the names of the command line.
  var parameters: [String: String] = [:]

  /// A result with one map.
  static func map(
    _ name: String, _ values: [Float], weights: [Float] = [], scores: [Float] = []
  ) -> MethodResult {
    MethodResult(
      maps: [SignedMap(name: name, values: values)], weights: weights, scores: scores)
  }
}

/// Passes through the network, or through its tail behind the layer.
public struct Passes: Sendable, Equatable, CustomStringConvertible {
  /// Forward passes of one image.
  public var forward: Int
  /// Backward passes from the score to the layer.
  public var backward: Int
  /// Forward passes of the part behind the layer.
  public var tail: Int

  /// A cost.
  ///
  /// - Parameters:
  ///   - forward: Forward passes of one image.
  ///   - backward: Backward passes from the score to the layer.
  ///   - tail: Forward passes of the part behind the layer.
  public init(forward: Int, backward: Int = 0, tail: Int = 0) {
    self.forward = forward
    self.backward = backward
    self.tail = tail
  }

  /// E.g. `129 forward, 1 backward passes`, or `no pass`.
  public var description: String {
    let counts = [(forward, "forward"), (backward, "backward"), (tail, "tail")]
    let parts = counts.filter { $0.0 > 0 }.map { "\($0) \($1)" }
    guard !parts.isEmpty else { return "no pass" }
    return parts.joined(separator: ", ") + (total == 1 ? " pass" : " passes")
  }

  /// All passes, of whatever kind.
  public var total: Int { forward + backward + tail }

  /// One forward and one backward pass.
  static let gradient = Passes(forward: 1, backward: 1)

  /// The passes of both.
  static func + (left: Passes, right: Passes) -> Passes {
    Passes(
      forward: left.forward + right.forward, backward: left.backward + right.backward,
      tail: left.tail + right.tail)
  }
}
