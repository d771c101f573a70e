import CAMEngine
import Evaluation
import Foundation
import TerminalTestSupport
import Testing

/// `camtui evaluate` that is killed again and again.
@Suite struct KilledRunTests {
  private let folder: TestFolder
  private let data: String

  init() throws {
    folder = try TestFolder()
    data = try folder.writeTinyImageNet(count: 40)
    _ = try folder.model()
  }

  /// Starts a run of the program.
  private func start(_ results: String, _ report: String) throws -> Process {
    let process = Process()
    process.executableURL = VirtualTerminal.buildFolder.appending(path: "camtui")
    process.arguments = [
      "evaluate", data, "--model", folder.path("tiny.onnx"), "--labels", folder.path("labels.txt"),
      "--methods", "grad-cam,increment-cam,increment-cam:merge=sum",
      // All digits, and what is found together with other photos or settings.
      "--report", "json", "--metrics", "average-drop,insertion,pointing-game",
      "--step", "200", "--target", "labelled", "--threads", "1", "--results",
      folder.path(results), "--report-file", folder.path(report),
    ]
    // The user's own defaults have no place in a test.
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["XDG_CONFIG_HOME": "/nonexistent"]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  private func finish(_ process: Process) async throws -> Int32 {
    while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
    return process.terminationStatus
  }

  /// How many figures a file holds by now; none where it is not there, or just being written.
  private func rowCount(_ results: String) -> Int {
    (try? ResultsFile(reading: folder.path(results)).rows().count) ?? 0
  }

  private func report(_ name: String) throws -> String {
    try String(contentsOfFile: folder.path(name), encoding: .utf8)
  }

  @Test func theReportIsThatOfAnUndisturbedRun() async throws {
    #expect(try await finish(try start("whole.sqlite", "whole.txt")) == 0)
    var kills = 0
    var known = 0
    // Each time as soon as it has written something new.
    while kills < 20 {
      let process = try start("killed.sqlite", "killed.txt")
      // On the spot: behind other tests' turns the run would be over.
      while process.isRunning, rowCount("killed.sqlite") <= known {}
      guard process.isRunning else { break }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      known = max(known, rowCount("killed.sqlite"))
      kills += 1
    }
    #expect(kills > 0)
    #expect(try await finish(try start("killed.sqlite", "killed.txt")) == 0)
    #expect(try report("killed.txt") == report("whole.txt"))
  }

  @Test func twoProcessesShareAFile() async throws {
    let processes = [try start("shared.sqlite", "a.txt"), try start("shared.sqlite", "b.txt")]
    for process in processes { #expect(try await finish(process) == 0) }
    #expect(try await finish(try start("whole.sqlite", "whole.txt")) == 0)
    #expect(try await finish(try start("shared.sqlite", "shared.txt")) == 0)
    #expect(try report("shared.txt") == report("whole.txt"))
  }
}
