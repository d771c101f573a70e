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

  /// Nothing yet.
  public init() {}

  /// The units of a data set in their order; the sample is drawn before the shards are cut.
  ///
  /// - Throws: ``EvaluationError`` where the model has no class of any photo.
  func units(_ dataSet: DataSet, _ mapping: ClassMapping) throws -> [EvaluationUnit] {
    let possible = dataSet.photos
      .map { EvaluationUnit.units(of: $0, rule: target, mapping) }
      .filter { !$0.isEmpty }
    guard !possible.isEmpty else {
      throw EvaluationError(
        .request,
        "No photo of the data set shows a class of this model; expected labels that name its"
          + " classes, or a mapping by --classes FILE.json.")
    }
    let units = Sampling.sample(possible, count: sample, seed: seed).flatMap { $0 }
    return shard?.part(of: units) ?? units
  }
}
