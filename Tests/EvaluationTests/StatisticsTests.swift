import Testing

@testable import Evaluation

@Suite struct StatisticsTests {
  /// `scipy.stats.wilcoxon(..., mode="exact")`, SciPy 1.17.
  @Test func fewDifferencesAreExact() {
    let differences = [0.3, -0.1, 0.5, 0.2, -0.4, 0.7, 0.9, 0.05]
    #expect(abs(SignedRankTest.probability(differences) - 0.1484375) < 1e-12)
  }

  /// All 128 choices of signs, counted.
  @Test func tiesAndZerosAreExactToo() {
    let differences: [Double] = [1, 1, 1, -1, 2, 2, -3, 0]
    #expect(abs(SignedRankTest.probability(differences) - 0.46875) < 1e-12)
    #expect(SignedRankTest.probability([0, 0]) == 1)
    #expect(SignedRankTest.probability([]) == 1)
  }

  /// `scipy.stats.wilcoxon(..., mode="approx", correction=False, zero_method="wilcox")`.
  @Test func manyDifferencesAreApproximate() {
    let spread = (0..<60).map { Double(($0 * 37) % 101 - 45) / 10 }
    #expect(abs(SignedRankTest.probability(spread) - 0.2647081919479235) < 1e-12)
    let tied = (0..<80).map { Double(($0 * 7) % 5 - 1) }
    #expect(abs(SignedRankTest.probability(tied) - 1.2145544195980523e-07) < 1e-15)
  }

  /// The mean of n values of variance 1/12 has a normal interval of 1.96 / sqrt(12 n) to either side.
  @Test func intervalsHoldTheMean() throws {
    let values = (0..<400).map { (Double(($0 * 173) % 400) + 0.5) / 400 }
    let bootstrap = Bootstrap(resamples: 4000, seed: 1)
    let interval = try #require(bootstrap.interval(values))
    let half = 1.96 / (12.0 * 400).squareRoot()
    #expect(abs(interval.lowerBound - (0.5 - half)) < 0.15 * half)
    #expect(abs(interval.upperBound - (0.5 + half)) < 0.15 * half)
    #expect(bootstrap.interval(values) == interval)
    #expect(bootstrap.interval([3, 3, 3]) == 3...3)
    #expect(bootstrap.interval([3]) == nil)
  }

  /// Bin 2: one right of two at 0.1 and 0.12; bin 15: two right at 1 and 0.95.
  @Test func calibrationComparesBins() throws {
    let photos = [(0.1, 1.0), (0.12, 0.0), (1.0, 1.0), (0.95, 1.0)]
    let error = try #require(Calibration.error(photos.map { (confidence: $0.0, hit: $0.1) }))
    #expect(abs(error - ((1 - 0.22) + (2 - 1.95)) / 4) < 1e-12)
    #expect(Calibration.error([]) == nil)
  }

  /// A confidence on the border belongs to the bin below: bins are (b / 15, (b + 1) / 15].
  @Test func bordersBelongToTheLowerBin() throws {
    let photos = [(confidence: 0.2, hit: 1.0), (confidence: 0.21, hit: 0.0)]
    let error = try #require(Calibration.error(photos))
    #expect(abs(error - (0.8 + 0.21) / 2) < 1e-12)
  }
}
