import CAMEngine
import GRDB

extension ResultsFile {
  /// Joins files of the same settings, such as those of several shards.
  ///
  /// Of a row that several files have, the first one is kept; a unit that failed in one file and succeeded
  /// in another succeeded.
  ///
  /// - Parameters:
  ///   - paths: The files to take from.
  ///   - path: The file to write; what it holds already stays.
  /// - Returns: The joined file.
  /// - Throws: ``EvaluationError`` when a file is missing or no file of results, or their settings differ;
  ///   nothing is written then. `OutputError` when the joined file cannot be written.
  public static func merging(_ paths: [String], into path: String) throws -> ResultsFile {
    let parts = try paths.map { try ResultsFile(reading: $0) }
    let settings = try parts.compactMap { try $0.settings() }
    guard let first = settings.first else {
      throw EvaluationError(.request, "No file to merge; expected files of camtui evaluate.")
    }
    for (part, other) in zip(parts, settings) where other != first {
      let names = try first.differences(other).joined(separator: ", ")
      throw EvaluationError(
        .request,
        "\(part.path) holds results of other settings than \(parts[0].path) (\(names) differ);"
          + " expected parts of one run.")
    }
    let joined = try ResultsFile(creating: path)
    try joined.adopt(first, modelPath: try parts.lazy.compactMap { try $0.modelPath() }.first)
    for part in parts { try joined.take(part) }
    return joined
  }

  private func take(_ other: ResultsFile) throws {
    let (units, rows, failures) = (try other.units(), try other.rows(), try other.failures())
    try perform { queue in
      try queue.write { database in
        for unit in units { try Self.insert(unit, database) }
        for row in rows { try Self.insert(row, database) }
        for failure in failures { try Self.insert(failure, database) }
        try Self.forgetMendedFailures(database)
      }
    }
  }
}
