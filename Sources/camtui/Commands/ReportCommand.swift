import ArgumentParser
import CAMEngine
import Evaluation
import Foundation

/// `camtui report FILE`: sums up a file of results.
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Sums up a file of results of evaluate or merge.")

  @Argument(help: "The file of results.")
  var results: String

  @OptionGroup var reportOptions: ReportPrintingOptions

  func run() async throws {
    try await reportingFailure { try reportOptions.print(try ResultsFile(reading: results)) }
  }
}

/// The options that say how results are summed up.
struct ReportPrintingOptions: ParsableArguments {
  @Option(help: "The form: table, csv, json or latex.")
  var report = ReportFormat.table

  @Option(help: "A file for the report; standard output otherwise.")
  var reportFile: String?

  @Option(help: "The method that others are compared with; grad-cam where it was measured.")
  var baseline: String?

  @Option(help: "How many samples the intervals are made of.")
  var resamples = 1000

  func validate() throws {
    guard (1...1_000_000).contains(resamples) else {
      throw ValidationError("--resamples \(resamples): 1 to 1000000 was expected.")
    }
  }

  /// Prints a report, or writes it.
  func print(_ results: ResultsFile) throws {
    var options = ReportOptions()
    options.baseline = baseline
    options.resamples = resamples
    let text = try report.text(Report(results, options))
    if let reportFile {
      try AtomicFile.write(Array(text.utf8), to: reportFile)
    } else {
      Swift.print(text.printableLines, terminator: "")
    }
  }
}
