import Foundation
import TerminalTestSupport
import Testing

/// A finished run of the `camtui` that lies beside the tests.
struct CommandRun {
  /// How long a run may take before the test fails.
  private static let patience: Duration = .seconds(60)

  let exitCode: Int32
  let output: String
  let errors: String

  /// Runs `camtui` to its end.
  ///
  /// - Parameters:
  ///   - arguments: Its arguments.
  ///   - folder: Where its output is collected.
  ///   - environment: More variables.
  ///   - device: What its standard output is in place of a file, such as a device.
  /// - Throws: When it cannot be started, or a signal ends it.
  init(
    _ arguments: [String], collectingIn folder: URL, environment: [String: String] = [:],
    printingTo device: String? = nil
  ) async throws {
    let process = Process()
    let name = UUID().uuidString
    let output = folder.appending(path: "\(name).out")
    let errors = folder.appending(path: "\(name).err")
    process.executableURL = VirtualTerminal.buildFolder.appending(path: "camtui")
    process.arguments = arguments
    // The user's own defaults have no place in a test.
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["XDG_CONFIG_HOME": "/nonexistent"].merging(environment) { $1 }
    ) { $1 }
    process.standardInput = FileHandle.nullDevice
    let printed = try Self.emptyFile(output)
    process.standardOutput =
      try device.map {
        try FileHandle(forWritingTo: URL(fileURLWithPath: $0))
      } ?? printed
    process.standardError = try Self.emptyFile(errors)
    try process.run()
    let deadline = ContinuousClock.now + Self.patience
    while process.isRunning {
      if ContinuousClock.now > deadline { process.terminate() }
      try await Task.sleep(for: .milliseconds(5))
    }
    try #require(process.terminationReason == .exit, "camtui \(arguments) was ended by a signal")
    exitCode = process.terminationStatus
    self.output = try String(contentsOf: output, encoding: .utf8)
    self.errors = try String(contentsOf: errors, encoding: .utf8)
  }

  private static func emptyFile(_ url: URL) throws -> FileHandle {
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }
}
