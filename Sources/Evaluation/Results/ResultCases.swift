public import CAMEngine

/// Which images of an evaluation are to be looked at.
public struct CaseSelection: Sendable, Equatable {
  /// The method with its settings; nil for the first one of the results by name.
  public var method: String?
  /// The metric; nil for the first one there is of ``ResultCases/usualMetrics``.
  public var metric: Metric?
  /// The layer; nil for the first one of the method by name.
  public var layer: String?
  /// How many of the worst; nil for none where ``best`` is given, else some.
  public var worst: Int?
  /// How many of the best; nil for none where ``worst`` is given, else some.
  public var best: Int?

  /// The worst and the best of the method whose name comes first.
  public init() {}
}

/// An image with its place among all by a figure.
public struct ResultCase: Sendable, Equatable {
  /// The image.
  public var unit: UnitRecord
  /// The explained class.
  public var target: Int
  /// The figure.
  public var value: Double
  /// Whether ``place`` is counted from the worst, else from the best.
  public var isWorst: Bool
  /// The place, from 1; of equal figures in the order of the images' names.
  public var place: Int
}

/// The worst and the best images of a method by a metric.
public struct ResultCases: Sendable, Equatable {
  /// The method with its settings.
  public let method: String
  /// The layer.
  public let layer: String
  /// The metric.
  public let metric: Metric
  /// How many images have a figure.
  public let count: Int
  /// The worst, the very worst first; then the best, the very best first. Each image is there once.
  public let cases: [ResultCase]

  /// The metrics to choose from where none is named: those of how a map ranks places first, which can
  /// be compared between methods.
  public static let usualMetrics: [Metric] = [
    .insertionMinusDeletion, .pixelAveragePrecision, .insertion, .deletion, .adcc, .averageDrop,
    .averageGain, .energyPointingGame, .bestBoxIoU, .boxIoU, .pointingGame, .increaseInConfidence,
    .coherency, .complexity,
  ]

  /// How many there are of either kind where no number is given.
  static let usualCount = 8
}

extension ResultsFile {
  /// The worst and the best images of a method.
  ///
  /// - Parameter selection: Which.
  /// - Returns: The images with their places.
  /// - Throws: ``EvaluationError`` when there are no results of the method, the layer or the metric, or
  ///   the metric has neither a better nor a worse.
  public func cases(_ selection: CaseSelection = CaseSelection()) throws -> ResultCases {
    let keys = try keys().filter { $0.method != ResultRow.network }
    let method = try choice(selection.method, of: keys.map(\.method), "method")
    let ofMethod = keys.filter { $0.method == method }
    let layer = try choice(selection.layer, of: ofMethod.map(\.layer), "layer")
    let metrics = ofMethod.filter { $0.layer == layer }.map(\.metric)
    let usual = ResultCases.usualMetrics.map(\.rawValue).first(where: metrics.contains)
    let metric = try choice(selection.metric?.rawValue ?? usual, of: metrics, "metric")
    guard let known = Metric(rawValue: metric), let isHigherBetter = known.isHigherBetter else {
      throw EvaluationError(
        .request,
        "\(metric) has neither better nor worse values; expected another metric of \(path).")
    }
    let rows = try rows(method: method, layer: layer, metric: metric)
    guard !rows.isEmpty else {
      throw EvaluationError(
        .request, "\(path) has no image with a figure for \(metric) of \(method).")
    }
    return ResultCases(
      method: method, layer: layer, metric: known, count: rows.count,
      cases: try cases(selection, of: rows, isHigherBetter))
  }

  private func cases(
    _ selection: CaseSelection, of rows: [ResultRow], _ isHigherBetter: Bool
  ) throws -> [ResultCase] {
    let usual = selection.worst == nil && selection.best == nil ? ResultCases.usualCount : 0
    let worst = Self.places(rows, lowestFirst: isHigherBetter).prefix(selection.worst ?? usual)
    let isShown = Set(worst.map { $0.row.unit })
    let best = Self.places(rows, lowestFirst: !isHigherBetter)
      .filter { !isShown.contains($0.row.unit) }.prefix(selection.best ?? usual)
    let units = Dictionary(try units().map { ($0.name, $0) }) { first, _ in first }
    func cases(_ places: some Sequence<(place: Int, row: ResultRow)>, isWorst: Bool) -> [ResultCase]
    {
      places.compactMap { place, row in
        guard let unit = units[row.unit], let target = unit.target, let value = row.value else {
          return nil
        }
        return ResultCase(
          unit: unit, target: target, value: value, isWorst: isWorst, place: place)
      }
    }
    return cases(worst, isWorst: true) + cases(best, isWorst: false)
  }

  /// Rows with their places from 1; of equal figures in the order of the units' names.
  private static func places(
    _ rows: [ResultRow], lowestFirst: Bool
  ) -> [(place: Int, row: ResultRow)] {
    let sign = lowestFirst ? 1.0 : -1
    let sorted = rows.sorted {
      (sign * ($0.value ?? 0), $0.unit) < (sign * ($1.value ?? 0), $1.unit)
    }
    return sorted.enumerated().map { ($0 + 1, $1) }
  }

  /// The wanted name, or the first one by name.
  private func choice(_ wanted: String?, of names: [String], _ kind: String) throws -> String {
    guard let first = names.first else {
      throw EvaluationError(.request, "\(path) has no results of any \(kind).")
    }
    guard let wanted else { return first }
    guard names.contains(wanted) else {
      var unique: [String] = []
      for name in names where !unique.contains(name) { unique.append(name) }
      throw EvaluationError(
        .request,
        "\(path) has no results of the \(kind) \(wanted); expected one of"
          + " \(unique.joined(separator: ", ")).")
    }
    return wanted
  }
}
