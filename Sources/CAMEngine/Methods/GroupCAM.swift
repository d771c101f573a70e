import Inference

/// Group-CAM: Zhang, Rao and Yang 2021, "Group-CAM: Group Score-Weighted Visual Explanations for Deep
/// Convolutional Networks", in the form of the authors' code.
///
///     M_l = ReLU(sum over group l of alpha_k A_k), zero up to its 70th percentile
///     S_l = p_c(X N(Up(M_l)) + blur(X) (1 - N(Up(M_l)))) - p_c(blur(X))
///     map = ReLU(sum_l S_l N(Up(M_l)))
///
/// alpha is Grad-CAM's; neighbouring channels form at most 32 groups of equal size; the blur is
/// Gaussian, 51 x 51 with a deviation of 50 pixels; flat groups are left out. The sum is taken at the
/// layer's resolution, which the bilinear Up allows; the authors take it, and the ReLU, at the input's.
/// Cost: one forward and one backward pass, one forward pass for the blurred input and one a group.
enum GroupCAM: CAMMethod {
  static let name = "group-cam"
  static let note = MethodNote(
    "Group-CAM",
    "Channels are put into groups; each group's sum masks the image, and what it keeps of the score"
      + " is its weight.",
    "L = N( ReLU( Σ_g S_g · M_g ) )")

  private static let groups = 32
  private static let percentile = 0.7

  static func cost(_ layer: Layer, _ settings: MethodSettings) -> Passes {
    let size = groupSize(layer.channels)
    return Passes(forward: 2 + (layer.channels + size - 1) / size, backward: 1)
  }

  static func result(_ scene: Scene, _ settings: MethodSettings) throws -> MethodResult {
    let alpha = channelMeans(scene.gradient, area: scene.area)
    let size = groupSize(alpha.count)
    let masks = stride(from: 0, to: alpha.count, by: size).compactMap { first in
      Mask(scene, alpha, channels: first..<min(first + size, alpha.count))
    }
    let scores = try scores(scene, masks, settings)
    var (sum, ofChannels) = (
      Array(repeating: Float(0), count: scene.area), Array(repeating: Float(0), count: alpha.count)
    )
    for (mask, score) in zip(masks, scores) {
      for place in sum.indices { sum[place] += score * mask.values[place] }
      for channel in mask.channels { ofChannels[channel] = score }
    }
    return .map(name, sum, weights: alpha, scores: ofChannels)
  }

  /// As PyTorch's `chunk` cuts the channels.
  private static func groupSize(_ channels: Int) -> Int { max(1, (channels + groups - 1) / groups) }

  /// The rise of the class's probability over the blurred input, for every mask.
  private static func scores(
    _ scene: Scene, _ masks: [Mask], _ settings: MethodSettings
  ) throws -> [Float] {
    let structure = scene.executor.structure
    let (height, width) = (structure.height, structure.width)
    let blurred = try GaussianBlur(size: 51, deviation: 50)
      .blurred(scene.planes, height: height, width: width)
    let scoring = try MaskScoring(
      scene.executor, count: masks.count + 1, batchSize: settings.batchSize,
      memoryLimit: settings.memoryLimit, height: height, width: width)
    var probabilities: [Float] = []
    while probabilities.count <= masks.count {
      let start = probabilities.count
      let range = start..<min(start + scoring.batchSize, masks.count + 1)
      let scores = try scoring.scores(range) { index, place in
        // The first one is the blurred input alone.
        if index == 0 {
          _ = place.update(fromContentsOf: blurred)
        } else {
          mix(scene.planes, blurred, masks[index - 1].enlarged, into: place)
        }
      }
      probabilities += scene.head.rows(scores).map { scene.confidence($0) }
    }
    return probabilities.dropFirst().map { $0 - probabilities[0] }
  }

  /// Writes `picture m + blurred (1 - m)`.
  private static func mix(
    _ picture: [Float], _ blurred: [Float], _ mask: [Float],
    into place: UnsafeMutableBufferPointer<Float>
  ) {
    picture.withUnsafeBufferPointer { picture in
      blurred.withUnsafeBufferPointer { blurred in
        mask.withUnsafeBufferPointer { mask in
          for plane in 0..<picture.count / mask.count {
            let start = plane * mask.count
            for index in mask.indices {
              let base = blurred[start + index]
              place[start + index] = base + (picture[start + index] - base) * mask[index]
            }
          }
        }
      }
    }
  }

  /// One group's mask.
  private struct Mask {
    let channels: Range<Int>
    /// `N(Up(M))`, `[H, W]`.
    let enlarged: [Float]
    /// M under the same scaling, `[h, w]`: Up of it is `enlarged`.
    let values: [Float]

    /// Nil where the mask is flat.
    init?(_ scene: Scene, _ alpha: [Float], channels: Range<Int>) {
      self.channels = channels
      var weights = Array(repeating: Float(0), count: alpha.count)
      for channel in channels { weights[channel] = alpha[channel] }
      let sum = weightedSum(scene.activation, weights, area: scene.area).map { max($0, 0) }
      let threshold = GroupCAM.percentile(sum)
      let mask = sum.map { $0 > threshold ? $0 : 0 }
      let structure = scene.executor.structure
      let enlargement = MaskEnlargement(
        maskHeight: scene.layer.height, maskWidth: scene.layer.width, height: structure.height,
        width: structure.width)
      let enlarged = mask.withUnsafeBufferPointer { enlargement.enlarged($0) }
      guard let low = enlarged.min(), let high = enlarged.max(), high > low else { return nil }
      self.enlarged = enlarged.map { ($0 - low) / (high - low) }
      values = mask.map { ($0 - low) / (high - low) }
    }
  }

  /// The value below which 70 % of the values lie, interpolated between two of them.
  private static func percentile(_ values: [Float]) -> Float {
    let sorted = values.sorted()
    let position = percentile * Double(sorted.count - 1)
    let lower = Int(position)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + Float(position - Double(lower)) * (sorted[upper] - sorted[lower])
  }
}
