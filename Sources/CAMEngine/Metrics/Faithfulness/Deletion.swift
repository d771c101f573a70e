/// How fast the class vanishes when the pixels that the map ranks highest are taken away first.
///
/// Starting from the image, each step puts the baseline in the place of the next pixels; the figure is
/// the area under the curve of the class's probability. Petsiuk et al. 2018, "RISE: Randomized Input
/// Sampling for Explanation of Black-box Models", section 4.2, with the authors' conventions: a step of
/// one row's worth of pixels, zero in normalised space as the baseline. Pixels of equal value go in
/// reading order. Lower is better. Cost: `ceil(pixels / step) + 1` forward passes.
enum Deletion {
  /// The curve of one map.
  ///
  /// - Parameters:
  ///   - image: The input, `[planes, height, width]`, normalised.
  ///   - baseline: What it ends at, of the same size.
  ///   - steps: The map's pixels in steps.
  ///   - network: The network.
  /// - Returns: The curve.
  /// - Throws: `CancellationError`, or an ``InferenceError``.
  static func curve(
    _ image: [Float], baseline: [Float], _ steps: PixelSteps, _ network: some ClassProbabilities
  ) throws -> ProbabilityCurve {
    try steps.curve(from: image, to: baseline, network)
  }
}
