/// Whether the class's probability rises when the image is multiplied by the map.
///
///     1 where Y < O, else 0
///
/// Y and O as in ``AverageDrop``. The mean over a set is the increase in confidence. Chattopadhay et al.
/// 2018, "Grad-CAM++", section 5.1; higher is better. Cost: one forward pass.
public enum IncreaseInConfidence {
  /// The figure of one image.
  ///
  /// - Parameters:
  ///   - original: Y.
  ///   - masked: O.
  /// - Returns: 0 or 1.
  public static func value(original: Double, masked: Double) -> Double {
    original < masked ? 1 : 0
  }
}
