import POSIX

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Writes files that are either whole or not there.
public enum AtomicFile {
  /// Writes a file, replacing one of the same name.
  ///
  /// The bytes go to a temporary file in the same folder, are flushed to the disk, and only then get
  /// their name; whatever fails, the old file stays and the temporary one is removed.
  ///
  /// - Parameters:
  ///   - bytes: All of the file.
  ///   - path: Where it is to be.
  /// - Throws: ``OutputError/notWritten(path:reason:)``.
  public static func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
    try write(bytes, to: path, ending: EndOfWriting())
  }

  /// The calls that end a file, which report what went wrong with writing before.
  struct EndOfWriting {
    var flush: (Int32) -> Int32 = { fsync($0) }
    var close: (Int32) -> Int32 = posixClose
  }

  /// As the public one, by the calls of a test.
  static func write(
    _ bytes: [UInt8], to path: String, ending: EndOfWriting
  ) throws(OutputError) {
    let temporary = temporaryPath(beside: path)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(path) }
    do throws(OutputError) {
      try fill(descriptor, bytes, path: path, ending)
      guard rename(temporary, path) == 0 else { throw failure(path) }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Writes and flushes all bytes; closes the file in any case.
  private static func fill(
    _ descriptor: Int32, _ bytes: [UInt8], path: String, _ ending: EndOfWriting
  ) throws(OutputError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Self.write(descriptor, buffer, from: written)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        let error = failure(path)
        close(descriptor)
        throw error
      }
      written += count
    }
    let flushing = ending.flush(descriptor) == 0 ? nil : failure(path)
    let closing = ending.close(descriptor) == 0 ? nil : failure(path)
    if let error = flushing ?? closing { throw error }
  }

  private static func write(
    _ descriptor: Int32, _ buffer: UnsafeRawBufferPointer, from offset: Int
  ) -> Int {
    posixWrite(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
  }

  private static func temporaryPath(beside path: String) -> String {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { path[...$0] } ?? ""
    let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
    return "\(folder).\(name).\(UInt64.random(in: 0 ... .max))"
  }

  private static func failure(_ path: String) -> OutputError {
    .notWritten(path: path, reason: SystemReason.sentence(for: errno))
  }
}

/// The C function, whose name a property hides.
private func posixClose(_ descriptor: Int32) -> Int32 { close(descriptor) }

/// The C function, whose name the type's own method hides.
private func posixWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, buffer, count)
}
