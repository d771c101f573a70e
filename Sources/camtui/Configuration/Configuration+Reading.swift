import Foundation

extension Configuration {
  /// The configuration of the user; an empty one without a file.
  ///
  /// - Parameter environment: The environment's variables, which say where the file is.
  /// - Returns: The configuration.
  /// - Throws: ``ConfigurationError`` when the file is there and something in it is wrong.
  static func ofUser(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ConfigurationError) -> Configuration {
    guard let path = ConfigurationFile.path(in: environment),
      FileManager.default.fileExists(atPath: path)
    else { return Configuration() }
    return try Configuration(
      try ConfigurationFile(contentsOfFile: path), home: environment["HOME"] ?? "")
  }

  /// The settings of a file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - home: What `~` stands for in paths; others are relative to the file's folder.
  /// - Throws: ``ConfigurationError`` for a name that is no setting, one that comes twice, and a
  ///   value that is none of those expected.
  init(_ file: ConfigurationFile, home: String) throws(ConfigurationError) {
    self.init()
    var names: Set<String> = []
    for entry in file.entries {
      let problem: String?
      if names.insert(entry.name).inserted {
        problem = take(entry, ConfigurationPaths(file: file.path, home: home))
      } else {
        problem = "'\(entry.name)' is set a second time; once was expected."
      }
      if let problem {
        throw .malformed(path: file.path, line: entry.line, problem: problem)
      }
    }
  }

  /// Takes a setting over, or says what is wrong with it.
  private mutating func take(_ entry: ConfigurationFile.Entry, _ paths: ConfigurationPaths)
    -> String?
  {
    if entry.name.hasPrefix("key.") {
      return keys.bind(command: String(entry.name.dropFirst(4)), toKeys: entry.value)
    }
    guard let setting = Self.settings.first(where: { $0.name == entry.name }) else {
      let names = Self.settings.map(\.name).joined(separator: ", ")
      return "'\(entry.name)' is no setting; expected one of \(names), key.COMMAND."
    }
    guard setting.set(&self, entry.value, paths) else {
      return "\(entry.name) = \(entry.value): \(setting.expected) was expected."
    }
    return nil
  }
}

/// How paths in the file are to be read.
struct ConfigurationPaths {
  var file: String
  var home: String

  func resolved(_ path: String) -> String {
    if path.hasPrefix("~/") { return home + path.dropFirst() }
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    return URL(fileURLWithPath: path, relativeTo: folder).standardizedFileURL.path
  }
}
