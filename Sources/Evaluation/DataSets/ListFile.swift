import CAMEngine
import Foundation

/// Reads the text files of data sets.
enum ListFile {
  /// The lines of a file that are not empty.
  ///
  /// - Parameter path: The file.
  /// - Returns: Lines without white space at either end.
  /// - Throws: ``EvaluationError`` when the file is missing or no UTF-8 text.
  static func lines(_ path: String) throws -> [String] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw EvaluationError(
        .missing, "\(path) cannot be read; a list of the data set was expected.")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw EvaluationError(.malformed, "\(path) is not UTF-8 text; a list was expected.")
    }
    return text.split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  /// The words of every line of a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - count: How many words a line has at least.
  /// - Returns: Words, separated by blanks or tabs.
  /// - Throws: ``EvaluationError`` that names the line which has fewer.
  static func words(_ path: String, atLeast count: Int) throws -> [[String]] {
    try lines(path).enumerated().map { number, line in
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      guard words.count >= count else {
        throw EvaluationError(
          .malformed,
          "\(path), line \(number + 1), has \(words.count) words; \(count) were expected.")
      }
      return words
    }
  }

  /// Words as numbers.
  static func numbers(_ words: some Collection<String>, _ path: String) throws -> [Double] {
    try words.map { word in
      guard let number = Double(word), number.isFinite else {
        throw EvaluationError(.malformed, "\(path) has \"\(word)\" where a number was expected.")
      }
      return number
    }
  }
}

/// The files and folders of a data set.
enum Folder {
  /// Whether there is something at a path.
  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// The first of some paths at which there is something.
  static func first(_ paths: [String]) -> String? { paths.first(where: exists) }

  /// Whether there is a folder at a path.
  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// The names in a folder, sorted; none where it cannot be read.
  static func names(_ path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// The names of the photos in a folder, sorted.
  static func photos(_ path: String) -> [String] { names(path).filter(isPhoto) }

  /// Whether a name is one of a photo.
  static func isPhoto(_ name: String) -> Bool {
    let suffix = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    return !name.hasPrefix(".") && ["jpg", "jpeg", "png", "webp"].contains(suffix)
  }

  /// A name without its ending.
  static func stem(_ name: String) -> String {
    name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }
}
