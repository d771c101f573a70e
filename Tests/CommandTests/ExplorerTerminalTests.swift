import CAMEngine
import Foundation
import TerminalTestSupport
import Testing

/// `camtui IMAGE` on an emulated terminal: what a user would see.
@Suite(.serialized) struct ExplorerTerminalTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  private func start(_ image: String? = nil) throws -> VirtualTerminal {
    try #require(
      VirtualTerminal(
        program: "camtui",
        arguments: [
          image ?? workspace.photo, "--model", workspace.model, "--labels", workspace.labels,
        ]))
  }

  /// The labels in the order in which the explorer must list them.
  private func ranking() async throws -> [String] {
    let run = try await workspace.explain(
      "--labels", workspace.labels, "--output", workspace.output)
    try #require(run.exitCode == 0, "\(run.errors)")
    let data = try Data(contentsOf: URL(fileURLWithPath: workspace.output + "/manifest.json"))
    return try JSONDecoder().decode(Manifest.self, from: data).top.map(\.label)
  }

  /// Waits until Phase 1 of a class is on the screen: its caption then says no more that it is being
  /// computed.
  private func waitForMap(of label: String, _ terminal: VirtualTerminal) -> Bool {
    terminal.wait { $0.text.contains("  Phase 1, Grad-CAM, for \(label)") }
  }

  @Test func showsClassesAndFollowsTheKeys() async throws {
    let labels = try await ranking()
    let terminal = try start()
    #expect(terminal.wait(for: "▸ \(labels[0])"), "\(terminal.text)")
    #expect(waitForMap(of: labels[0], terminal), "\(terminal.text)")
    terminal.type("\u{1B}OB")
    #expect(terminal.wait(for: "▸ \(labels[1])"), "\(terminal.text)")
    #expect(waitForMap(of: labels[1], terminal), "\(terminal.text)")
    terminal.resize(columns: 40, rows: 12)
    #expect(terminal.wait(for: "2/5"), "\(terminal.text)")
    #expect(terminal.row(10).contains("▸ \(labels[1])"), "\(terminal.text)")
    terminal.resize(columns: 80, rows: 24)
    #expect(terminal.wait(for: "Classes"), "\(terminal.text)")
    #expect(terminal.wait(for: "▸ \(labels[1])"), "\(terminal.text)")
    terminal.type("q")
    #expect(terminal.waitForExit() == .code(0))
    #expect(terminal.isRestored)
  }

  @Test func theOverlayDiffersFromThePhoto() throws {
    let terminal = try start()
    #expect(waitForMap(of: "", terminal), "\(terminal.text)")
    let overlay = colors(of: terminal)
    terminal.type("1")
    #expect(terminal.wait(for: "[1 Input]"), "\(terminal.text)")
    #expect(terminal.wait { colors(of: $0) != overlay })
    terminal.type("2")
    #expect(terminal.wait(for: "[2 Phase 1]"), "\(terminal.text)")
    #expect(terminal.wait { colors(of: $0) == overlay })
  }

  @Test func phaseTwoRunsAndLayersAreListed() throws {
    let terminal = try start()
    #expect(waitForMap(of: "", terminal), "\(terminal.text)")
    terminal.type("3")
    #expect(terminal.wait(for: "Phase 2, scored masks, for"), "\(terminal.text)")
    terminal.type("\t")
    #expect(terminal.wait(for: "features"), "\(terminal.text)")
    #expect(terminal.wait(for: "8×32×32"), "\(terminal.text)")
    terminal.type("q")
    #expect(terminal.waitForExit() == .code(0))
    #expect(terminal.isRestored)
  }

  @Test func aClassIsFoundByItsName() async throws {
    let terminal = try start()
    #expect(waitForMap(of: "", terminal), "\(terminal.text)")
    terminal.type("/frog")
    #expect(terminal.wait(for: "1 class"), "\(terminal.text)")
    terminal.type("\r")
    #expect(terminal.wait(for: "▸ tree frog"), "\(terminal.text)")
    #expect(waitForMap(of: "tree frog", terminal), "\(terminal.text)")
    terminal.type("q")
    #expect(terminal.waitForExit() == .code(0))
  }

  private func colors(of terminal: VirtualTerminal) -> [Int] {
    (4..<18).flatMap { y in (4..<40).map { terminal.cell(x: $0, y: y).foreground } }
  }

  @Test func anImageThatCannotBeReadSaysWhy() throws {
    // It begins as a picture does: what begins otherwise never opens the screen.
    let beginning = try Data(contentsOf: URL(fileURLWithPath: workspace.photo)).prefix(60)
    let terminal = try start(try workspace.write(Array(beginning), "cut.png"))
    #expect(terminal.wait(for: "is truncated"), "\(terminal.text)")
    terminal.type("q")
    #expect(terminal.waitForExit() == .code(0))
    #expect(terminal.isRestored)
  }

  @Test func aMissingModelIsRefusedBeforeTheTerminalChanges() throws {
    let terminal = try #require(
      VirtualTerminal(
        program: "camtui", arguments: [workspace.photo, "--model", "/nonexistent.onnx"]))
    #expect(terminal.waitForExit() == .code(66))
    #expect(terminal.text.contains("/nonexistent.onnx: no such file"))
    #expect(!terminal.output.contains(0x1B))
  }
}
