/// A way to make a class activation map: one file each, one line in ``MethodTable``.
protocol CAMMethod: Sendable {
  /// The name on the command line, in files and in goldens.
  static var name: String { get }

  /// Makes the map, on the network's thread.
  ///
  /// - Parameter scene: The network, the input, the layer and the class.
  /// - Returns: The map before its ReLU, and the weights of the channels where there are any.
  static func map(_ scene: Scene) throws -> SignedMap
}

/// A map before its ReLU and normalisation.
struct SignedMap: Sendable {
  /// `[height, width]` of the layer, any sign.
  var values: [Float]
  /// One weight a channel; empty for methods that weight every place of its own.
  var weights: [Float]
}
