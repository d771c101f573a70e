import Inference

/// Ablation-CAM: Desai and Ramaswamy 2020.
///
///     w_k = (f_c(A) - f_c(A with channel k zero)) / f_c(A)        map = ReLU(sum_k w_k A_k)
///
/// Only the part of the network behind the layer runs. Where the score is negative the weights change
/// their sign, as in the paper. Cost: one forward pass, and one of the tail for every channel that is not
/// zero already.
enum AblationCAM: CAMMethod {
  static let name = "ablation-cam"
  static let note = MethodNote(
    "Ablation-CAM",
    "The weight of a channel is the share of the score that is lost when the channel is set to 0.",
    "α_k = ( f_c − f_c(without A_k) ) / f_c")

  static func cost(_ layer: Layer, _ settings: MethodSettings) -> Passes {
    Passes(forward: 1, tail: layer.channels)
  }

  static func result(_ scene: Scene, _ settings: MethodSettings) throws -> MethodResult {
    let (activation, area) = (scene.activation, scene.area)
    let live = (0..<scene.layer.channels).filter { channel in
      activation[channel * area..<(channel + 1) * area].contains { $0 != 0 }
    }
    let score = scene.score
    let ablated = try scene.tailScores(count: live.count, settings) { index, place in
      _ = place.update(fromContentsOf: activation)
      let start = live[index] * area
      UnsafeMutableBufferPointer(rebasing: place[start..<start + area]).update(repeating: 0)
    }
    var weights = Array(repeating: Float(0), count: scene.layer.channels)
    for (channel, value) in zip(live, ablated) where score != 0 {
      weights[channel] = (score - value) / score
    }
    return .map(name, weightedSum(activation, weights, area: area), weights: weights)
  }
}

/// Recipro-CAM: Byun and Lee 2022, "Recipro-CAM: gradient-free reciprocal class activation map", without
/// its smoothing: the value of a place is the score when only that place of the activation is kept. Cost:
/// one forward pass, and one of the tail for every place.
enum ReciproCAM: CAMMethod {
  static let name = "recipro-cam"
  static let note = MethodNote(
    "Recipro-CAM",
    "Without derivatives: the network's tail sees one place of the layer at a time.",
    "L_ij = f_c( A · mask_ij )")

  static func cost(_ layer: Layer, _ settings: MethodSettings) -> Passes {
    Passes(forward: 1, tail: layer.height * layer.width)
  }

  static func result(_ scene: Scene, _ settings: MethodSettings) throws -> MethodResult {
    let (activation, area) = (scene.activation, scene.area)
    let values = try scene.tailScores(count: area, settings) { place, input in
      input.update(repeating: 0)
      for channel in 0..<scene.layer.channels {
        input[channel * area + place] = activation[channel * area + place]
      }
    }
    return .map(name, values)
  }
}
