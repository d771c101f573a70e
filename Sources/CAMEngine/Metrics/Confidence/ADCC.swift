/// Average DCC: Drop, Coherency and Complexity of a map in one figure, their harmonic mean.
///
///     ADCC = 3 / (1 / Coh + 1 / (1 - Com) + 1 / (1 - AD))
///     Coh = (Pearson(M(x), M(x * M(x))) + 1) / 2        Com = mean |M(x)|
///
/// M(x) is the map of the image, 0 to 1 at the input's size, and M(x * M(x)) the map of the same class for
/// the masked image; AD is ``AverageDrop``. A set's figure is the mean of its images' figures. Poppi et
/// al. 2021, "Revisiting the Evaluation of Class Activation Mapping for Explainability: A Novel Metric and
/// Experimental Analysis"; higher is better. Cost: one more map and one forward pass.
public enum ADCC {
  /// The figure of one image.
  ///
  /// - Parameters:
  ///   - coherency: Coh.
  ///   - complexity: Com.
  ///   - drop: AD.
  /// - Returns: 0 to 1; 0 where one of the three is at its worst.
  public static func value(coherency: Double, complexity: Double, drop: Double) -> Double {
    let parts = [coherency, 1 - complexity, 1 - drop]
    guard parts.allSatisfy({ $0 > 0 }) else { return 0 }
    return 3 / parts.reduce(0) { $0 + 1 / $1 }
  }

  /// Coh of two maps.
  ///
  /// - Parameters:
  ///   - map: The map of the image.
  ///   - again: The map of the masked image, as many values.
  /// - Returns: 0 to 1; 0 where a map is flat, as in the authors' code.
  public static func coherency(_ map: [Float], _ again: [Float]) -> Double {
    guard let correlation = pearson(map, again) else { return 0 }
    return (correlation + 1) / 2
  }

  /// Com of a map.
  ///
  /// - Parameter map: Values.
  /// - Returns: The mean of their magnitudes.
  public static func complexity(_ map: [Float]) -> Double {
    map.reduce(0) { $0 + Double(abs($1)) } / Double(max(1, map.count))
  }

  /// Pearson's correlation; nil where one side does not vary.
  private static func pearson(_ x: [Float], _ y: [Float]) -> Double? {
    let count = Double(x.count)
    let meanX = x.reduce(0) { $0 + Double($1) } / count
    let meanY = y.reduce(0) { $0 + Double($1) } / count
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for (a, b) in zip(x, y) {
      let (dx, dy) = (Double(a) - meanX, Double(b) - meanY)
      xx += dx * dx
      yy += dy * dy
      xy += dx * dy
    }
    guard xx > 0, yy > 0 else { return nil }
    return xy / (xx * yy).squareRoot()
  }
}
