import Foundation

/// Where the configuration is, and its lines.
///
/// The file is text in UTF-8 with one `name = value` a line; empty lines and those that begin with
/// `#` mean nothing. So few lines of syntax need no library.
struct ConfigurationFile {
  /// A setting as it is written.
  struct Entry: Equatable {
    var line: Int
    var name: String
    var value: String
  }

  let path: String
  let entries: [Entry]

  /// The file's path by the XDG Base Directory Specification: `$XDG_CONFIG_HOME/camtui/config`, or
  /// `~/.config/camtui/config` where that variable is unset or no absolute path.
  ///
  /// - Parameter environment: The environment's variables.
  /// - Returns: The path; `nil` when there is no home folder either.
  static func path(in environment: [String: String]) -> String? {
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
      return folder + "/camtui/config"
    }
    guard let home = environment["HOME"], !home.isEmpty else { return nil }
    return home + "/.config/camtui/config"
  }

  /// Reads a file.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``ConfigurationError`` when it is no UTF-8 text or a line is no setting.
  init(contentsOfFile path: String) throws(ConfigurationError) {
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(data: data, encoding: .utf8)
    else { throw .unreadable(path: path) }
    try self.init(text, path: path)
  }

  /// Reads the text of a file.
  init(_ text: String, path: String) throws(ConfigurationError) {
    var entries: [Entry] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let line = line.trimmingCharacters(in: .whitespaces)
      if line.isEmpty || line.hasPrefix("#") { continue }
      entries.append(try Self.entry(line, number: index + 1, path: path))
    }
    self.path = path
    self.entries = entries
  }

  private static func entry(
    _ text: String, number: Int, path: String
  ) throws(ConfigurationError) -> Entry {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      throw .malformed(
        path: path, line: number, problem: "'\(text)' is no setting; 'name = value' was expected.")
    }
    return Entry(line: number, name: parts[0], value: parts[1])
  }
}
