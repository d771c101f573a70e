import RandomTestSupport
import TerminalTestSupport
import Testing

@Suite(.serialized) struct ExplorerResizeTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  /// After a hundred sizes in quick succession the picture is that of a fresh start at the last.
  @Test func aStormOfSizesEndsAtTheRightPicture() throws {
    let seed = UInt64.random(in: 0..<1_000_000)
    print("sizes of seed \(seed)")
    var generator = SeededNumbers(seed: seed)
    let terminal = try workspace.explorer("--bandwidth", "high")
    #expect(terminal.waitForFirstMap(), "seed \(seed): \(terminal.text)")
    for _ in 0..<100 {
      terminal.resize(
        columns: .random(in: 2...200, using: &generator),
        rows: .random(in: 2...60, using: &generator))
      if Bool.random(using: &generator) { terminal.rest(.milliseconds(5)) }
    }
    let columns = Int.random(in: 64...120, using: &generator)
    let rows = Int.random(in: 20...40, using: &generator)
    terminal.resize(columns: columns, rows: rows)
    let fresh = try workspace.explorer("--bandwidth", "high", columns: columns, rows: rows)
    #expect(fresh.waitForFirstMap(), "seed \(seed): \(fresh.text)")
    fresh.settle()
    let expected = pictureCells(of: fresh)
    try #require(expected.count > 100, "seed \(seed): \(fresh.text)")
    #expect(
      terminal.wait { pictureCells(of: $0) == expected },
      "seed \(seed), \(columns) x \(rows): \(terminal.text)")
    terminal.type("q")
    #expect(terminal.waitForExit() == .code(0))
    #expect(terminal.isRestored)
  }

  private struct PictureCell: Equatable {
    var x: Int
    var y: Int
    var cell: VirtualTerminal.ShownCell
  }

  private func pictureCells(of terminal: VirtualTerminal) -> [PictureCell] {
    (0..<terminal.rows).flatMap { y in
      (0..<terminal.columns).compactMap { x in
        let cell = terminal.cell(x: x, y: y)
        return ["▀", "▄"].contains(cell.character) ? PictureCell(x: x, y: y, cell: cell) : nil
      }
    }
  }
}
