import Inference

/// Grad-CAM: Selvaraju et al. 2017, "Grad-CAM: Visual Explanations from Deep Networks via
/// Gradient-based Localization", equations 1 and 2.
///
///     alpha_k = mean_ij df_c / dA_k,ij        map = ReLU(sum_k alpha_k A_k)
///
/// f_c is the score before softmax. Cost: one forward and one backward pass.
enum GradCAM: CAMMethod {
  static let name = "grad-cam"
  static let note = MethodNote(
    "Grad-CAM",
    "Channels are added up, each times the mean of the score's derivative. One forward and one"
      + " backward pass.",
    "L = N( ReLU( Σ_k α_k · A_k ) )        α_k = mean_ij ∂f_c / ∂A_k,ij")

  static func cost(_ layer: Layer, _ settings: MethodSettings) -> Passes { .gradient }

  static func result(_ scene: Scene, _ settings: MethodSettings) throws -> MethodResult {
    let alpha = channelMeans(scene.gradient, area: scene.area)
    return .map(name, weightedSum(scene.activation, alpha, area: scene.area), weights: alpha)
  }
}
