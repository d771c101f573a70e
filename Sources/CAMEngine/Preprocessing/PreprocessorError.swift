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
  /// A key that may change pixels is not known.
  case unknownKey(name: String, key: String)
  /// The file is for a class whose rules are not known.
  case unknownProcessor(name: String, type: String)
  /// The file is for code that comes with the model.
  case ownCode(name: String, code: String)
  /// The network takes bytes, and the configuration makes real numbers of them.
  case bytesExpected(name: String)
  /// The network does something else than telling classes.
  case otherTask(name: String, task: String, results: String)
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
    case .unknownKey(let name, let key):
      "\(name) has the key \"\(key)\", which camtui does not understand and which may change pixels; "
        + Self.help
    case .unknownProcessor(let name, let type):
      "\(name) is for \(type), whose rules camtui does not know; " + Self.help
    case .ownCode(let name, let code):
      "\(name) is for code of the model's own (auto_map: \(code)), which camtui does not run; "
        + Self.help
    case .bytesExpected(let name):
      "\(name) rescales or normalises, and the model takes bytes; expected \"do_rescale\": false and "
        + "\"do_normalize\": false."
    case .otherTask(let name, let task, let results):
      "The \(name) says that the task is \(task), which gives \(results); expected an image classifier."
    case .tooLarge(let name, let width, let height):
      "\(name) makes \(width) x \(height) pixels of this photo; expected at most "
        + "\(Image.pixelLimit) in all."
    case .sizeMismatch(let name, let width, let height, let modelWidth, let modelHeight):
      "\(name) prepares \(width) x \(height) pixels; expected the model's input size, "
        + "\(modelWidth) x \(modelHeight)."
    }
  }

  private static let help =
    "expected the known keys alone, as a file of one's own for --preprocessor may have them."
}
