import Foundation
import Testing

@testable import Inference
@testable import camtui

/// What the README says, where it can be checked.
@Suite struct ReadmeTests {
  private let readme: String

  init() throws {
    let repository = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    readme = try String(contentsOf: repository.appending(path: "README.md"), encoding: .utf8)
  }

  /// The text between two HTML comments, `<!-- name -->` and `<!-- /name -->`.
  private func section(_ name: String) throws -> String {
    let start = try #require(readme.range(of: "<!-- \(name) -->"))
    let end = try #require(readme.range(of: "<!-- /\(name) -->"))
    return String(readme[start.upperBound..<end.lowerBound])
  }

  @Test func listsExactlyTheOperatorsOfTheTable() throws {
    let listed = try section("operators").matches(of: /`([\w.]+)`/).map { String($0.1) }
    #expect(listed.sorted() == OperatorTable.names.sorted())
  }

  @Test func listsExactlyTheKeysOfTheTable() throws {
    let rows = try section("keys").split(separator: "\n").dropFirst(2).map(String.init)
    #expect(rows == KeyTable.bindings.map { "| \($0.keys) | \($0.meaning) |" })
  }

  @Test func hasOneTestCommand() throws {
    let lines = try section("test").split(separator: "\n").filter { !$0.hasPrefix("```") }
    #expect(lines == ["swift test --disable-xctest"])
  }
}
