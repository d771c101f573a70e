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
    /// The score, before the last activation.
    public var score: Float
    /// The probability, 0 to 1; absent where the model gives none.
    public var probability: Float?
    /// `less` where the map shows what lowers the score.
    public var direction: String?
  }

  /// One channel's weights.
  public struct Channel: Sendable, Codable, Equatable {
    /// The channel.
    public var index: Int
    /// Its weight.
    public var alpha: Float
    /// The score of the input masked by it; nil for methods without, and where it was stopped
    /// before this channel.
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
    /// The values before the ReLU and the scaling, where they were asked for.
    public var signedValues: String?
    /// Those in blue below zero and red above, at the input's size.
    public var signedHeatmap: String?
  }

  /// What one of several methods made.
  public struct MethodEntry: Sendable, Codable, Equatable {
    /// The method.
    public var method: String
    /// The settings of the method, by the names of the command line.
    public var parameters: [String: String]
    /// The channels with a weight, in order.
    public var channels: [Channel]
    /// The names of its maps in ``Manifest/maps``, in the order in which the method makes them.
    public var maps: [String]
    /// Whether the last map is empty: nothing speaks for the class.
    public var isEmpty: Bool
    /// The passes beyond the shared ones.
    public var passes: PassCounts
    /// The time beyond that of the shared passes, in seconds.
    public var seconds: Double
    /// What was measured of its last map, where that was asked for.
    public var metrics: Figures?
  }

  /// How far an Increment-CAM was that was stopped before its end.
  public struct Partial: Sendable, Codable, Equatable {
    /// How many channels Phase 2 has scored; with none, there is no map of Phases 2 and 3.
    public var scored: Int
    /// How many it was to score; nil before it began.
    public var of: Int?

    /// A state.
    ///
    /// - Parameters:
    ///   - scored: How many channels are scored.
    ///   - of: How many were to be scored.
    public init(scored: Int, of: Int? = nil) {
      (self.scored, self.of) = (scored, of)
    }
  }

  /// Passes by their kind.
  public struct PassCounts: Sendable, Codable, Equatable {
    /// Forward passes of one image.
    public var forward: Int
    /// Backward passes from the score to the layer.
    public var backward: Int
    /// Forward passes of the part behind the layer.
    public var tail: Int
  }

  /// The path of the photo.
  public var image: String
  /// The path of the model.
  public var model: String
  /// The method; `all` where ``methods`` lists several.
  public var method: String
  /// The network's input.
  public var input: Size
  /// The explained layer; the first one of several.
  public var layer: LayerShape
  /// The explained layers where the maps of several were joined.
  public var layers: [LayerShape]?
  /// How they were joined.
  public var fusion: String?
  /// The explained class.
  public var `class`: Class
  /// The most probable classes, best first.
  public var top: [Class]
  /// The settings of the method, by the names of the command line; empty for several methods.
  public var parameters: [String: String]
  /// The channels with a weight, in order; empty for several methods and for joined layers.
  public var channels: [Channel]
  /// What each of several methods made; absent for one.
  public var methods: [MethodEntry]?
  /// The passes that several methods shared; absent for one.
  public var sharedPasses: PassCounts?
  /// The maps, by name.
  public var maps: [String: MapFiles]
  /// How far Phase 2 was, where the maps are not complete; absent where they are.
  public var partial: Partial?
  /// Whether the map is empty: nothing speaks for the class. Of several methods: whether all are.
  public var isEmpty: Bool
  /// Where the preprocessing is from, and whether it was only assumed.
  public var preprocessing: String
  /// How scores and probabilities came about.
  public var head: HeadSummary
  /// What was assumed, or passed over.
  public var notes: [Note]
  /// What was measured of the map, where that was asked for; of several methods each has its own.
  public var metrics: Figures?
  /// Times, in seconds, by what took them.
  public var seconds: [String: Double]

  /// The manifest as JSON, keys sorted; what a terminal would obey is written as escapes.
  ///
  /// - Returns: UTF-8.
  /// - Throws: `EncodingError` for numbers that JSON has not.
  public func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let json = String(decoding: try encoder.encode(self), as: UTF8.self)
    return Array((PrintableJSON.escaped(json) + "\n").utf8)
  }
}

extension Manifest.Class {
  init(_ score: Classification.ClassScore) {
    self.init(
      index: score.index, label: score.label, score: score.score,
      probability: score.probability, direction: score.target.isLess ? "less" : nil)
  }
}

extension Manifest.MapFiles {
  /// The names of a map's files.
  init(_ map: String, hasSigned: Bool) {
    self.init(
      values: "\(map).npy", heatmap: "\(map).png", overlay: "\(map)-overlay.png",
      signedValues: hasSigned ? "\(map)-signed.npy" : nil,
      signedHeatmap: hasSigned ? "\(map)-signed.png" : nil)
  }
}

extension Manifest.LayerShape {
  init(_ layer: Layer) {
    self.init(
      name: layer.name, channels: layer.channels, height: layer.height, width: layer.width)
  }
}

extension Manifest.PassCounts {
  init(_ passes: Passes) {
    self.init(forward: passes.forward, backward: passes.backward, tail: passes.tail)
  }
}

extension Manifest.MethodEntry {
  init(_ explanation: Explanation, _ measurement: MapMeasurement?) {
    self.init(
      method: explanation.method.name, parameters: explanation.parameters,
      channels: Manifest.channels(explanation), maps: explanation.maps.map(\.name),
      isEmpty: explanation.isEmpty, passes: .init(explanation.passes),
      seconds: explanation.seconds, metrics: measurement.map(Manifest.Figures.init))
  }
}

extension Manifest {
  /// Leaves out the scores of all other channels.
  mutating func keepScores(of scored: Set<Int>) {
    for place in channels.indices where !scored.contains(channels[place].index) {
      channels[place].score = nil
    }
  }

  static func channels(_ explanation: Explanation) -> [Channel] {
    let scores = explanation.channelScores
    return explanation.weights.enumerated().map { index, alpha in
      Channel(index: index, alpha: alpha, score: index < scores.count ? scores[index] : nil)
    }
  }
}
