/// How much of a map is in few places: the Gini index of its values.
///
///     sum_i (2 i - n - 1) v_i / (n sum_i v_i)        v in ascending order, i from 1
///
/// 0 where all places are alike, and nearly 1 where one holds everything. Chalasani et al. 2020,
/// "Concise Explanations of Neural Networks using Adversarial Training"; Quantus' `Sparseness` without
/// its 1e-7. Neither end is right by itself. Cost: no pass.
public enum Sparseness {
  /// The figure of a map.
  ///
  /// - Parameter map: Values; their magnitudes count.
  /// - Returns: 0 to 1; 0 where all are zero.
  public static func value(_ map: [Float]) -> Double {
    let count = Double(map.count)
    var (weighted, sum) = (0.0, 0.0)
    for (index, value) in map.map({ abs($0) }).sorted().enumerated() {
      weighted += (2 * Double(index + 1) - count - 1) * Double(value)
      sum += Double(value)
    }
    return sum > 0 ? weighted / (count * sum) : 0
  }
}
