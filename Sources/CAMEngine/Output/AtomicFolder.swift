import Foundation
import POSIX

/// Makes folders that are either complete or not there.
public enum AtomicFolder {
  /// Makes a new folder with files in it; nothing that exists is touched.
  ///
  /// The files go to a temporary folder beside it, which then gets the wanted name, or, where that is
  /// taken, the first free one of `NAME-2`, `NAME-3` and so on. Whatever fails, nothing is left.
  ///
  /// - Parameters:
  ///   - name: The wanted name.
  ///   - parent: The path of the folder that it lies in.
  ///   - fill: Writes the files to the folder whose path it is given.
  /// - Returns: The path of the folder.
  /// - Throws: ``OutputError/notWritten(path:reason:)`` that names the wanted path; what `fill` throws.
  public static func make(
    _ name: String, in parent: String, filling fill: (String) throws -> Void
  ) throws -> String {
    let wanted = "\(parent)/\(name)"
    let temporary = "\(parent)/.\(name).\(UInt64.random(in: 0 ... .max))"
    guard mkdir(temporary, 0o777) == 0 else { throw failure(wanted) }
    do {
      try fill(temporary)
      return try named(temporary, wanted)
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      guard case OutputError.notWritten(let path, let reason) = error, path.hasPrefix(temporary)
      else { throw error }
      throw OutputError.notWritten(
        path: wanted + path.dropFirst(temporary.count), reason: reason)
    }
  }

  /// Gives the folder the first name that is free.
  private static func named(_ temporary: String, _ wanted: String) throws -> String {
    var number = 1
    while true {
      let path = number == 1 ? wanted : "\(wanted)-\(number)"
      number += 1
      // An empty folder of that name would be replaced.
      var status = stat()
      guard lstat(path, &status) != 0 else { continue }
      if rename(temporary, path) == 0 { return path }
      guard [EEXIST, ENOTEMPTY, ENOTDIR].contains(errno) else { throw failure(wanted) }
    }
  }

  private static func failure(_ path: String) -> OutputError {
    .notWritten(path: path, reason: SystemReason.sentence(for: errno))
  }
}
