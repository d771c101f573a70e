import CAMEngine
import Foundation
import GRDB

/// Results in an SQLite file: table `run` with the settings, `model` with the network's path, `unit` with
/// the photos, `result` with one row a unit, method, layer and metric, and the view `measurement`, which
/// joins them.
///
/// Each unit's rows of one method are written in one transaction, so that a process that is killed leaves
/// only whole ones. The file is in WAL mode, and a writer waits for another: processes may share it.
public struct ResultsFile: Sendable {
  /// The path.
  public let path: String
  let queue: DatabaseQueue

  /// How long one process waits for another.
  private static let patience = 60.0

  /// Opens a file, and makes it if it is not there.
  ///
  /// - Parameter path: The file.
  /// - Throws: `OutputError` when it cannot be written, ``EvaluationError`` when it is something else.
  public init(creating path: String) throws {
    self.path = path
    queue = try Self.translating(path) {
      var configuration = Configuration()
      configuration.busyMode = .timeout(Self.patience)
      configuration.prepareDatabase { try Self.prepare($0) }
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.write { try $0.execute(sql: Self.schema) }
      return queue
    }
  }

  /// Opens a file for reading.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``EvaluationError`` when it is missing, or no file of results.
  public init(reading path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw EvaluationError(.missing, "There is no file \(path); results were expected.")
    }
    self.path = path
    queue = try Self.translating(path) {
      var configuration = Configuration()
      configuration.readonly = true
      configuration.busyMode = .timeout(Self.patience)
      return try DatabaseQueue(path: path, configuration: configuration)
    }
    guard try settings() != nil else {
      throw EvaluationError(.malformed, "\(path) holds no results of camtui evaluate.")
    }
  }

  /// WAL lets readers go on beside a writer; another process may be switching to it just now.
  private static func prepare(_ database: Database) throws {
    let deadline = Date.now + patience
    while true {
      do {
        try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
        return
      } catch let error as DatabaseError
        where error.resultCode == .SQLITE_BUSY && Date.now < deadline
      {
        Thread.sleep(forTimeInterval: 0.05)
      }
    }
  }

  private static let schema = """
    CREATE TABLE IF NOT EXISTS run (
      id INTEGER PRIMARY KEY CHECK (id = 1), format INTEGER NOT NULL, modelHash TEXT NOT NULL,
      settings TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS model (
      id INTEGER PRIMARY KEY CHECK (id = 1), path TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS unit (
      name TEXT PRIMARY KEY, path TEXT NOT NULL, class INTEGER, label TEXT, failure TEXT
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS result (
      unit TEXT NOT NULL, method TEXT NOT NULL, layer TEXT NOT NULL, metric TEXT NOT NULL,
      value REAL, detail BLOB, PRIMARY KEY (unit, method, layer, metric)) WITHOUT ROWID;
    CREATE VIEW IF NOT EXISTS measurement AS
      SELECT result.unit, path, class, label, method, layer, metric, value, modelHash, settings
      FROM result JOIN unit ON unit.name = result.unit CROSS JOIN run;
    """

  /// Runs work on the file, its errors as sentences.
  func perform<Result>(_ body: (DatabaseQueue) throws -> Result) throws -> Result {
    try Self.translating(path) { try body(queue) }
  }

  private static func translating<Result>(
    _ path: String, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_ERROR:
        throw EvaluationError(.malformed, "\(path) holds no results of camtui evaluate.")
      default: throw OutputError.notWritten(path: path, reason: reason(error))
      }
    }
  }

  private static func reason(_ error: DatabaseError) -> String {
    switch error.resultCode {
    case .SQLITE_FULL: "the disk is full"
    case .SQLITE_READONLY: "it is read-only"
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: "it cannot be opened"
    case .SQLITE_BUSY, .SQLITE_LOCKED: "another process holds it for more than a minute"
    default: error.message ?? "SQLite reports \(error.resultCode)"
    }
  }
}
