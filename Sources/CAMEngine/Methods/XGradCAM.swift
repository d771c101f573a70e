import Inference

/// XGrad-CAM: Fu et al. 2020, "Axiom-based Grad-CAM".
///
///     w_k = sum_ij g_k A_k / (sum_ij A_k + 1e-7)        map = ReLU(sum_k w_k A_k)      (x / 0 is 0)
///
/// Cost: one forward and one backward pass.
enum XGradCAM: CAMMethod {
  static let name = "xgrad-cam"
  static let note = MethodNote(
    "XGrad-CAM",
    "As Grad-CAM, but places count by how bright they are in the channel.",
    "α_k = Σ_ij ( A_k,ij / Σ A_k ) · ∂f_c / ∂A_k,ij")

  static func cost(_ layer: Layer, _ settings: MethodSettings) -> Passes { .gradient }

  static func result(_ scene: Scene, _ settings: MethodSettings) throws -> MethodResult {
    let (activation, gradient) = (scene.activation, scene.gradient)
    let weights = (0..<scene.layer.channels).map { channel in
      let range = channel * scene.area..<(channel + 1) * scene.area
      let product = zip(activation[range], gradient[range]).reduce(Float(0)) { $0 + $1.0 * $1.1 }
      let sum = activation[range].reduce(0, +) + 1e-7
      return sum == 0 ? 0 : product / sum
    }
    return .map(
      name, weightedSum(activation, weights, area: scene.area), weights: weights)
  }
}
