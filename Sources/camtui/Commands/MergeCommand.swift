import ArgumentParser
import Evaluation

/// `camtui merge FILE...`: joins files of results.
struct MergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Joins files of results of the same settings, such as those of several shards.")

  @Argument(help: "The files of results.")
  var parts: [String]

  @Option(help: "The joined file, SQLite; what it holds already stays.")
  var results: String

  @OptionGroup(title: "Report") var reportOptions: ReportPrintingOptions

  func run() async throws {
    try await reportingFailure {
      try reportOptions.print(try ResultsFile.merging(parts, into: results))
    }
  }
}
