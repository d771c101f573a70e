/// How a map came about: what its metrics must know of it.
public struct MapOrigin: Sendable {
  /// The explained class.
  public var classIndex: Int
  /// Its probability on the image, Y.
  public var probability: Float
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
  ///   - classIndex: The explained class.
  ///   - probability: Its probability on the image.
  ///   - layer: The layer.
  ///   - method: The method.
  public init(classIndex: Int, probability: Float, layer: Layer, method: Method) {
    self.classIndex = classIndex
    self.probability = probability
    layers = [layer]
    self.method = method
  }

  init(_ explanation: Explanation, map: String?, settings: MethodSettings) {
    classIndex = explanation.target.index
    probability = explanation.target.probability
    layers = explanation.layers
    fusion = explanation.fusion ?? .maximum
    method = explanation.method
    self.map = map
    self.settings = settings
  }
}
