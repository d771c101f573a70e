public import CAMEngine

/// What an evaluation is to do.
public struct EvaluationPlan: Sendable {
  /// The methods with their settings; none for the network's accuracy alone.
  public var methods: [MethodVariant] = []
  /// The layers, each explained by itself; none for the model's default layer.
  public var layers: [Layer] = []
  /// What to measure.
  public var metrics: Set<Metric> = []
  /// How to measure.
  public var metricSettings = MetricSettings()
  /// Which class is explained.
  public var target = TargetRule.predicted
  /// How many photos are drawn; nil for all.
  public var sample: Int?
  /// What decides which are drawn.
  public var seed: UInt64 = 0
  /// Which part of them is evaluated; nil for all.
  public var shard: Shard?

  /// How many masked inputs, or photos, pass through the network at once; nil chooses.
  public var batchSize: Int?

  /// Nothing yet.
  public init() {}

  /// Whether a map's own time is wanted, so that maps share nothing.
  var isTimed: Bool { metrics.contains(.seconds) }

  /// How many of all units pass at once: so many that the last batch has few empty places.
  func placesTogether(_ count: Int) -> Int {
    isTimed ? 1 : MaskScoring.even(count, batchSize ?? Model.placesTogether)
  }

  /// The units of a data set in their order, those of all shards.
  ///
  /// - Throws: ``EvaluationError`` where the model has no class of any photo.
  func units(_ dataSet: DataSet, _ mapping: ClassMapping) throws -> [EvaluationUnit] {
    let possible = dataSet.photos
      .map { EvaluationUnit.units(of: $0, rule: target, mapping) }
      .filter { !$0.isEmpty }
    guard !possible.isEmpty else {
      let counts = dataSet.classCount.map { " (it has \($0) classes)" } ?? ""
      throw EvaluationError(
        .request,
        "No photo of the data set\(counts) shows a class of this model; expected labels that name its"
          + " classes, or a mapping by --classes FILE.json.")
    }
    return Sampling.sample(possible, count: sample, seed: seed).flatMap { $0 }
  }
}
