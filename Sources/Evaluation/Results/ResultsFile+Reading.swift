import CAMEngine
import Foundation
import GRDB

extension ResultsFile {
  /// The settings of all results; nil in an empty file.
  ///
  /// - Returns: The settings.
  /// - Throws: ``EvaluationError`` when the file holds something else.
  public func settings() throws -> RunSettings? {
    let text = try perform { queue in
      try queue.read { try String.fetchOne($0, sql: "SELECT settings FROM run") }
    }
    guard let text else { return nil }
    guard let settings = try? JSONDecoder().decode(RunSettings.self, from: Data(text.utf8)) else {
      throw EvaluationError(
        .malformed, "\(path) holds settings of another version of camtui evaluate.")
    }
    return settings
  }

  /// The path of the network as it was then; nil where it is not known.
  ///
  /// - Returns: A path, seen from the folder where the results were made.
  /// - Throws: ``EvaluationError`` when the file is damaged.
  public func modelPath() throws -> String? {
    try perform { queue in
      try queue.read { database in
        guard try database.tableExists("model") else { return nil }
        return try String.fetchOne(database, sql: "SELECT path FROM model")
      }
    }
  }

  /// The methods, layers and metrics of all rows, in this order.
  func keys() throws -> [ResultKey] {
    try perform { queue in
      try queue.read { database in
        try Row.fetchAll(
          database,
          sql: "SELECT DISTINCT method, layer, metric FROM result ORDER BY method, layer, metric"
        ).map { ResultKey(method: $0[0], layer: $0[1], metric: $0[2]) }
      }
    }
  }

  /// The metrics that are there of a unit, by method and layer.
  func known(_ unit: String) throws -> Set<ResultKey> {
    try perform { queue in
      try queue.read { database in
        let rows = try Row.fetchAll(
          database, sql: "SELECT method, layer, metric FROM result WHERE unit = ?",
          arguments: [unit])
        return Set(rows.map { ResultKey(method: $0[0], layer: $0[1], metric: $0[2]) })
      }
    }
  }

  /// All units, ordered by name.
  ///
  /// - Returns: What was evaluated, or failed.
  /// - Throws: ``EvaluationError`` when the file is damaged.
  public func units() throws -> [UnitRecord] {
    try perform { queue in
      try queue.read { database in
        try Row.fetchAll(
          database, sql: "SELECT name, path, class, label, failure FROM unit ORDER BY name"
        ).map {
          UnitRecord(name: $0[0], path: $0[1], target: $0[2], label: $0[3], failure: $0[4])
        }
      }
    }
  }

  /// The figures that could not be had, ordered by unit, method, layer and metric.
  ///
  /// - Returns: The failures; none in files of versions that did not keep them.
  /// - Throws: ``EvaluationError`` when the file is damaged.
  public func failures() throws -> [FailureRecord] {
    try perform { queue in
      try queue.read { database in
        guard try database.tableExists("failure") else { return [] }
        return try Row.fetchAll(
          database,
          sql: """
            SELECT unit, method, layer, metric, reason FROM failure
            ORDER BY unit, method, layer, metric
            """
        ).map {
          FailureRecord(unit: $0[0], method: $0[1], layer: $0[2], metric: $0[3], reason: $0[4])
        }
      }
    }
  }

  /// All rows, ordered by method, layer, metric and unit.
  ///
  /// - Returns: The rows.
  /// - Throws: ``EvaluationError`` when the file is damaged.
  public func rows() throws -> [ResultRow] {
    try rows(where: "TRUE ORDER BY method, layer, metric, unit")
  }

  /// The rows of a method, layer and metric that have a figure, in no order.
  ///
  /// - Parameters:
  ///   - method: The method with its settings.
  ///   - layer: The layer.
  ///   - metric: The name of the metric.
  /// - Returns: One row a unit.
  /// - Throws: ``EvaluationError`` when the file is damaged.
  func rows(method: String, layer: String, metric: String) throws -> [ResultRow] {
    try rows(
      where: "method = ? AND layer = ? AND metric = ? AND value IS NOT NULL",
      [method, layer, metric])
  }

  private func rows(
    where condition: String, _ arguments: StatementArguments = StatementArguments()
  ) throws -> [ResultRow] {
    let sql = "SELECT unit, method, layer, metric, value, detail FROM result WHERE \(condition)"
    return try perform { queue in
      try queue.read { database in
        try Row.fetchAll(database, sql: sql, arguments: arguments).map { row in
          ResultRow(
            unit: row[0], method: row[1], layer: row[2], metric: row[3], value: row[4],
            detail: (row[5] as Data?).map { Array($0) })
        }
      }
    }
  }
}

/// What a row is about, apart from its unit.
struct ResultKey: Hashable {
  var method: String
  var layer: String
  var metric: String
}
