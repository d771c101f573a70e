import Inference

/// A spatial activation of a network: one map a channel.
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

  let structure: NetworkStructure.Layer

  init(_ structure: NetworkStructure.Layer) {
    self.structure = structure
    name = structure.name
    operatorType = structure.operatorType
    channels = structure.channels
    height = structure.height
    width = structure.width
    isCandidate = structure.isCandidate
  }
}
