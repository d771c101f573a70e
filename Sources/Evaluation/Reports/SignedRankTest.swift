import Foundation

/// Wilcoxon's signed-rank test of paired differences, two-sided. Wilcoxon 1945.
///
/// Differences of zero are left out, equal magnitudes share their mean rank. Up to 50 differences the
/// probability is exact: all signs are equally likely; beyond, the normal approximation with the correction
/// for ties is used, without one for continuity.
enum SignedRankTest {
  private static let largestExact = 50

  /// The probability of a sum of ranks at least as extreme, if signs were random.
  ///
  /// - Parameter differences: One a unit.
  /// - Returns: 0 to 1; 1 where all differences are zero.
  static func probability(_ differences: [Double]) -> Double {
    let values = differences.filter { $0 != 0 }.sorted { abs($0) < abs($1) }
    guard !values.isEmpty else { return 1 }
    let (doubled, ties) = doubledRanks(values.map { abs($0) })
    let positive = zip(values, doubled).reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }
    return values.count <= largestExact
      ? exact(doubled, positive) : normal(values.count, Double(positive) / 2, ties)
  }

  /// Twice the ranks, so that shared ones are whole numbers, and the sum of t^3 - t over ties of t values.
  private static func doubledRanks(_ magnitudes: [Double]) -> (ranks: [Int], ties: Double) {
    var (ranks, ties, start) = ([Int](), 0.0, 0)
    while start < magnitudes.count {
      let end = magnitudes[start...].firstIndex { $0 != magnitudes[start] } ?? magnitudes.count
      ranks += Array(repeating: start + 1 + end, count: end - start)
      let count = Double(end - start)
      ties += count * count * count - count
      start = end
    }
    return (ranks, ties)
  }

  /// Counts the choices of signs by their sum.
  private static func exact(_ doubled: [Int], _ positive: Int) -> Double {
    let total = doubled.reduce(0, +)
    var shares = Array(repeating: 0.0, count: total + 1)
    shares[0] = 1
    for rank in doubled {
      for sum in (0...total).reversed() {
        shares[sum] = (shares[sum] + (sum >= rank ? shares[sum - rank] : 0)) / 2
      }
    }
    let extreme = min(positive, total - positive)
    return min(1, 2 * shares[0...extreme].reduce(0, +))
  }

  private static func normal(_ count: Int, _ positive: Double, _ ties: Double) -> Double {
    let n = Double(count)
    let mean = n * (n + 1) / 4
    let variance = n * (n + 1) * (2 * n + 1) / 24 - ties / 48
    guard variance > 0 else { return 1 }
    return erfc(abs(positive - mean) / (2 * variance).squareRoot())
  }
}
