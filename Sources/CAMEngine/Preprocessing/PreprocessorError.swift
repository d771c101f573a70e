/// Why a preprocessing configuration cannot be used; each case prints as one sentence.
public enum PreprocessorError: Error, Equatable {
  /// No file has this path.
  case notFound(path: String)
  /// The file exists, but cannot be read.
  case unreadable(path: String, reason: String)
  /// The file is not a JSON object.
  case notJSON(name: String)
  /// A key is missing, or its value has another type or range.
  case wrongValue(name: String, key: String, expected: String)
  /// The configuration makes another size than the model takes.
  case sizeMismatch(name: String, width: Int, height: Int, modelWidth: Int, modelHeight: Int)
  /// The configuration makes more pixels of this photo than ``Image/pixelLimit``.
  case tooLarge(name: String, width: Int, height: Int)
}

extension PreprocessorError: CustomStringConvertible {
  /// One sentence: what is wrong, where, and what was expected.
  public var description: String {
    switch self {
    case .notFound(let path):
      "There is no file \(path); expected a preprocessor_config.json."
    case .unreadable(let path, let reason):
      "\(path) cannot be read: \(reason); expected a preprocessor_config.json."
    case .notJSON(let name):
      "\(name) is not a JSON object; expected a preprocessor_config.json."
    case .wrongValue(let name, let key, let expected):
      "\(name) has no usable \"\(key)\"; expected \(expected)."
    case .tooLarge(let name, let width, let height):
      "\(name) makes \(width) x \(height) pixels of this photo; expected at most "
        + "\(Image.pixelLimit) in all."
    case .sizeMismatch(let name, let width, let height, let modelWidth, let modelHeight):
      "\(name) prepares \(width) x \(height) pixels; expected the model's input size, "
        + "\(modelWidth) x \(modelHeight)."
    }
  }
}
