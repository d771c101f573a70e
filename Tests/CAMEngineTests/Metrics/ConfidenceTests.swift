import Testing

@testable import CAMEngine

/// Figures that ask the network, on two by two pixels.
@Suite struct ConfidenceTests {
  private let map = HeatMap(width: 2, height: 2, values: [1, 0.5, 0.25, 0])

  private func measured(
    _ weights: [Float], _ wanted: Set<Metric>, _ settings: MetricSettings = MetricSettings()
  ) throws -> MapMeasurement {
    let network = LinearClassifier(weights: weights)
    let measuring = ConfidenceMeasuring(
      image: [1, 1, 1, 1], map: map, original: Double(weights.reduce(0, +)), wanted: wanted,
      settings: settings)
    return try measuring.measured(network)
  }

  /// Y = 0.75; the map leaves 0.25 + 0.125 + 0.03125 of it.
  @Test func theDropIsRelative() throws {
    let values = try measured([0.25, 0.25, 0.125, 0.125], Metric.quick).values
    #expect(values[.averageDrop] == 0.34375 / 0.75)
    #expect(values[.increaseInConfidence] == 0)
    #expect(values[.averageGain] == 0)
  }

  /// Y = 0.5; what speaks against the class is half hidden: O = 0.75.
  @Test func theGainIsOfWhatOthersHad() throws {
    let values = try measured([1, -0.5, 0, 0], Metric.quick).values
    #expect(values[.averageDrop] == 0)
    #expect(values[.increaseInConfidence] == 1)
    #expect(values[.averageGain] == 0.5)
  }

  @Test func certaintyAndImpossibilityDivideByNothing() {
    #expect(AverageDrop.value(original: 0, masked: 0.5) == 0)
    #expect(AverageGain.value(original: 1, masked: 1) == 0)
  }

  @Test func unwantedFiguresCostNoPass() throws {
    let result = try measured([1, 0, 0, 0], [.sparseness])
    #expect(result == MapMeasurement())
  }

  @Test func theCurvesFollowTheRanking() throws {
    var settings = MetricSettings()
    settings.step = 1
    settings.insertionBaseline = .zero
    let result = try measured(
      [0.25, 0.25, 0.125, 0.125], [.insertionMinusDeletion], settings)
    #expect(result.deletion?.probabilities == [0.75, 0.5, 0.25, 0.125, 0])
    #expect(result.insertion?.probabilities == [0, 0.25, 0.5, 0.625, 0.75])
    #expect(result.values[.deletion] == 0.3125)
    #expect(result.values[.insertion] == 0.4375)
    #expect(result.values[.insertionMinusDeletion] == 0.125)
  }

  @Test func theLastStepMayBeShort() throws {
    var settings = MetricSettings()
    settings.step = 3
    let result = try measured([0.25, 0.25, 0.125, 0.125], [.deletion], settings)
    #expect(result.deletion?.probabilities == [0.75, 0.125, 0])
    #expect(result.values[.deletion] == 0.25)
    #expect(result.insertion == nil)
  }

  @Test func everyPlaneOfAPixelChanges() throws {
    let steps = PixelSteps(ranking: PixelRanking([0, 1]), step: 1)
    let network = LinearClassifier(weights: [1, 10, 100, 1000])
    let curve = try steps.curve(from: [0, 0, 0, 0], to: [1, 1, 1, 1], network)
    #expect(curve.probabilities == [0, 1010, 1111])
  }

  @Test func equalPixelsRankInReadingOrder() {
    #expect(PixelRanking([0.5, 1, 0.5, 0, -0.0]).order == [1, 0, 2, 3, 4])
  }

  /// Coh 1, Com 1/4, AD 0: 3 / (1 + 4/3 + 1).
  @Test func adccIsAHarmonicMean() {
    #expect(abs(ADCC.value(coherency: 1, complexity: 0.25, drop: 0) - 0.9) < 1e-15)
    #expect(ADCC.value(coherency: 0, complexity: 0.25, drop: 0) == 0)
    #expect(ADCC.value(coherency: 1, complexity: 0.25, drop: 1) == 0)
    #expect(ADCC.complexity(map.values) == 0.4375)
  }

  @Test func coherencyIsCorrelation() {
    #expect(ADCC.coherency([0, 1, 0.5], [0, 1, 0.5]) == 1)
    #expect(ADCC.coherency([0, 1], [1, 0]) == 0)
    #expect(ADCC.coherency([0, 0, 1, 1], [0, 1, 0, 1]) == 0.5)
    #expect(ADCC.coherency([1, 1], [0, 1]) == 0, "a flat map has no correlation")
  }

  /// Sorted 0, 0.25, 0.5, 1 with factors -3, -1, 1, 3: 3.25 of 4 x 1.75.
  @Test func sparsenessIsTheGiniIndex() {
    #expect(Sparseness.value(map.values) == 3.25 / 7)
    #expect(Sparseness.value([1, 1, 1]) == 0)
    #expect(Sparseness.value([0, 0, 0, 1]) == 0.75)
    #expect(Sparseness.value([0, 0]) == 0)
  }
}
