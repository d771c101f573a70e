import ArgumentParser
import CAMEngine
import Foundation

/// The command line of camtui.
@main
struct Camtui: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "camtui",
    abstract: "Shows where a convolutional network looks: class activation maps in the terminal.",
    usage: """
      camtui <image> ... [<options>]
      camtui <subcommand>
      """,
    discussion: """
      Without a command, images are opened in the explorer.
      Exit codes: 0; 64 usage; 65 malformed or unsupported input; 66 missing or unreadable input; \
      70 internal error; 130 interrupted.
      """,
    version: Version.text,
    subcommands: [
      ExploreCommand.self, ExplainCommand.self, InspectCommand.self, EvaluateCommand.self,
      MergeCommand.self, ReportCommand.self,
    ],
    defaultSubcommand: ExploreCommand.self)

  /// Runs the command that the arguments name, which may be paths that are not UTF-8.
  static func main() async {
    StandardOutput.checkAtExit()
    do {
      var command = try parseAsRoot(arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      end(error)
    }
  }

  /// The program's arguments without its name.
  private static var arguments: [String] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { place in
      guard let argument = CommandLine.unsafeArgv[place] else { return nil }
      return FilePath.text(
        UnsafeBufferPointer(start: argument, count: strlen(argument)).map { UInt8(bitPattern: $0) })
    }
  }

  /// Ends as the argument parser does, but what it repeats of the arguments is fit for a terminal.
  private static func end(_ error: any Error) -> Never {
    let code = exitCode(for: error)
    let text = fullMessage(for: error)
    if code.isSuccess {
      print(text)
    } else if !text.isEmpty {
      StandardError.write(text + "\n")
    }
    Foundation.exit(code.rawValue)
  }
}
