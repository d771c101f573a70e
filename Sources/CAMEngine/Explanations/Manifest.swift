import Foundation

/// What `explain --output` writes beside the maps, as JSON.
public struct Manifest: Sendable, Codable, Equatable {
  /// A size in pixels.
  public struct Size: Sendable, Codable, Equatable {
    /// Columns.
    public var width: Int
    /// Rows.
    public var height: Int
  }

  /// A layer with its shape.
  public struct LayerShape: Sendable, Codable, Equatable {
    /// The name of the ONNX value.
    public var name: String
    /// The number of channels.
    public var channels: Int
    /// Rows.
    public var height: Int
    /// Columns.
    public var width: Int
  }

  /// A class with what the network says of it.
  public struct Class: Sendable, Codable, Equatable {
    /// The index in the model's output.
    public var index: Int
    /// The label.
    public var label: String
    /// The score before softmax.
    public var score: Float
    /// The probability, 0 to 1.
    public var probability: Float
  }

  /// One channel's weights.
  public struct Channel: Sendable, Codable, Equatable {
    /// The channel.
    public var index: Int
    /// Its weight.
    public var alpha: Float
    /// The score of the input masked by it; nil for methods without.
    public var score: Float?
  }

  /// The files of one map, by their names in the folder.
  public struct MapFiles: Sendable, Codable, Equatable {
    /// The values, float32 `[h, w]` at the layer's resolution.
    public var values: String
    /// The map in colours, at the input's size.
    public var heatmap: String
    /// The map over the photo, at the photo's size.
    public var overlay: String
  }

  /// The path of the photo.
  public var image: String
  /// The path of the model.
  public var model: String
  /// The method.
  public var method: String
  /// The network's input.
  public var input: Size
  /// The explained layer.
  public var layer: LayerShape
  /// The explained class.
  public var `class`: Class
  /// The most probable classes, best first.
  public var top: [Class]
  /// The settings of the method, by the names of the command line.
  public var parameters: [String: String]
  /// The channels with a weight, in order.
  public var channels: [Channel]
  /// The maps, by name.
  public var maps: [String: MapFiles]
  /// Whether the map is empty: nothing speaks for the class.
  public var isEmpty: Bool
  /// Where the preprocessing is from, and whether it was only assumed.
  public var preprocessing: String
  /// Times, in seconds, by what took them.
  public var seconds: [String: Double]

  /// The manifest as JSON, keys sorted.
  ///
  /// - Returns: UTF-8.
  /// - Throws: `EncodingError` for numbers that JSON has not.
  public func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }
}

extension Manifest.Class {
  init(_ score: Classification.ClassScore) {
    self.init(
      index: score.index, label: score.label, score: score.score,
      probability: score.probability)
  }
}

extension Manifest.MapFiles {
  /// The names of a map's files.
  init(_ map: String) {
    self.init(values: "\(map).npy", heatmap: "\(map).png", overlay: "\(map)-overlay.png")
  }
}
