/// How fast the class appears when the pixels that the map ranks highest are shown first.
///
/// Starting from the baseline, each step puts the next pixels of the image in their places; the figure
/// is the area under the curve of the class's probability. Petsiuk et al. 2018, "RISE: Randomized Input
/// Sampling for Explanation of Black-box Models", section 4.2, with the authors' conventions: a step of
/// one row's worth of pixels, a blurred image (11 x 11, sigma 5) as the baseline, all in normalised
/// space. Pixels of equal value are shown in reading order. Higher is better. Cost: `ceil(pixels / step)
/// + 1` forward passes.
enum Insertion {
  /// The curve of one map.
  ///
  /// - Parameters:
  ///   - image: The input, `[planes, height, width]`, normalised.
  ///   - baseline: What it starts from, of the same size.
  ///   - steps: The map's pixels in steps.
  ///   - network: The network.
  /// - Returns: The curve.
  /// - Throws: `CancellationError`, or an ``InferenceError``.
  static func curve(
    _ image: [Float], baseline: [Float], _ steps: PixelSteps, _ network: some ClassProbabilities
  ) throws -> ProbabilityCurve {
    try steps.curve(from: baseline, to: image, network)
  }
}
