import CAMEngine

extension Report {
  /// Sums up a file.
  ///
  /// - Parameters:
  ///   - results: The file.
  ///   - options: How.
  /// - Throws: ``EvaluationError`` when the file is damaged or empty, or has no such baseline.
  public init(_ results: ResultsFile, _ options: ReportOptions = ReportOptions()) throws {
    guard let settings = try results.settings() else {
      throw EvaluationError(.malformed, "\(results.path) holds no results of camtui evaluate.")
    }
    let units = try results.units()
    let maker = try ReportMaker(results, options)
    let evaluated = units.filter { $0.failure == nil }
    self.init(
      settings: settings, photoCount: Set(evaluated.map(\.path)).count,
      unitCount: evaluated.count,
      failures: Dictionary(
        units.compactMap { unit in unit.failure.map { (unit.name, $0) } }
      ) { $1 },
      methodFailures: try results.failures().reduce(into: []) { known, failure in
        let new = MethodFailure(
          unit: failure.unit, method: failure.method, layer: failure.layer,
          reason: failure.reason)
        if !known.contains(new) { known.append(new) }
      },
      baseline: maker.baseline, accuracy: maker.accuracy, boxShare: maker.boxShare,
      entries: maker.entries)
  }
}

/// Makes the parts of a report.
private struct ReportMaker {
  /// The figures of the units that have one, by metric, layer and method.
  private let columns: [ResultKey: [String: Double]]
  private let bootstrap: Bootstrap
  let baseline: String?

  init(_ results: ResultsFile, _ options: ReportOptions) throws {
    columns = Self.columns(try results.rows())
    bootstrap = Bootstrap(resamples: max(1, options.resamples), seed: options.seed)
    let methods = Set(columns.keys.map(\.method)).subtracting([ResultRow.network]).sorted()
    if let wanted = options.baseline, !methods.contains(wanted) {
      throw EvaluationError(
        .request,
        "\(results.path) has no results of \(wanted); expected one of"
          + " \(methods.joined(separator: ", ")).")
    }
    let usual = methods.contains(Method.gradCAM.name) ? Method.gradCAM.name : methods.first
    baseline = options.baseline ?? usual
  }

  private static func columns(_ rows: [ResultRow]) -> [ResultKey: [String: Double]] {
    var columns: [ResultKey: [String: Double]] = [:]
    var hits: [ResultKey: [(unit: String, hits: MaxBoxAccuracy.Hits)]] = [:]
    for row in rows {
      guard let value = row.value else { continue }
      let key = ResultKey(method: row.method, layer: row.layer, metric: row.metric)
      columns[key, default: [:]][row.unit] = value
      if let hit = row.detail.flatMap({ MaxBoxAccuracy.Hits(bytes: $0) }) {
        hits[key, default: []].append((row.unit, hit))
      }
    }
    for (key, hits) in hits {
      let values = MaxBoxAccuracy.values(hits.map(\.hits))
      columns[key] = Dictionary(zip(hits.map(\.unit), values)) { $1 }
    }
    return columns
  }

  var entries: [Report.Entry] {
    let order = Metric.allCases.map(\.rawValue)
    let keys = columns.keys.filter { $0.method != ResultRow.network }.sorted {
      (order.firstIndex(of: $0.metric) ?? 0, $0.layer, $0.method)
        < (order.firstIndex(of: $1.metric) ?? 0, $1.layer, $1.method)
    }
    return keys.compactMap { key in
      guard let values = columns[key], let estimate = estimate(values) else { return nil }
      return Report.Entry(
        method: key.method, layer: key.layer, metric: key.metric, estimate: estimate,
        difference: difference(key, values))
    }
  }

  var boxShare: Report.Estimate? { column(.boxShare).flatMap(estimate) }

  var accuracy: Report.Accuracy? {
    guard let hits = column(.topOne), let hitsOfFive = column(.topFive),
      let confidences = column(.confidence), let topOne = estimate(hits),
      let topFive = estimate(hitsOfFive)
    else { return nil }
    let photos = hits.keys.sorted().compactMap { unit in
      confidences[unit].map { (confidence: $0, hit: hits[unit] ?? 0) }
    }
    return Report.Accuracy(
      topOne: topOne, topFive: topFive, calibrationError: Calibration.error(photos) ?? 0)
  }

  private func column(_ metric: NetworkMetric) -> [String: Double]? {
    columns[ResultKey(method: ResultRow.network, layer: "", metric: metric.rawValue)]
  }

  /// The units are taken in the order of their names, so that the file's history does not matter.
  private func estimate(_ values: [String: Double]) -> Report.Estimate? {
    estimate(values.keys.sorted().compactMap { values[$0] })
  }

  private func estimate(_ values: [Double]) -> Report.Estimate? {
    guard !values.isEmpty else { return nil }
    let interval = bootstrap.interval(values)
    return Report.Estimate(
      count: values.count, mean: values.reduce(0, +) / Double(values.count),
      low: interval?.lowerBound, high: interval?.upperBound)
  }

  private func difference(_ key: ResultKey, _ values: [String: Double]) -> Report.Difference? {
    guard let baseline, key.method != baseline,
      let others = columns[ResultKey(method: baseline, layer: key.layer, metric: key.metric)]
    else { return nil }
    let differences = values.keys.sorted().compactMap { unit in
      others[unit].map { (values[unit] ?? 0) - $0 }
    }
    return estimate(differences).map {
      Report.Difference(estimate: $0, probability: SignedRankTest.probability(differences))
    }
  }
}
