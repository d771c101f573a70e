public import CAMEngine
import Foundation

/// What all results in a file have in common; results of other settings are never mixed with them.
public struct RunSettings: Sendable, Codable, Equatable {
  /// The SHA-256 digest of the ONNX file.
  public var modelHash: String
  /// How photos become inputs.
  public var preprocessing: String
  /// How the data set lies on the disk.
  public var dataSet: DataSet.Format
  /// The SHA-256 digest of the names of its photos, in order.
  public var photosHash: String
  /// Which class is explained.
  public var target: TargetRule
  /// How many photos are drawn; nil for all.
  public var sample: Int?
  /// What decides which are drawn.
  public var seed: UInt64
  /// How metrics are taken.
  public var metrics: MetricSettings

  /// The settings of a run.
  init(_ plan: EvaluationPlan, model: Model, _ dataSet: DataSet) throws {
    guard let bytes = FileManager.default.contents(atPath: model.path) else {
      throw EvaluationError(.missing, "\(model.path) cannot be read; an ONNX file was expected.")
    }
    modelHash = SHA256.digest(bytes)
    preprocessing = Self.text(model.preprocessor, model.inputSize)
    self.dataSet = dataSet.format
    photosHash = SHA256.digest(Array(dataSet.photos.map(\.name).joined(separator: "\n").utf8))
    target = plan.target
    sample = plan.sample
    seed = plan.seed
    metrics = plan.metricSettings
  }

  /// JSON with sorted keys: equal settings give equal texts.
  func encoded() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// The names of the settings in which two differ.
  func differences(_ other: RunSettings) throws -> [String] {
    func members(_ settings: RunSettings) throws -> [String: String] {
      let data = try JSONEncoder().encode(settings)
      let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
      return try object.mapValues { value in
        let text = try JSONSerialization.data(
          withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys])
        return String(decoding: text, as: UTF8.self)
      }
    }
    let (mine, theirs) = (try members(self), try members(other))
    return Set(mine.keys).union(theirs.keys).filter { mine[$0] != theirs[$0] }.sorted()
  }

  private static func text(_ preprocessor: Preprocessor, _ size: (width: Int, height: Int))
    -> String
  {
    let resize =
      switch preprocessor.resize {
      case nil: "as it is"
      case .shortestEdge(let edge): "shortest edge \(edge)"
      case .exact(let width, let height): "\(width) x \(height)"
      }
    let normalization = preprocessor.normalization.map {
      "mean \($0.mean) deviation \($0.deviation)"
    }
    return [
      resize, "\(preprocessor.resampling)", "crop \(size.width) x \(size.height)",
      preprocessor.rescaleFactor.map { "scale \($0)" } ?? "not scaled",
      normalization ?? "not normalised", preprocessor.channelOrder.rawValue,
    ].joined(separator: ", ")
  }
}
