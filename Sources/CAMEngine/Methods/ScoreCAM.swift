import Inference

/// Score-CAM: Wang et al. 2020, "Score-CAM: Score-Weighted Visual Explanations for Convolutional
/// Neural Networks", Algorithm 1.
///
///     M_k = N(Up(A_k))     S_k = f_c(X M_k)     w = softmax over k of S     map = ReLU(sum_k w_k A_k)
///
/// f_c is the score before softmax, as the algorithm's comment says; flat channels get weight 0. The
/// baseline that the paper subtracts cancels in the softmax. Cost: one forward pass for every channel
/// that is not flat, and one.
enum ScoreCAM: CAMMethod {
  static let name = "score-cam"
  static let note = MethodNote(
    "Score-CAM",
    "No derivatives: the network sees the image through every channel, and softmax over the scores"
      + " gives the weights. One forward pass a channel.",
    "L = N( ReLU( Σ_k softmax_k( f_c(Z_k) ) · A_k ) )")

  static func cost(_ layer: Layer, _ settings: MethodSettings) -> Passes {
    Passes(forward: layer.channels + 1)
  }

  static func result(_ scene: Scene, _ settings: MethodSettings) throws -> MethodResult {
    let (live, scores) = try ChannelScoring.maskedScores(scene, settings)
    let ofTarget = scene.head.rows(scores).map { scene.head.score(of: scene.target, in: $0) }
    var weights = Array(repeating: Float(0), count: scene.layer.channels)
    for (channel, weight) in zip(live, softmax(ofTarget)) {
      weights[channel] = weight
    }
    return .map(
      name, weightedSum(scene.activation, weights, area: scene.area), weights: weights)
  }
}

/// Score-CAM as its authors' code has it: the weight of a channel is the class's probability, with no
/// softmax over the channels; of a value without one its ``Confidence``. Otherwise as ``ScoreCAM``.
enum ScoreCAMProbability: CAMMethod {
  static let name = "score-cam-probability"
  static let note = MethodNote(
    "Score-CAM, probabilities",
    "As the authors' program computes it: the weight of a channel is the class's probability for"
      + " the masked image.",
    "L = N( ReLU( Σ_k p_c(Z_k) · A_k ) )")

  static func cost(_ layer: Layer, _ settings: MethodSettings) -> Passes {
    Passes(forward: layer.channels + 1)
  }

  static func result(_ scene: Scene, _ settings: MethodSettings) throws -> MethodResult {
    let (live, scores) = try ChannelScoring.maskedScores(scene, settings)
    var weights = Array(repeating: Float(0), count: scene.layer.channels)
    for (channel, row) in zip(live, scene.head.rows(scores)) {
      weights[channel] = scene.confidence(row)
    }
    return .map(
      name, weightedSum(scene.activation, weights, area: scene.area), weights: weights)
  }
}

/// What the two have in common.
private enum ChannelScoring {
  /// The channels that are not flat, and the scores of the input masked by each.
  static func maskedScores(
    _ scene: Scene, _ settings: MethodSettings
  ) throws -> (live: [Int], scores: [Float]) {
    let (activation, area) = (scene.activation, scene.area)
    let live = (0..<scene.layer.channels).filter { channel in
      let range = channel * area..<(channel + 1) * area
      return activation[range].contains { $0 != activation[range.lowerBound] }
    }
    let structure = scene.executor.structure
    let scoring = try MaskScoring(
      scene.executor, count: live.count, batchSize: settings.batchSize,
      memoryLimit: settings.memoryLimit, height: structure.height, width: structure.width)
    let enlargement = MaskEnlargement(
      maskHeight: scene.layer.height, maskWidth: scene.layer.width, height: structure.height,
      width: structure.width)
    var scores: [Float] = []
    for start in stride(from: 0, to: live.count, by: scoring.batchSize) {
      let range = start..<min(start + scoring.batchSize, live.count)
      scores += try scoring.scores(range) { index, place in
        let channel = live[index] * area
        activation.withUnsafeBufferPointer { activation in
          scene.planes.withUnsafeBufferPointer { planes in
            enlargement.multiply(
              planes,
              byEnlarged: UnsafeBufferPointer(rebasing: activation[channel..<channel + area]),
              isNormalized: true, into: place)
          }
        }
      }
    }
    return (live, scores)
  }
}
