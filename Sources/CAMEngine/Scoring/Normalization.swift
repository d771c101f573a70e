/// Min-max scaling of one channel to 0 ... 1, all zero when flat or not finite: N(.) of the design.
///
/// - Parameter values: the channel.
/// - Returns: as many values.
func normalized(_ values: some Collection<Float>) -> [Float] {
  var (low, high) = (Float.infinity, -Float.infinity)
  for value in values {
    low = min(low, value)
    high = max(high, value)
  }
  let range = high - low
  guard range > 0, range.isFinite else { return Array(repeating: 0, count: values.count) }
  return values.map { ($0 - low) / range }
}

/// `N(ReLU(values))`.
func finished(_ values: [Float]) -> [Float] { normalized(values.map { max($0, 0) }) }
