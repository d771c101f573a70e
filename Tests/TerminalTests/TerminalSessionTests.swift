import Foundation
import TerminalTestSupport
import Testing

/// `TerminalDemo` on an emulated terminal: what a user would see.
@Suite(.serialized) struct TerminalSessionTests {
  private func start(
    _ arguments: [String] = [], _ environment: [String: String] = [:], columns: Int = 80,
    rows: Int = 24, isAnswering: Bool = true
  ) throws -> VirtualTerminal {
    let terminal = try #require(
      VirtualTerminal(
        program: "TerminalDemo", arguments: arguments, environment: environment, columns: columns,
        rows: rows, isAnswering: isAnswering))
    try #require(terminal.wait(for: "ready"), "\(terminal.text)")
    return terminal
  }

  /// The demo's pixel at the place of the picture, `0xRRGGBB`; it is shown 1 : 1 only at 200 x 101.
  private func gradient(x: Int, y: Int, shift: Int = 0) -> Int {
    (x + shift & 255) << 16 | y << 8 | (x ^ y) & 255
  }

  private func expectGradient(_ terminal: VirtualTerminal, shift: Int = 0) {
    var wrong = 0
    for y in 0..<100 {
      for x in 0..<200 {
        let cell = terminal.cell(x: x, y: y)
        let isRight =
          cell.character == "▀" && cell.foreground == gradient(x: x, y: 2 * y, shift: shift)
          && cell.background == gradient(x: x, y: 2 * y + 1, shift: shift)
        wrong += isRight ? 0 : 1
      }
    }
    #expect(wrong == 0, "cells of the wrong colour, shift \(shift)")
  }

  @Test func everyPixelHasItsExactColor() throws {
    let terminal = try start(columns: 200, rows: 101)
    #expect(terminal.row(100).hasPrefix("200x101 truecolor ready"))
    #expect(terminal.isAlternateScreen)
    #expect(!terminal.isCursorVisible)
    expectGradient(terminal)
  }

  /// Twenty thousand colour pairs a frame: numbers are used again from the seventh on.
  @Test func pairsAreUsedAgainWithoutWrongColors() throws {
    let terminal = try start(columns: 200, rows: 101)
    for shift in 1...14 {
      terminal.type("n")
      let expected = gradient(x: 199, y: 199, shift: shift)
      #expect(terminal.wait { $0.cell(x: 199, y: 99).background == expected }, "\(shift)")
    }
    terminal.type("x")
    #expect(terminal.wait(for: "key character(\"x\")"))
    expectGradient(terminal, shift: 14)
  }

  @Test func framesAreSynchronised() throws {
    let terminal = try start()
    let output = String(decoding: terminal.output, as: UTF8.self)
    let begin = try #require(output.range(of: "\u{1B}[?2026h"))
    let end = try #require(output.range(of: "\u{1B}[?2026l", options: .backwards))
    #expect(output[begin.upperBound..<end.lowerBound].contains("▀"))
    #expect(!output[..<begin.lowerBound].contains("▀"))
  }

  /// The terminal answers late, as behind a slow connection: what is true when it is ready is drawn,
  /// not everything that was true before.
  @Test func framesDoNotQueueUp() throws {
    let terminal = try start(columns: 200, rows: 101)
    terminal.type("x")
    #expect(terminal.wait(for: "key character(\"x\")"))
    terminal.settle()
    terminal.holdAnswers()
    let before = frames(of: terminal)
    for _ in 0..<10 {
      terminal.type("n")
      terminal.rest(.milliseconds(100))
    }
    #expect((1...4).contains(frames(of: terminal) - before))
    terminal.releaseAnswers()
    let expected = gradient(x: 199, y: 199, shift: 10)
    #expect(terminal.wait { $0.cell(x: 199, y: 99).background == expected })
    expectGradient(terminal, shift: 10)
  }

  private func frames(of terminal: VirtualTerminal) -> Int {
    String(decoding: terminal.output, as: UTF8.self).components(separatedBy: "\u{1B}[?2026h").count
  }

  @Test func aTerminalThatAnswersNothingIsAskedOnce() throws {
    let terminal = try start(columns: 200, rows: 101, isAnswering: false)
    for shift in 1...3 {
      terminal.type("n")
      let expected = gradient(x: 199, y: 199, shift: shift)
      #expect(terminal.wait { $0.cell(x: 199, y: 99).background == expected }, "\(shift)")
    }
    terminal.type("q")
    #expect(terminal.waitForExit() == .code(0))
    let output = String(decoding: terminal.output, as: UTF8.self)
    #expect(output.components(separatedBy: "\u{1B}[5n").count == 2)
  }

  /// Never more than 16 of 255 off, and exact again when asked for.
  @Test func lowBandwidthKeepsItsPromise() throws {
    let terminal = try start(["truecolor", "low"], columns: 200, rows: 101)
    var greatest = 0
    for y in 0..<100 {
      for x in 0..<200 {
        let cell = terminal.cell(x: x, y: y)
        for shift in [0, 8, 16] {
          let upper = (cell.foreground >> shift & 255) - (gradient(x: x, y: 2 * y) >> shift & 255)
          let lower =
            (cell.background >> shift & 255) - (gradient(x: x, y: 2 * y + 1) >> shift & 255)
          greatest = max(greatest, abs(upper), abs(lower))
        }
      }
    }
    #expect((1...16).contains(greatest))
  }

  @Test(arguments: [
    ("256", "indexed256", "256"), ("16", "indexed16", "16"), ("mono", "mono", "mono"),
  ])
  func otherModes(choice: String, mode: String, shown: String) throws {
    let terminal = try start([choice])
    #expect(terminal.row(23).contains("80x24 \(shown) ready"))
    let output = String(decoding: terminal.output, as: UTF8.self)
    #expect(!output.contains("\u{1B}[38;2;") && !output.contains(";38;2;"))
    #expect(output.contains("8;5;") == (choice == "256"))
    // The picture's middle has a colour unless there are none.
    #expect((terminal.cell(x: 40, y: 10).background >= 0) == (choice != "mono"))
  }

  @Test func noColorIsObeyed() throws {
    #expect(try start([], ["NO_COLOR": "1"]).row(23).contains("mono"))
  }

  @Test(arguments: ["tmux-256color", "screen-256color", "linux", "vt100", "xterm"])
  func everyTerminalCanBeTheBase(name: String) throws {
    guard FileManager.default.fileExists(atPath: "/lib/terminfo/\(name.prefix(1))/\(name)") else {
      return
    }
    let terminal = try start(["truecolor"], ["TERM": name], columns: 200, rows: 101)
    expectGradient(terminal)
  }

  @Test(arguments: [
    ("\u{1B}OA", "key up"), ("\u{1B}[A", "key up"), ("\u{1B}[B", "key down"),
    ("\u{1B}OP", "key function(1)"), ("\u{1B}[Z", "key backTab"), ("\u{1B}[5~", "key pageUp"),
    ("\u{1B}[H", "key home"), ("\u{1B}[F", "key end"), ("\r", "key enter"), ("\t", "key tab"),
    ("\u{7F}", "key backspace"), ("é", "key character(\"é\")"), ("猫", "key character(\"猫\")"),
    ("\u{1B}", "key escape"), ("\u{1}", "key control(\"a\")"),
    ("\u{1B}[<0;10;5M", "mouse press(1) 9,4"),
    ("\u{1B}[<0;10;5M\u{1B}[<0;10;5m", "mouse release(1) 9,4 clicks 1"),
    ("\u{1B}[<0;1;5M\u{1B}[<0;1;5m\u{1B}[<0;1;5M\u{1B}[<0;1;5m", "release(1) 0,4 clicks 2"),
    ("\u{1B}[<64;3;4M", "mouse wheelUp 2,3"), ("\u{1B}[<65;3;4M", "mouse wheelDown 2,3"),
    ("\u{1B}[<2;250;5M", "mouse press(3) 249,4"),
    ("\u{1B}[200~hello\u{1B}[201~", "paste hello"), ("w", "wake"),
  ])
  func inputBecomesEvents(typed: String, shown: String) throws {
    let terminal = try start(columns: 260, rows: 24)
    terminal.type(typed)
    #expect(terminal.wait(for: shown), "\(terminal.row(23))")
  }

  @Test func theNewSizeIsDrawn() throws {
    let terminal = try start()
    terminal.resize(columns: 200, rows: 101)
    #expect(terminal.wait(for: "200x101 truecolor resize"))
    expectGradient(terminal)
    terminal.resize(columns: 30, rows: 8)
    #expect(terminal.wait(for: "30x8 truecolor resize"))
  }

  @Test func aStormOfSizesEndsWithTheLast() throws {
    let terminal = try start()
    for step in 0..<60 {
      terminal.resize(columns: 20 + step * 7 % 120, rows: 5 + step * 3 % 40)
    }
    terminal.resize(columns: 97, rows: 31)
    #expect(terminal.wait(for: "97x31 truecolor"))
    terminal.type("q")
    #expect(terminal.waitForExit() == .code(0))
  }

  @Test func quittingRestoresTheTerminal() throws {
    let terminal = try start()
    #expect(!terminal.isCooked && terminal.isMouseOn)
    terminal.type("q")
    #expect(terminal.waitForExit() == .code(0))
    #expect(terminal.isRestored)
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func signalsRestoreTheTerminalAndEndTheProgram(number: Int32) throws {
    let terminal = try start()
    terminal.send(signal: number)
    #expect(terminal.waitForExit() == .signal(Int(number)))
    #expect(terminal.isRestored)
  }

  @Test func controlCEndsTheProgram() throws {
    let terminal = try start()
    terminal.type("\u{3}")
    #expect(terminal.waitForExit() == .signal(Int(SIGINT)))
    #expect(terminal.isRestored)
  }

  @Test(arguments: ["c", "t"])
  func crashesRestoreTheTerminal(key: String) throws {
    let terminal = try start()
    terminal.type(key)
    guard case .signal = terminal.waitForExit() else {
      Issue.record("the program must end by a signal")
      return
    }
    #expect(terminal.isRestored)
  }

  @Test func theCLocaleStillShowsHalfBlocks() throws {
    let terminal = try start([], ["LC_ALL": "C"], columns: 200, rows: 101)
    expectGradient(terminal)
  }

  @Test func nothingIsLeftInTheTemporaryDirectory() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try start([], ["TMPDIR": folder.path])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test func withoutATemporaryDirectoryThereAreFewerColors() throws {
    let terminal = try start([], ["TMPDIR": "/nonexistent"])
    #expect(terminal.row(23).contains("80x24 256 ready"))
  }

  @Test(arguments: [
    ("dumb", "cannot place its cursor"), ("no-such-terminal", "not in the terminfo database"),
  ])
  func unsuitableTerminalsAreRefused(name: String, reason: String) throws {
    let terminal = try #require(
      VirtualTerminal(program: "TerminalDemo", environment: ["TERM": name], columns: 200))
    #expect(terminal.waitForExit() == .code(1))
    #expect(terminal.text.contains(reason) && terminal.text.contains("camtui explain"))
  }

  @Test func filesAndPipesAreRefused() throws {
    let process = Process()
    let output = Pipe()
    process.executableURL = VirtualTerminal.buildFolder.appendingPathComponent("TerminalDemo")
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
    #expect(text.contains("not a terminal") && text.contains("camtui explain"))
  }
}
