import Foundation
import TerminalTestSupport
import Testing

/// Without a terminal that can show the explorer there is one sentence, and what to do instead.
@Suite struct ExplorerRefusalTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  @Test func aPipeIsNoTerminal() async throws {
    let run = try await workspace.run(workspace.photo, "--model", workspace.model)
    #expect(run.exitCode == 64)
    #expect(run.output.isEmpty)
    #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
    #expect(run.errors.contains("not a terminal") && run.errors.contains("camtui explain"))
  }

  @Test(arguments: [
    ("dumb", "cannot place its cursor"), ("no-such-terminal", "not in the terminfo database"),
    ("", "cannot place its cursor"),
  ])
  func anUnsuitableTerminalSaysWhy(name: String, reason: String) throws {
    let terminal = try workspace.explorer(environment: ["TERM": name], columns: 250)
    #expect(terminal.waitForExit() == .code(64))
    let lines = terminal.text.split(separator: "\n").map {
      $0.trimmingCharacters(in: .whitespaces)
    }.filter { !$0.isEmpty }
    #expect(lines.count == 1, "\(terminal.text)")
    #expect(lines.first?.contains(reason) ?? false && lines[0].contains("camtui explain"))
    #expect(!terminal.output.contains(0x1B))
  }
}
