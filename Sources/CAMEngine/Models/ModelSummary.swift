import Foundation
import Inference

/// What a network consists of, as `camtui inspect --json` prints it.
public struct ModelSummary: Sendable, Codable, Equatable {
  /// The input.
  public struct InputSummary: Sendable, Codable, Equatable {
    /// The name of the ONNX value.
    public let name: String
    /// 1 for grey, 3 for colour.
    public let channels: Int
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
  }

  /// The output.
  public struct OutputSummary: Sendable, Codable, Equatable {
    /// The name of the ONNX value that the scores are taken from.
    public let name: String
    /// The number of classes.
    public let classes: Int
    /// How scores and probabilities come about.
    public let head: HeadSummary
  }

  /// A layer.
  public struct LayerSummary: Sendable, Codable, Equatable {
    /// The name of the ONNX value.
    public let name: String
    /// The operator that makes it.
    public let type: String
    /// The number of channels.
    public let channels: Int
    /// Rows.
    public let height: Int
    /// Columns.
    public let width: Int
    /// Whether it can be explained.
    public let isCandidate: Bool
    /// Whether the network holds it as tokens.
    public let isTokens: Bool
    /// How many tokens that belong to no place come before its grid.
    public let prefixTokens: Int

    /// Its size as it is printed.
    public var size: String {
      "\(channels) x \(height) x \(width)" + (isTokens ? ", tokens" : "")
        + (prefixTokens > 0 ? " behind \(prefixTokens)" : "")
    }
  }

  /// The path of the file.
  public let model: String
  /// The opset of the file.
  public let opset: Int
  /// The input.
  public let input: InputSummary
  /// The output.
  public let output: OutputSummary
  /// The number of weights.
  public let parameters: Int
  /// Billions of floating-point operations of one forward pass, a multiplication and an addition
  /// counted as two; convolutions and matrix products alone.
  public let gigaFLOPs: Double
  /// What was assumed, or passed over.
  public let notes: [Note]
  /// Where the preprocessing is from.
  public let preprocessing: String
  /// The layer that is explained by default.
  public let defaultLayer: String?
  /// The layers, in the order of the computation.
  public let layers: [LayerSummary]

  /// The summary as JSON, keys sorted; what a terminal would obey is written as escapes.
  ///
  /// - Returns: JSON text.
  /// - Throws: `EncodingError` for numbers that JSON has not, which no model gives.
  public func encoded() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return PrintableJSON.escaped(String(decoding: try encoder.encode(self), as: UTF8.self))
  }
}

extension Model {
  /// What the network consists of.
  public var summary: ModelSummary {
    ModelSummary(
      model: path, opset: structure.graph.opset,
      input: .init(
        name: structure.graph.name(of: structure.input), channels: structure.channels,
        width: structure.width, height: structure.height),
      output: .init(
        name: structure.graph.name(of: structure.scores), classes: classCount,
        head: HeadSummary(self)),
      parameters: structure.parameterCount, gigaFLOPs: structure.gigaFLOPs, notes: notes,
      preprocessing: preprocessor.name + (preprocessor.isAssumed ? " (assumed)" : ""),
      defaultLayer: defaultLayer?.name,
      layers: layers.map {
        .init(
          name: $0.name, type: $0.operatorType, channels: $0.channels, height: $0.height,
          width: $0.width, isCandidate: $0.isCandidate, isTokens: $0.isTokens,
          prefixTokens: $0.prefixTokens)
      })
  }
}
