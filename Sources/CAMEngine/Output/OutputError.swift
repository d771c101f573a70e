/// Why a file was not written, or an array file not read; each case prints as one sentence.
public enum OutputError: Error, Equatable {
  /// The file could not be written.
  case notWritten(path: String, reason: String)
  /// A picture could not be encoded.
  case notEncoded(format: ImageFormat, reason: String)
  /// An array file could not be read.
  case notRead(name: String, reason: String)
}

extension OutputError: CustomStringConvertible {
  /// One sentence: what is wrong, where, and what was expected.
  public var description: String {
    switch self {
    case .notWritten(let path, let reason):
      "\(path) cannot be written: \(reason); expected a file name in a writable folder."
    case .notEncoded(let format, let reason):
      "The picture cannot be encoded as \(format.rawValue): \(reason)."
    case .notRead(let name, let reason):
      "\(name) cannot be read: \(reason); expected a NumPy array file in C order of <f4 or <i8 values."
    }
  }
}
