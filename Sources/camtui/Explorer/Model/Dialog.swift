/// Something that lies on top of the rest and takes the keys.
enum Dialog: Equatable, Sendable {
  /// The key table, scrolled by some lines.
  case help(firstLine: Int)
  /// The methods, with the line that Enter chooses.
  case methods(row: Int)
  /// The parameters, with the line that left and right change.
  case parameters(row: Int)
  case search(ClassSearch)
}

/// Looking for a class by its name.
struct ClassSearch: Equatable, Sendable {
  var text = ""
  /// The classes that the text may mean, best first, by their index in the model's output.
  var matches: [Int] = []
  /// The text that they were found for.
  var matchedText: String?
  /// The line that Enter chooses.
  var row = 0
}
