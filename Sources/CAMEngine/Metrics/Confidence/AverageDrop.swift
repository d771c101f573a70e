/// How much of the class's probability is lost when the image is multiplied by the map.
///
///     max(0, Y - O) / |Y|
///
/// Y is the probability on the image (or the score's share where a model gives none), O on the image masked by the map, which is scaled to 0 ... 1,
/// enlarged bilinearly, and multiplied in normalised space: what it hides gets the data set's mean
/// colour. The mean over a set is the average drop. Chattopadhay et al. 2018, "Grad-CAM++", section 5.1;
/// lower is better. Cost: one forward pass.
public enum AverageDrop {
  /// The drop of one image.
  ///
  /// - Parameters:
  ///   - original: Y.
  ///   - masked: O.
  /// - Returns: 0 to 1 of probabilities; 0 where Y is 0.
  public static func value(original: Double, masked: Double) -> Double {
    original == 0 ? 0 : max(0, original - masked) / abs(original)
  }
}
