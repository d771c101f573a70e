import Inference

/// Grad-CAM++: Chattopadhay et al. 2018, in the form of the authors' code.
///
///     a_k,ij = g^2 / (2 g^2 + g^3 sum_ab A_k,ab)       (0 / 0 is 0)
///     w_k = sum_ij ReLU(g) a / sum_ij [g > 0] a        map = ReLU(sum_k w_k A_k)
///
/// g is the derivative of the score before softmax; the exponential that the paper takes of the
/// score scales every weight alike. Cost: one forward and one backward pass.
enum GradCAMPlusPlus: CAMMethod {
  static let name = "grad-cam-plus-plus"
  static let note = MethodNote(
    "Grad-CAM++",
    "As Grad-CAM, but only places that raise the score count, and each occurrence of an object"
      + " counts alike, however small it is.",
    "α_k = Σ_ij a · ReLU( g ) / Σ_ij [g > 0] a        a = g² / ( 2 g² + Σ A_k · g³ )")

  static func cost(_ layer: Layer, _ settings: MethodSettings) -> Passes { .gradient }

  static func result(_ scene: Scene, _ settings: MethodSettings) throws -> MethodResult {
    let (activation, gradient) = (scene.activation, scene.gradient)
    let weights = (0..<scene.layer.channels).map { channel in
      let range = channel * scene.area..<(channel + 1) * scene.area
      return weight(activation[range], gradient[range])
    }
    return .map(
      name, weightedSum(activation, weights, area: scene.area), weights: weights)
  }

  private static func weight(
    _ activation: ArraySlice<Float>, _ gradient: ArraySlice<Float>
  ) -> Float {
    let sum = activation.reduce(0, +)
    var (numerator, denominator): (Float, Float) = (0, 0)
    for g in gradient where g > 0 {
      let divisor = 2 * g * g + g * g * g * sum
      let share = g * g / (divisor == 0 ? 1 : divisor)
      numerator += g * share
      denominator += share
    }
    return denominator == 0 ? numerator : numerator / denominator
  }
}
