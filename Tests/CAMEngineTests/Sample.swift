import CAMEngine
import Foundation

/// A picture of `Samples` with what its description says.
struct Sample: Decodable, CustomStringConvertible, Sendable {
  /// A thing in the picture.
  struct Thing: Decodable, Sendable {
    let name: String
    /// Its class; nil when it is of none of the model's.
    let wnid: String?
    /// Left, top, right, bottom in pixels; right and bottom just outside.
    let box: [Int]
    /// The part of the picture that it covers, 0 to 1.
    let share: Double
    /// The path of its mask, from `Samples`.
    let mask: String
  }

  /// Where the shipped model is expected to rank a class, 1 being the most probable one.
  struct Expectation: Decodable, Sendable {
    let wnid: String
    let rankAtMost: Int?
    let rankAtLeast: Int?
  }

  let image: String
  let width: Int
  let height: Int
  let objects: [Thing]
  let expect: Expectation

  var description: String { image }

  func picture() throws -> Image {
    try Image(contentsOfFile: Self.folder.appending(path: image).path)
  }

  /// The path of a file that the description names.
  static func path(_ file: String) -> String { folder.appending(path: file).path }

  /// All samples, by name; empty when a description cannot be read, which a test reports.
  static let all: [Sample] = (try? read()) ?? []

  private static func read() throws -> [Sample] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".json") }.sorted()
      .map { name in
        let json = try Data(contentsOf: folder.appending(path: name))
        return try JSONDecoder().decode(Sample.self, from: json)
      }
  }

  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Samples")
}
