import Foundation
import TerminalTestSupport
import Testing

/// The explorer on an emulated terminal, started in the workspace's folder.
extension Workspace {
  /// Starts `camtui` with the photo, the tiny model and its labels.
  ///
  /// - Parameters:
  ///   - arguments: More arguments.
  ///   - environment: Variables; there is no home folder unless one is given.
  ///   - columns: The width of the terminal.
  ///   - rows: Its height.
  /// - Returns: The terminal.
  /// - Throws: When it cannot be started.
  func explorer(
    _ arguments: String..., environment: [String: String] = [:], columns: Int = 80, rows: Int = 24
  ) throws -> VirtualTerminal {
    let command = [program, photo, "--model", model, "--labels", labels] + arguments
    return try #require(
      VirtualTerminal(
        path: "/bin/sh", arguments: ["-c", "cd \"$0\" && exec \"$@\"", folder.path] + command,
        environment: environment, columns: columns, rows: rows))
  }

  /// The path of the program under test.
  var program: String { VirtualTerminal.buildFolder.appending(path: "camtui").path }
}

extension VirtualTerminal {
  /// Waits until the first class's Phase 1 is on the screen.
  func waitForFirstMap() -> Bool {
    wait { $0.text.contains("Phase 1, Grad-CAM, for") && !$0.text.contains("computing") }
  }
}
