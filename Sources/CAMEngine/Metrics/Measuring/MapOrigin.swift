/// How a map came about: what its metrics must know of it.
public struct MapOrigin: Sendable {
  /// What is explained, with what the network says of it on the image.
  public var target: Classification.ClassScore
  /// The layers.
  public var layers: [Layer]
  /// How the maps of several layers were joined.
  public var fusion = LayerFusion.maximum
  /// The method.
  public var method: Method
  /// Which of the method's maps it is; nil for the last one.
  public var map: String?
  /// The settings of the method.
  public var settings = MethodSettings()

  /// A map of one layer.
  ///
  /// - Parameters:
  ///   - target: What is explained, with what the network says of it on the image.
  ///   - layer: The layer.
  ///   - method: The method.
  public init(target: Classification.ClassScore, layer: Layer, method: Method) {
    self.target = target
    layers = [layer]
    self.method = method
  }

  init(_ explanation: Explanation, map: String?, settings: MethodSettings) {
    target = explanation.target
    layers = explanation.layers
    fusion = explanation.fusion ?? .maximum
    method = explanation.method
    self.map = map
    self.settings = settings
  }
}
