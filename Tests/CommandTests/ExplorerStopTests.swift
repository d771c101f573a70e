import Foundation
import ModelTestSupport
import TerminalTestSupport
import Testing

/// Phase 2 is stopped by a key in the real program.
///
/// The network and the scoring size are such that a batch takes a moment and the whole of Phase 2
/// more than a hundred of them, so that no machine is fast enough to end it before the key comes.
@Suite(.serialized) struct ExplorerStopTests {
  private static let channels = 128

  private let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    var model = TinyModel(seed: 7, classes: Workspace.labels.count, channels: Self.channels)
    // With positive weights no channel speaks against the class: nearly all of them are scored.
    model.fill("head_weight", with: 0.1)
    try workspace.write(try model.encoded(), "tiny.onnx")
  }

  @Test func escapeKeepsThePartialMap() throws {
    let terminal = try startPhaseTwo()
    terminal.type("\u{1B}")
    #expect(terminal.wait(for: "Phase 2, partial: "), "\(terminal.text)")
    let stopped = try #require(scored(in: terminal), "\(terminal.text)")
    #expect(stopped.count > 0 && stopped.count < stopped.total)
    #expect(stopped.total > Self.channels / 2)
    let picture = colors(of: terminal)

    terminal.type("1")
    #expect(terminal.wait(for: "[1 Input]"), "\(terminal.text)")
    #expect(terminal.wait { colors(of: $0) != picture }, "\(terminal.text)")
    terminal.type("4")
    #expect(terminal.wait(for: "Phase 3, partial: "), "\(terminal.text)")
    terminal.type("3")
    #expect(terminal.wait(for: "Phase 2, partial: "), "\(terminal.text)")
    #expect(terminal.wait { colors(of: $0) == picture }, "\(terminal.text)")
    #expect(scored(in: terminal)?.count == stopped.count, "\(terminal.text)")

    terminal.type("?")
    #expect(terminal.wait(for: "these keys"), "\(terminal.text)")
    terminal.type("\u{1B}")
    #expect(terminal.wait { !$0.text.contains("these keys") }, "\(terminal.text)")
    expectQuit(terminal)
  }

  @Test func enterGoesOn() throws {
    let terminal = try startPhaseTwo()
    terminal.type("\u{1B}")
    #expect(terminal.wait(for: "Phase 2, partial: "), "\(terminal.text)")
    let stopped = try #require(scored(in: terminal), "\(terminal.text)")
    terminal.type("\r")
    #expect(terminal.wait(for: "Esc stops"), "\(terminal.text)")
    #expect(
      terminal.wait { scored(in: $0).map { $0.count > stopped.count } ?? false },
      "\(terminal.text)")
    expectQuit(terminal)
  }

  @Test func leavingTheStepAndAnotherClassWork() throws {
    let terminal = try startPhaseTwo()
    terminal.type("2")
    #expect(terminal.wait(for: "[2 Phase 1]"), "\(terminal.text)")
    terminal.type("j")
    #expect(terminal.waitForFirstMap(), "\(terminal.text)")
    expectQuit(terminal)
  }

  @Test func itCanBeQuitMeanwhile() throws {
    expectQuit(try startPhaseTwo())
  }

  @Test func itCanBeTerminatedMeanwhile() throws {
    let terminal = try startPhaseTwo()
    terminal.send(signal: SIGTERM)
    #expect(terminal.waitForExit() == .signal(Int(SIGTERM)))
    #expect(terminal.isRestored)
  }

  /// The explorer with the first batches of Phase 2 on the screen.
  private func startPhaseTwo() throws -> VirtualTerminal {
    let terminal = try workspace.explorer(
      "--channels", "all", "--scoring-size", "384", columns: 100, rows: 30)
    #expect(terminal.waitForFirstMap(), "\(terminal.text)")
    terminal.type("3")
    try #require(
      terminal.wait { $0.text.contains("Esc stops") && scored(in: $0)?.count ?? 0 > 0 },
      "\(terminal.text)")
    return terminal
  }

  /// The numbers of the caption, "5 of 97 channels".
  private func scored(in terminal: VirtualTerminal) -> (count: Int, total: Int)? {
    guard let match = terminal.text.firstMatch(of: /Phase 2\D+(\d+) of (\d+) channels/),
      let count = Int(match.1), let total = Int(match.2)
    else { return nil }
    return (count, total)
  }

  private func colors(of terminal: VirtualTerminal) -> [Int] {
    (4..<20).flatMap { y in (4..<50).map { terminal.cell(x: $0, y: y).foreground } }
  }

  private func expectQuit(_ terminal: VirtualTerminal) {
    terminal.type("q")
    #expect(terminal.waitForExit() == .code(0))
    #expect(terminal.isRestored)
  }
}
