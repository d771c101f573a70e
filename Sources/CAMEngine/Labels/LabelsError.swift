/// Why labels cannot be used; each case prints as one sentence.
public enum LabelsError: Error, Equatable {
  /// No file has this path.
  case notFound(path: String)
  /// The file exists, but cannot be read.
  case unreadable(path: String, reason: String)
  /// The file has no labels.
  case empty(name: String)
  /// The file is neither UTF-8 text nor a `config.json` with an `id2label`.
  case malformed(name: String, reason: String)
  /// There are more or fewer labels than classes.
  case wrongCount(name: String, labels: Int, classes: Int)
  /// No class is called so, or has this number.
  case noSuchClass(text: String, classes: Int, nearest: [String])
}

extension LabelsError: CustomStringConvertible {
  /// One sentence: what is wrong, where, and what was expected.
  public var description: String {
    switch self {
    case .notFound(let path):
      "There is no file \(path); expected class labels, one a line."
    case .unreadable(let path, let reason):
      "\(path) cannot be read: \(reason); expected class labels, one a line."
    case .empty(let name):
      "\(name) has no labels; expected class labels, one a line."
    case .malformed(let name, let reason):
      "\(name) is unusable: \(reason); expected labels one a line, or a config.json with \"id2label\"."
    case .wrongCount(let name, let labels, let classes):
      "\(name) has \(labels) labels; expected \(classes), one for each class of the model."
    case .noSuchClass(let text, let classes, let nearest):
      "No class is called \"\(text)\"; expected \(Self.choice(classes: classes, nearest: nearest))."
    }
  }

  private static func choice(classes: Int, nearest: [String]) -> String {
    let number = "a number from 0 to \(classes - 1) or a label"
    guard !nearest.isEmpty else { return number }
    return number + " such as " + nearest.map { "\"\($0)\"" }.joined(separator: ", ")
  }
}
