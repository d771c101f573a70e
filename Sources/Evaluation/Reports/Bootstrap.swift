/// An interval for a mean by resampling: Efron 1979, the percentile interval.
struct Bootstrap {
  /// How many samples are drawn.
  let resamples: Int
  /// Equal seeds draw alike.
  let seed: UInt64

  /// The interval that holds the means of 95 % of the samples drawn with replacement.
  ///
  /// - Parameter values: One value a unit.
  /// - Returns: Its ends; nil for fewer than two values.
  func interval(_ values: [Double]) -> ClosedRange<Double>? {
    guard values.count > 1 else { return nil }
    var numbers = SplitMix64(seed: seed)
    let means = (0..<resamples).map { _ in
      var sum = 0.0
      values.withUnsafeBufferPointer { values in
        for _ in 0..<values.count { sum += values[numbers.next(below: values.count)] }
      }
      return sum / Double(values.count)
    }.sorted()
    return Self.quantile(means, 0.025)...Self.quantile(means, 0.975)
  }

  /// Linear between the two nearest ranks, as NumPy's `quantile`.
  private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let position = share * Double(sorted.count - 1)
    let lower = Int(position)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + (position - Double(lower)) * (sorted[upper] - sorted[lower])
  }
}
