import Inference

/// HiResCAM: Draelos and Carin 2020. `map = ReLU(sum_k g_k A_k)`, element by element: faithful where
/// Grad-CAM's mean hides signs. Cost: one forward and one backward pass.
enum HiResCAM: CAMMethod {
  static let name = "hires-cam"
  static let note = MethodNote(
    "HiResCAM",
    "Every place of a channel is multiplied by its own derivative, not by the channel's mean: what"
      + " is bright was really used.",
    "L = N( ReLU( Σ_k ∂f_c / ∂A_k · A_k ) )")

  static func cost(_ layer: Layer, _ settings: MethodSettings) -> Passes { .gradient }

  static func result(_ scene: Scene, _ settings: MethodSettings) throws -> MethodResult {
    let sum = productSum(scene.gradient, scene.activation, area: scene.area)
    let magnitude = productSum(
      scene.gradient.map(abs), scene.activation.map(abs), area: scene.area)
    let largest = sum.reduce(0) { max($0, abs($1)) }
    guard largest >= noise * (magnitude.max() ?? 0) else {
      let other = scene.executor.structure.defaultLayer.flatMap {
        $0.value == scene.layer.value ? nil : $0.name
      }
      throw MethodRefusal(
        "\(name) is nothing but rounding noise at the layer \(scene.layer.name): its terms cancel each"
          + " other at every place, as they do before a normalisation, which takes any scale away;"
          + " \(other.map { "the layer \($0) or " } ?? "")another method was expected.")
    }
    return .map(name, sum)
  }

  /// Below this share of its terms a sum says nothing.
  private static let noise: Float = 3e-4
}

/// LayerCAM: Jiang et al. 2021. `map = sum_k ReLU(g_k) A_k`, element by element; also fit for early
/// layers. Cost: one forward and one backward pass.
enum LayerCAM: CAMMethod {
  static let name = "layer-cam"
  static let note = MethodNote(
    "LayerCAM",
    "Every place is multiplied by its own derivative where that is positive; gives fine maps of"
      + " early layers, too.",
    "L = N( ReLU( Σ_k ReLU( ∂f_c / ∂A_k ) · A_k ) )")

  static func cost(_ layer: Layer, _ settings: MethodSettings) -> Passes { .gradient }

  static func result(_ scene: Scene, _ settings: MethodSettings) throws -> MethodResult {
    let positive = scene.gradient.map { max($0, 0) }
    return .map(name, productSum(positive, scene.activation, area: scene.area))
  }
}

/// `sum_k x_k y_k`, element by element.
///
/// - Parameters:
///   - x: `[K, h, w]`.
///   - y: `[K, h, w]`.
///   - area: h w.
/// - Returns: `[h, w]`.
private func productSum(_ x: [Float], _ y: [Float], area: Int) -> [Float] {
  var sum = Array(repeating: Float(0), count: area)
  for channel in 0..<x.count / area {
    let start = channel * area
    for place in 0..<area { sum[place] += x[start + place] * y[start + place] }
  }
  return sum
}
