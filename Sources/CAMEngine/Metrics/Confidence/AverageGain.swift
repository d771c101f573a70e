/// How much of the probability that other classes had is won when the image is multiplied by the map.
///
///     max(0, O - Y) / (1 - Y)
///
/// Y and O as in ``AverageDrop``. The mean over a set is the average gain. Zhang et al. 2023,
/// "Opti-CAM: Optimizing saliency maps for interpretability", section 4; higher is better. Cost: one
/// forward pass.
public enum AverageGain {
  /// The gain of one image.
  ///
  /// - Parameters:
  ///   - original: Y.
  ///   - masked: O.
  /// - Returns: 0 to 1; 0 where Y is 1.
  public static func value(original: Double, masked: Double) -> Double {
    original < 1 ? max(0, masked - original) / (1 - original) : 0
  }
}
