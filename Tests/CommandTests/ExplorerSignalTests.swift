import Foundation
import TerminalTestSupport
import Testing

/// However the explorer ends, the terminal is as it was.
@Suite(.serialized) struct ExplorerSignalTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT])
  func signalsEndItAndGiveTheTerminalBack(number: Int32) throws {
    let terminal = try workspace.explorer()
    #expect(terminal.wait(for: "Classes"), "\(terminal.text)")
    #expect(terminal.isAlternateScreen && terminal.isMouseOn && !terminal.isCooked)
    terminal.send(signal: number)
    #expect(terminal.waitForExit() == .signal(Int(number)))
    #expect(terminal.isRestored)
  }

  @Test(arguments: [("\u{3}", SIGINT), ("\u{1C}", SIGQUIT)])
  func controlCAndControlBackslashEndIt(key: String, number: Int32) throws {
    let terminal = try workspace.explorer()
    #expect(terminal.wait(for: "Classes"), "\(terminal.text)")
    terminal.type(key)
    #expect(terminal.waitForExit() == .signal(Int(number)))
    #expect(terminal.isRestored)
  }

  /// Control-Z and `fg` in a real shell, which finds its terminal as it left it both times, and no
  /// answers of the terminal in its input.
  @Test func itCanBeStoppedAndContinued() throws {
    let terminal = try #require(
      VirtualTerminal(
        path: "/bin/bash", arguments: ["--norc", "--noprofile", "-i"],
        environment: ["PS1": "shell> ", "BASH_SILENCE_DEPRECATION_WARNING": "1"], columns: 90,
        rows: 24))
    #expect(terminal.wait(for: "shell>"), "\(terminal.text)")
    terminal.type("'\(workspace.program)' '\(workspace.photo)' --model '\(workspace.model)'\r")
    #expect(terminal.waitForFirstMap(), "\(terminal.text)")
    terminal.type("\u{1A}")
    #expect(terminal.wait(for: "Stopped"), "\(terminal.text)")
    expectShell(terminal)
    terminal.type("fg\r")
    #expect(terminal.waitForFirstMap(), "\(terminal.text)")
    #expect(terminal.isAlternateScreen && terminal.isMouseOn)
    terminal.type("]")
    #expect(terminal.wait(for: "60 %"), "\(terminal.text)")
    terminal.type("q")
    #expect(terminal.wait { !$0.isAlternateScreen }, "\(terminal.text)")
    expectShell(terminal)
  }

  /// The shell has the terminal and reads exactly what is typed.
  private func expectShell(_ terminal: VirtualTerminal) {
    #expect(!terminal.isAlternateScreen && terminal.isCursorVisible && !terminal.isMouseOn)
    terminal.type("clear; stty -a\r")
    #expect(terminal.wait(for: "isig"), "\(terminal.text)")
    terminal.settle()
    #expect(terminal.text.contains(" icanon") && terminal.text.contains(" echo "))
    #expect(!terminal.text.contains("0n"), "\(terminal.text)")
  }
}
