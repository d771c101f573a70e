import Inference
import POSIX

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Why a file's bytes cannot be had; those who ask turn it into a sentence of their own.
enum FileBytesError: Error, Equatable {
  case notFound
  case unreadable(reason: String)
  case tooLarge(bytes: Int)

  /// For an `errno` that a call on a path left.
  init(code: Int32) {
    self =
      code == ENOENT || code == ENOTDIR
      ? .notFound : .unreadable(reason: SystemReason.sentence(for: code))
  }

  /// What is wrong, to stand within a sentence.
  var reason: String {
    switch self {
    case .notFound: "there is no such file"
    case .unreadable(let reason): reason
    case .tooLarge(let bytes): "it has \(bytes) bytes, more than \(FileBytes.limit)"
    }
  }
}

/// Reads whole files.
enum FileBytes {
  /// The most bytes that are read from one file: 512 MiB.
  static let limit = 512 << 20

  /// The bytes of a file.
  ///
  /// - Parameter path: The file.
  /// - Returns: All its bytes.
  /// - Throws: ``FileBytesError`` for what is missing, not a file, not permitted, or too large.
  static func read(_ path: String) throws(FileBytesError) -> [UInt8] {
    let (descriptor, size) = try opened(path)
    defer { close(descriptor) }
    guard size <= limit else { throw .tooLarge(bytes: size) }
    return try readToEnd(descriptor, sizeHint: size)
  }

  /// The first bytes of a file, as many as tell what it is.
  ///
  /// - Parameter path: The file.
  /// - Returns: Up to 64 KiB; nil for a pipe, which can be read only once.
  /// - Throws: ``FileBytesError`` for what is missing, not a file, or not permitted.
  static func beginning(of path: String) throws(FileBytesError) -> [UInt8]? {
    let (descriptor, _) = try opened(path)
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    if count < 0, errno == ESPIPE { return nil }
    guard count >= 0 else { throw FileBytesError(code: errno) }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  /// Opens a file that is no folder.
  private static func opened(
    _ path: String
  ) throws(FileBytesError) -> (descriptor: Int32, size: Int) {
    let descriptor = open(PathBytes.cString(path), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileBytesError(code: errno) }
    var status = stat()
    let code = fstat(descriptor, &status) == 0 ? 0 : errno
    guard code == 0, status.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw FileBytesError(code: code == 0 ? EISDIR : code)
    }
    return (descriptor, Int(status.st_size))
  }

  /// The size in the directory is only a hint, since pipes have none.
  private static func readToEnd(
    _ descriptor: Int32, sizeHint: Int
  ) throws(FileBytesError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: max(sizeHint + 1, 4096))
    var filled = 0
    while true {
      let count = bytes.withUnsafeMutableBytes { readOnce(descriptor, $0, from: filled) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileBytesError(code: errno) }
      guard count > 0 else { break }
      filled += count
      guard filled <= limit else { throw .tooLarge(bytes: filled) }
      if filled == bytes.count { bytes.append(contentsOf: repeatElement(0, count: filled)) }
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }
}

/// The C function, whose name the type's own method hides.
private func readOnce(
  _ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer, from offset: Int
) -> Int {
  read(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
}
