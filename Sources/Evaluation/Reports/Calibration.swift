/// The expected calibration error: how far the network's confidence is from its accuracy.
///
///     sum over bins b of (n_b / N) |accuracy_b - confidence_b|
///
/// 15 bins of equal width over the confidence, each with its upper end. Guo et al. 2017, "On Calibration of
/// Modern Neural Networks", equation 3. Lower is better.
enum Calibration {
  static let binCount = 15

  /// The error over photos.
  ///
  /// - Parameter photos: The confidence of the most probable class, and whether it is right (1 or 0).
  /// - Returns: 0 to 1; nil for no photo.
  static func error(_ photos: [(confidence: Double, hit: Double)]) -> Double? {
    guard !photos.isEmpty else { return nil }
    var differences = Array(repeating: 0.0, count: binCount)
    for photo in photos {
      let bin = Int((photo.confidence * Double(binCount)).rounded(.up)) - 1
      differences[min(max(bin, 0), binCount - 1)] += photo.hit - photo.confidence
    }
    return differences.reduce(0) { $0 + abs($1) } / Double(photos.count)
  }
}
