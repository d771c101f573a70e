import Terminal
import TerminalTestSupport
import Testing

@testable import camtui

/// Whatever is typed, the explorer lives.
@Suite(.serialized) struct ExplorerInputTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  /// Every key of the table, in its order, then all of it is still there.
  @Test func everyKeyOfTheHelpIsHarmless() throws {
    let terminal = try workspace.explorer()
    #expect(terminal.waitForFirstMap(), "\(terminal.text)")
    for binding in KeyTable.bindings {
      for (key, command) in binding.commands where command != .quit {
        terminal.type(try #require(Self.sequence(of: key), "what a terminal sends for \(key)"))
        terminal.rest()
        terminal.type("\u{1B}")
        terminal.rest()
        try #require(!terminal.hasEnded, "\(binding.keys): \(terminal.text)")
      }
    }
    try expectAlive(terminal)
  }

  @Test func pastesAndUnknownSequencesAreHarmless() throws {
    let terminal = try workspace.explorer()
    #expect(terminal.waitForFirstMap(), "\(terminal.text)")
    let inputs = [
      "\u{1B}[200~quit qqq\r\n[]]]\u{1B}[201~", "\u{1B}[1;9Z", "\u{1B}[?62;22c",
      "\u{1B}[99;5~",
      "\u{1B}[<35;1;1M", "\u{1B}[<0;999;999M\u{1B}[<0;999;999m",
      "\u{1B}]11;rgb:0000/0000/0000\u{7}",
      "\u{0}", "\u{1B}[3n", "\u{1B}[0n\u{1B}[0n", "猫é\u{FFFD}",
    ]
    for input in inputs {
      terminal.type(input)
      terminal.rest()
      terminal.type("\u{1B}")
      terminal.rest()
      try #require(!terminal.hasEnded, "\(input.debugDescription): \(terminal.text)")
    }
    try expectAlive(terminal)
  }

  @Test func theMouseChoosesAClass() async throws {
    let terminal = try workspace.explorer()
    #expect(terminal.waitForFirstMap(), "\(terminal.text)")
    let rows = (0..<24).filter { terminal.row($0).contains(" %") }
    try #require(rows.count > 2, "\(terminal.text)")
    let column = terminal.columns - 10
    terminal.type("\u{1B}[<0;\(column);\(rows[2])M\u{1B}[<0;\(column);\(rows[2])m")
    #expect(terminal.wait { $0.row(rows[2] - 1).contains("▸") }, "\(terminal.text)")
    terminal.type("q")
    #expect(terminal.waitForExit() == .code(0))
  }

  /// It still obeys and quits properly.
  private func expectAlive(_ terminal: VirtualTerminal) throws {
    terminal.type("?")
    #expect(terminal.wait(for: "these keys"), "\(terminal.text)")
    terminal.type("\u{1B}")
    #expect(terminal.wait { !$0.text.contains("these keys") }, "\(terminal.text)")
    terminal.type("q")
    #expect(terminal.waitForExit() == .code(0))
    #expect(terminal.isRestored)
  }

  /// What a terminal sends for a key.
  private static func sequence(of key: Key) -> String? {
    let sequences: [Key: String] = [
      .up: "\u{1B}OA", .down: "\u{1B}OB", .right: "\u{1B}OC", .left: "\u{1B}OD",
      .home: "\u{1B}[H", .end: "\u{1B}[F", .pageUp: "\u{1B}[5~", .pageDown: "\u{1B}[6~",
      .tab: "\t", .backTab: "\u{1B}[Z", .enter: "\r", .escape: "\u{1B}", .backspace: "\u{7F}",
      .delete: "\u{1B}[3~", .insert: "\u{1B}[2~", .function(1): "\u{1B}OP",
    ]
    switch key {
    case .character(let character): return String(character)
    case .control(let letter):
      let code = (letter.asciiValue ?? 0x60) & 0x1F
      return String(Unicode.Scalar(code))
    default: return sequences[key]
    }
  }
}
