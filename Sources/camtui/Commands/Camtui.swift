import ArgumentParser

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
}
