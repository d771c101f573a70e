import CAMEngine
import Foundation
import GRDB

extension ResultsFile {
  /// The version of the tables.
  private static let format = 2

  /// Writes the settings into a new file, or compares them with those that are there.
  ///
  /// - Parameters:
  ///   - settings: The settings.
  ///   - modelPath: Where the network is; the first path is kept.
  /// - Throws: ``EvaluationError`` that names the settings in which they differ.
  func adopt(_ settings: RunSettings, modelPath: String? = nil) throws {
    let text = try settings.encoded()
    try perform { queue in
      try queue.write { database in
        try database.execute(
          sql: "INSERT OR IGNORE INTO run (id, format, modelHash, settings) VALUES (1, ?, ?, ?)",
          arguments: [Self.format, settings.modelHash, text])
        guard let modelPath else { return }
        try database.execute(
          sql: "INSERT OR IGNORE INTO model (id, path) VALUES (1, ?)", arguments: [modelPath])
      }
    }
    guard let present = try self.settings(), present != settings else { return }
    let names = try present.differences(settings).joined(separator: ", ")
    throw EvaluationError(
      .request,
      "\(path) holds results of other settings (\(names) differ); expected the same, or another"
        + " file.")
  }

  /// Writes the rows of a unit, all or none; rows that are there stay as they are.
  ///
  /// - Parameters:
  ///   - unit: The unit.
  ///   - rows: Its rows.
  /// - Throws: `OutputError` when the file cannot be written.
  func record(_ unit: UnitRecord, _ rows: [ResultRow]) throws {
    try perform { queue in
      try queue.write { database in
        try Self.insert(unit, database)
        for row in rows { try Self.insert(row, database) }
        try Self.forgetMendedFailures(database)
      }
    }
  }

  /// Writes why some figures of a unit could not be had; those that are there stay.
  ///
  /// - Parameters:
  ///   - unit: The unit.
  ///   - failures: Its failures.
  /// - Throws: `OutputError` when the file cannot be written.
  func record(_ unit: UnitRecord, failures: [FailureRecord]) throws {
    try perform { queue in
      try queue.write { database in
        try Self.insert(unit, database)
        for failure in failures { try Self.insert(failure, database) }
        try Self.forgetMendedFailures(database)
      }
    }
  }

  static func insert(_ failure: FailureRecord, _ database: Database) throws {
    try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO failure (unit, method, layer, metric, reason)
        VALUES (?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [failure.unit, failure.method, failure.layer, failure.metric, failure.reason])
  }

  /// A figure that could be had once is no failure, whichever came first.
  static func forgetMendedFailures(_ database: Database) throws {
    try database.cachedStatement(
      sql: """
        DELETE FROM failure WHERE EXISTS (
          SELECT 1 FROM result WHERE result.unit = failure.unit
            AND result.method = failure.method AND result.layer = failure.layer
            AND result.metric = failure.metric)
        """
    ).execute()
  }

  /// A unit that could be evaluated once stays so.
  static func insert(_ unit: UnitRecord, _ database: Database) throws {
    try database.cachedStatement(
      sql: """
        INSERT INTO unit (name, path, class, label, failure) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET
          class = coalesce(excluded.class, class), label = coalesce(excluded.label, label),
          failure = CASE WHEN excluded.failure IS NULL OR failure IS NULL THEN NULL
            ELSE excluded.failure END
        """
    ).execute(arguments: [unit.name, unit.path, unit.target, unit.label, unit.failure])
  }

  static func insert(_ row: ResultRow, _ database: Database) throws {
    try database.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO result (unit, method, layer, metric, value, detail)
        VALUES (?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [
        row.unit, row.method, row.layer, row.metric, row.value, row.detail.map { Data($0) },
      ])
  }
}
