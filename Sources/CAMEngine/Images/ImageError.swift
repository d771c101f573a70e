/// Why a file did not become an ``Image``; each case prints as one sentence.
public enum ImageError: Error, Equatable {
  /// No file has this path.
  case notFound(path: String)
  /// The path exists, but cannot be read: a directory, or no permission.
  case unreadable(path: String, reason: String)
  /// The file has no bytes.
  case empty(name: String)
  /// The file has more bytes than ``Image/fileSizeLimit``.
  case fileTooLarge(name: String, bytes: Int)
  /// The file's first bytes are of no format that is read.
  case unknownFormat(name: String)
  /// The file is known, and of a format that is not read: what it is, and what to do.
  case foreign(name: String, words: String)
  /// The header claims more pixels than ``Image/pixelLimit``.
  case tooLarge(name: String, width: Int, height: Int)
  /// The file ends before the picture does.
  case truncated(name: String, format: ImageFormat)
  /// The file is damaged, or uses a feature that its decoder does not know.
  case malformed(name: String, format: ImageFormat, reason: String)
}

extension ImageError: CustomStringConvertible {
  /// One sentence: what is wrong, with which file, and what was expected.
  public var description: String {
    switch self {
    case .notFound(let path):
      "There is no file \(path); expected the path of a \(Self.formats) image."
    case .unreadable(let path, let reason):
      "\(path) cannot be read: \(reason); expected a readable \(Self.formats) image file."
    case .empty(let name):
      "\(name) is empty; expected a \(Self.formats) image."
    case .fileTooLarge(let name, let bytes):
      "\(name) has \(bytes) bytes; expected at most \(Image.fileSizeLimit)."
    case .unknownFormat(let name):
      "\(name) is no image in a known format; expected \(Self.formats)."
    case .foreign(let name, let words):
      "\(name) is no \(Self.formats) image: \(words)."
    case .tooLarge(let name, let width, let height):
      "\(name) claims \(width) x \(height) pixels; expected at most \(Image.pixelLimit) pixels in all."
    case .truncated(let name, let format):
      "\(name) is truncated: it ends before the picture does; expected a complete \(format.rawValue) file."
    case .malformed(let name, let format, let reason):
      "\(name) cannot be decoded: \(reason); expected a valid \(format.rawValue) image."
    }
  }

  private static let formats = "JPEG, PNG or WebP"
}

extension ImageError {
  /// For a file whose bytes cannot be had.
  init(_ error: FileBytesError, path: String) {
    switch error {
    case .notFound: self = .notFound(path: path)
    case .unreadable(let reason): self = .unreadable(path: path, reason: reason)
    case .tooLarge(let bytes): self = .fileTooLarge(name: path, bytes: bytes)
    }
  }
}
