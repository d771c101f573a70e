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

  /// At whatever time the signal comes.
  @Test(arguments: [SIGINT, SIGTERM])
  func nothingIsLeftHalfWritten(number: Int32) async throws {
    var interrupted = 0
    for delay in stride(from: 5, through: 1200, by: 85) {
      let folder = workspace.folder.appending(path: "out-\(number)-\(delay)").path
      let process = Process()
      process.executableURL = VirtualTerminal.buildFolder.appending(path: "camtui")
      process.arguments = [
        "explain", photo, "--model", workspace.model, "--method", "all", "--output", folder,
      ]
      // The user's own defaults have no place in a test.
      process.environment = ProcessInfo.processInfo.environment.merging(
        ["XDG_CONFIG_HOME": "/nonexistent"]) { $1 }
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      try await Task.sleep(for: .milliseconds(delay))
      kill(process.processIdentifier, number)
      while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      if names.isEmpty {
        interrupted += 1
        // Before the program is up, the signal ends it at once.
        let isOrderly = process.terminationReason == .exit && process.terminationStatus == 130
        #expect(isOrderly || process.terminationReason == .uncaughtSignal)
      } else {
        try expectWhole(folder, names)
        #expect(process.terminationReason == .exit && process.terminationStatus == 0)
      }
    }
    #expect(interrupted > 0)
  }

  private func expectWhole(_ folder: String, _ names: [String]) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/manifest.json"))
    let manifest = try JSONDecoder().decode(Manifest.self, from: data)
    let files = manifest.maps.values.flatMap { [$0.values, $0.heatmap, $0.overlay] }
    #expect(Set(names) == Set(files + ["manifest.json"]))
  }
}
