/// Why a network gives a class its score, as maps over the image.
public struct Explanation: Sendable {
  /// One map.
  public struct Map: Sendable, Equatable {
    /// What its files are called: `phase1`, `phase2` and `phase3` for Increment-CAM, else the method's
    /// name.
    public let name: String
    /// Values 0 to 1 at the layer's resolution: `N(ReLU(signed))`. All zero when nothing speaks for
    /// the class, or every place alike; never NaN.
    public let map: HeatMap
    /// The map before its ReLU and normalisation: negative where the image speaks against the class.
    /// Of several layers: the mean of their signed maps, each divided by its largest magnitude.
    public let signed: HeatMap
    /// The time that it took alone, in seconds, where that is known.
    public let seconds: Double?
  }

  /// The method that made it.
  public let method: Method
  /// The layers that it was made of, in the order asked for.
  public let layers: [Layer]
  /// How the maps of several layers were joined; nil for one layer.
  public let fusion: LayerFusion?
  /// What is explained, with what the network says of it.
  public let target: Classification.ClassScore
  /// What the network says of the image.
  public let classification: Classification
  /// The maps, in the order in which the method makes them.
  public let maps: [Map]
  /// The weight of every channel (alpha); empty for methods without, and for several layers.
  public let weights: [Float]
  /// The score of every channel's masked input (S); empty for methods without, and for several layers.
  public let channelScores: [Float]
  /// The settings that were used, by the names of the command line.
  public let parameters: [String: String]
  /// The passes that were run for it.
  public let passes: Passes
  /// The time that everything took, in seconds, the forward pass included.
  public let seconds: Double

  /// The layer that it was made of: the first one.
  public var layer: Layer { layers[0] }

  /// The map to show: the last one.
  public var map: HeatMap { maps[maps.count - 1].map }

  /// Whether the map is empty: no place speaks for the class more than another. ``Map/signed`` then
  /// shows what speaks against it.
  public var isEmpty: Bool { !map.values.contains { $0 > 0 } }
}
