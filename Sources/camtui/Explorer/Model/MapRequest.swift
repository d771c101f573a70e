import CAMEngine

/// What a map explains, and how: the key under which it is kept once it is computed.
struct MapRequest: Hashable, Sendable {
  /// The image, by its place in the list.
  var image: Int
  /// The layer, by its place in ``ModelFacts/layers``.
  var layer: Int
  /// What is explained.
  var target: Target
  /// The method, by its name on the command line.
  var method: String
  /// The parameters of Increment-CAM's Phase 2; empty for the other methods.
  var parameters = ParameterValues()

  static let gradCAM = "grad-cam"
  static let incrementCAM = "increment-cam"

  var isIncrementCAM: Bool { method == Self.incrementCAM }

  /// Phase 1 of Increment-CAM is Grad-CAM: both are computed once.
  var phaseOne: MapRequest {
    MapRequest(image: image, layer: layer, target: target, method: Self.gradCAM)
  }
}
