import Foundation
import TerminalTestSupport
import Testing

/// Phase 2 of a real network, which takes seconds: it can be stopped and keeps what it has.
@Suite(.serialized) struct ExplorerCancelTests {
  private static let models = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "shared/models")
  private static let model = models.appending(path: "squeezenet1_0_dc.onnx").path
  private static let isThere = FileManager.default.fileExists(atPath: model)

  @Test(.enabled(if: isThere, "needs ../shared/models/squeezenet1_0_dc.onnx"))
  func escapeStopsPhaseTwoAndKeepsItsMap() throws {
    let workspace = try Workspace()
    let terminal = try #require(
      VirtualTerminal(
        program: "camtui",
        arguments: [workspace.photo, "--model", Self.model, "--channels", "all"], columns: 120,
        rows: 40))
    #expect(terminal.wait(for: "Classes"), "\(terminal.text)")
    terminal.type("3")
    #expect(terminal.wait(for: " left"), "\(terminal.text)")
    terminal.type("\u{1B}")
    #expect(terminal.wait(for: "stopped"), "\(terminal.text)")
    #expect(terminal.text.contains("▀"))
    terminal.type("\r")
    #expect(terminal.wait(for: " left"), "\(terminal.text)")
    terminal.type("q")
    #expect(terminal.waitForExit() == .code(0))
    #expect(terminal.isRestored)
  }
}
