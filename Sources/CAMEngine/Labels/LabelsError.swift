/// Why labels cannot be used; each case prints as one sentence.
public enum LabelsError: Error, Equatable {
  /// No file has this path.
  case notFound(path: String)
  /// The file exists, but cannot be read.
  case unreadable(path: String, reason: String)
  /// The file has no labels.
  case empty(name: String)
  /// The file is no text, or in none of the formats that are read.
  case malformed(name: String, reason: String)
  /// There are more or fewer labels than classes.
  case wrongCount(name: String, labels: Int, classes: Int)
  /// A class has two labels.
  case duplicate(name: String, index: Int, labels: [String])
  /// A class has none; the numbers begin at `first`.
  case gap(name: String, index: Int, first: Int)
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
      "\(name) has no labels that can be read: \(reason)."
    case .wrongCount(let name, let labels, let classes):
      "\(name) has \(labels) labels; expected \(classes), one for each class of the model."
    case .duplicate(let name, let index, let labels):
      "\(name) has class \(index) twice (a duplicate index), as"
        + " \(labels.map { "\"\($0)\"" }.joined(separator: " and ")); expected one label a class."
    case .gap(let name, let index, let first):
      "\(name) has no label for class \(index) (index \(index))"
        + (index == 0 ? ": its numbers begin at \(first)" : ", though for later ones")
        + "; expected one for each class from 0 on."
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
