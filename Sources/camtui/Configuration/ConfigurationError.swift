/// What is wrong with the configuration file: one sentence with the file and the line.
enum ConfigurationError: Error, Equatable, CustomStringConvertible {
  /// The file exists but cannot be read as UTF-8 text.
  case unreadable(path: String)
  /// A line is neither a setting nor a comment, or its value is none of those expected.
  case malformed(path: String, line: Int, problem: String)

  var description: String {
    switch self {
    case .unreadable(let path):
      "\(path): the configuration cannot be read; a text file in UTF-8 was expected."
    case .malformed(let path, let line, let problem):
      "\(path), line \(line): \(problem)"
    }
  }
}
