import Inference

/// An activation of a network that is one map a channel, however it lies in memory: as maps, or as tokens
/// whose grid is known.
public struct Layer: Sendable, Hashable {
  /// The name of the ONNX value.
  public let name: String
  /// The operator that makes it, e.g. `Relu`.
  public let operatorType: String
  /// The number of channels, K.
  public let channels: Int
  /// Rows of each map.
  public let height: Int
  /// Columns of each map.
  public let width: Int
  /// Whether a class activation map can be made of it: the scores depend on it, and it is larger
  /// than 1 x 1.
  public let isCandidate: Bool

  /// Whether the network holds it as tokens, one a place, and not as maps.
  public let isTokens: Bool
  /// How many tokens that belong to no place, such as the class token, come before the grid.
  public let prefixTokens: Int

  /// Its size as it is printed, e.g. `192 x 14 x 14, tokens`.
  public var size: String {
    "\(channels) x \(height) x \(width)" + (isTokens ? ", tokens" : "")
  }

  let structure: NetworkStructure.Layer

  init(_ structure: NetworkStructure.Layer) {
    self.structure = structure
    name = structure.name
    operatorType = structure.operatorType
    channels = structure.channels
    height = structure.height
    width = structure.width
    isCandidate = structure.isCandidate
    isTokens = structure.view.isTokens
    prefixTokens = structure.view.leading
  }
}
