import Foundation
import POSIX

/// A file mapped read-only into memory. Its bytes never change while it is open, so that any
/// thread may read them.
package final class MappedFile: @unchecked Sendable {
  /// The path that it was opened by.
  package let path: String
  /// Its length in bytes.
  package let count: Int
  private let base: UnsafeMutableRawPointer?

  /// Maps the file at `path`.
  ///
  /// - Parameter path: the path of a regular file.
  /// - Throws: ``InferenceError/fileNotFound(path:)`` or
  ///   ``InferenceError/fileUnreadable(path:reason:)``.
  package init(path: String) throws {
    // Without O_NONBLOCK a pipe would be waited for.
    let descriptor = open(PathBytes.cString(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw errno == ENOENT
        ? InferenceError.fileNotFound(path: path) : Self.unreadable(path, errno)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.unreadable(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      let reason = isFolder ? ForeignFolders.words(for: path) : "it is not a file"
      throw InferenceError.fileUnreadable(path: path, reason: reason)
    }
    self.path = path
    count = Int(status.st_size)
    guard count > 0 else {
      base = nil
      return
    }
    let mapped = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let mapped, mapped != MAP_FAILED else { throw Self.unreadable(path, errno) }
    base = mapped
  }

  deinit {
    if let base { munmap(base, count) }
  }

  /// The mapped bytes; valid as long as this object lives.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  private static func unreadable(_ path: String, _ code: Int32) -> InferenceError {
    .fileUnreadable(path: path, reason: SystemReason.sentence(for: code))
  }
}
