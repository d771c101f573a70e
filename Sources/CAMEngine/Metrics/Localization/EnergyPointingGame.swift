/// The share of a map's energy that lies in the object's boxes.
///
///     sum of L inside / sum of L
///
/// L is the map at the input's size; a pixel is inside where its centre is. Wang et al. 2020,
/// "Score-CAM: Score-Weighted Visual Explanations for Convolutional Neural Networks", section 4.3;
/// higher is better. Cost: no pass.
public enum EnergyPointingGame {
  /// The figure of one map.
  ///
  /// - Parameters:
  ///   - map: `[height, width]`, none negative.
  ///   - mask: The boxes, as many pixels.
  /// - Returns: 0 to 1; 0 for an empty map.
  public static func value(_ map: [Float], inside mask: BoxMask) -> Double {
    var (inside, all) = (0.0, 0.0)
    for (value, isInside) in zip(map, mask.isInside) {
      all += Double(value)
      if isInside { inside += Double(value) }
    }
    return all > 0 ? inside / all : 0
  }
}
