import CAMEngine
import Foundation
import GRDB

/// Results in an SQLite file: table `run` with the settings, `model` with the network's path, `unit` with
/// the photos, `result` with one row a unit, method, layer and metric, `failure` with the reasons of those
/// that could not be had, and the view `measurement`, which joins units and results.
///
/// Each unit's rows of one method are written in one transaction, so that a process that is killed leaves
/// only whole ones. The file has SQLite's rollback journal, which is there only while something is written:
/// a file at rest is one file, which is read where nothing can be written, and which locks on a network
/// folder protect. (WAL keeps two more files, needs to write them even for reading, and shares memory,
/// which machines cannot.) Who finds the file busy waits: processes may share it.
public struct ResultsFile: Sendable {
  /// The path.
  public let path: String
  let queue: DatabaseQueue
  private let isReadOnly: Bool

  /// How long one process waits for another.
  private static let patience = 60.0

  /// Opens a file, and makes it if it is not there.
  ///
  /// - Parameter path: The file.
  /// - Throws: `OutputError` when it cannot be written, ``EvaluationError`` when it is something else.
  public init(creating path: String) throws {
    self.path = path
    isReadOnly = false
    queue = try Self.translating(path, isReadOnly: false) {
      var configuration = Configuration()
      configuration.busyMode = .timeout(Self.patience)
      configuration.prepareDatabase { try Self.leaveWAL($0) }
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
    isReadOnly = true
    queue = try Self.translating(path, isReadOnly: true) { try Self.openedForReading(path) }
    guard try settings() != nil else {
      throw EvaluationError(.malformed, "\(path) holds no results of camtui evaluate.")
    }
  }

  /// Where a run was ended while it wrote, whoever may write undoes what is not whole.
  private static func openedForReading(_ path: String) throws -> DatabaseQueue {
    func opened(isReadOnly: Bool) throws -> DatabaseQueue {
      var configuration = Configuration()
      configuration.readonly = isReadOnly
      configuration.busyMode = .timeout(patience)
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      _ = try queue.read { try $0.tableExists("run") }
      return queue
    }
    do {
      return try opened(isReadOnly: true)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
      _ = try opened(isReadOnly: false)
      return try opened(isReadOnly: true)
    }
  }

  /// Files of earlier versions are in WAL mode; another process may be leaving it just now.
  private static func leaveWAL(_ database: Database) throws {
    let deadline = Date.now + patience
    while true {
      do {
        try database.execute(sql: "PRAGMA journal_mode = DELETE")
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
    CREATE TABLE IF NOT EXISTS failure (
      unit TEXT NOT NULL, method TEXT NOT NULL, layer TEXT NOT NULL, metric TEXT NOT NULL,
      reason TEXT NOT NULL, PRIMARY KEY (unit, method, layer, metric)) WITHOUT ROWID;
    CREATE VIEW IF NOT EXISTS measurement AS
      SELECT result.unit, path, class, label, method, layer, metric, value, modelHash, settings
      FROM result JOIN unit ON unit.name = result.unit CROSS JOIN run;
    """

  /// Runs work on the file, its errors as sentences.
  func perform<Result>(_ body: (DatabaseQueue) throws -> Result) throws -> Result {
    try Self.translating(path, isReadOnly: isReadOnly) { try body(queue) }
  }

  private static func translating<Result>(
    _ path: String, isReadOnly: Bool, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_ERROR:
        throw EvaluationError(.malformed, "\(path) holds no results of camtui evaluate.")
      case _ where isReadOnly:
        throw EvaluationError(
          .missing, "\(path) cannot be read: \(readingReason(error)); results were expected.")
      default: throw OutputError.notWritten(path: path, reason: reason(error))
      }
    }
  }

  private static func readingReason(_ error: DatabaseError) -> String {
    switch error.resultCode {
    case .SQLITE_READONLY, .SQLITE_CANTOPEN:
      "it may not be opened, or a run was ended while it wrote and the rest must be undone where the"
        + " folder can be written"
    default: reason(error)
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
