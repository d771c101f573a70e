import CAMEngine
import Foundation
import TerminalTestSupport
import Testing

/// Ctrl-C during `camtui explain`: files are all there or none is.
@Suite struct InterruptTests {
  private let workspace: Workspace
  private let photo: String

  init() throws {
    workspace = try Workspace()
    // Large, so that writing takes as long as explaining.
    let large = Image(width: 2400, height: 1800, color: RGB(90, 140, 60))
    photo = try workspace.write(try large.pngEncoded(), "large.png")
  }

  /// While files are written: as soon as there is any.
  @Test(arguments: [SIGINT, SIGTERM])
  func nothingIsLeftHalfWritten(number: Int32) async throws {
    let folder = workspace.folder.appending(path: "out-\(number)").path
    let process = try start(photo, output: folder)
    while process.isRunning, names(folder).isEmpty { await Task.yield() }
    kill(process.processIdentifier, number)
    process.waitUntilExit()
    if names(folder).isEmpty {
      #expect(process.terminationReason == .exit && process.terminationStatus == 130)
    } else {
      try expectWhole(folder, names(folder))
      #expect(process.terminationReason == .exit && process.terminationStatus == 0)
    }
  }

  /// A photo that comes from a pipe holds the program where it reads it, for as long as it takes.
  @Test(arguments: [SIGINT, SIGTERM])
  func aSignalBeforeAnythingIsThere(number: Int32) async throws {
    let pipe = try Pipe(in: workspace.folder)
    let folder = workspace.folder.appending(path: "none-\(number)").path
    let process = try start(pipe.path, output: folder)
    await pipe.waitForReader(process)
    kill(process.processIdentifier, number)
    try pipe.end(with: try Data(contentsOf: URL(fileURLWithPath: photo)))
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 130)
    #expect(names(folder).isEmpty)
  }

  /// A second signal ends the program wherever it is.
  @Test func aSecondSignalEndsItAtOnce() async throws {
    let pipe = try Pipe(in: workspace.folder)
    let folder = workspace.folder.appending(path: "second").path
    let process = try start(pipe.path, output: folder)
    await pipe.waitForReader(process)
    // Signals that come before the first one is seen are one.
    while process.isRunning {
      kill(process.processIdentifier, SIGINT)
      try await Task.sleep(for: .milliseconds(5))
    }
    #expect(process.terminationReason == .exit && process.terminationStatus == 130)
    #expect(names(folder).isEmpty)
    try pipe.end(with: Data())
  }

  /// A pipe with a name, whose end nobody sees before it is asked for.
  private struct Pipe {
    let path: String
    private let handle: FileHandle

    init(in folder: URL) throws {
      path = folder.appending(path: UUID().uuidString).path
      try #require(mkfifo(path, 0o600) == 0)
      // Open for both: for one alone it would wait for the other.
      handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    }

    /// Waits until a program has it open.
    func waitForReader(_ process: Process) async {
      let folder = "/proc/\(process.processIdentifier)/fd"
      func isOpen() -> Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.contains {
          (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")) == path
        }
      }
      while process.isRunning, !isOpen() { await Task.yield() }
    }

    func end(with data: Data) throws {
      try handle.write(contentsOf: data)
      try handle.close()
    }
  }

  private func names(_ folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }

  private func start(_ photo: String, output: String) throws -> Process {
    let process = Process()
    process.executableURL = VirtualTerminal.buildFolder.appending(path: "camtui")
    process.arguments = [
      "explain", photo, "--model", workspace.model, "--method", "all", "--output", output,
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

  private func expectWhole(_ folder: String, _ names: [String]) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/manifest.json"))
    let manifest = try JSONDecoder().decode(Manifest.self, from: data)
    let files = manifest.maps.values.flatMap { [$0.values, $0.heatmap, $0.overlay] }
    #expect(Set(names) == Set(files + ["manifest.json"]))
  }
}
