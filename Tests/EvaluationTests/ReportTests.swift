import CAMEngine
import Foundation
import Testing

@testable import Evaluation

/// Reports of figures that were made up.
@Suite struct ReportTests {
  private let folder: TestFolder
  private let file: ResultsFile

  /// Four units; the second method is better by 0.1, 0.2, 0.3 and 0.4.
  init() throws {
    folder = try TestFolder()
    file = try ResultsFile(creating: folder.path("r.sqlite"))
    try file.adopt(
      RunSettings(
        EvaluationPlan(), model: try folder.model(), DataSet(format: .voc, photos: []),
        ClassMapping(labels: .none, classCount: 5)))
    for (index, value) in [0.1, 0.2, 0.3, 0.4].enumerated() {
      let name = "u\(index)"
      let rows = [
        ResultRow(
          unit: name, method: "grad-cam", layer: "l", metric: "adcc", value: value),
        ResultRow(
          unit: name, method: "layer-cam", layer: "l", metric: "adcc", value: 2 * value),
        ResultRow(
          unit: name, method: "layer-cam", layer: "l", metric: "pointing-game", value: nil),
        ResultRow(unit: name, method: "network", layer: "", metric: "top-1", value: 1),
        ResultRow(unit: name, method: "network", layer: "", metric: "top-5", value: 1),
        ResultRow(unit: name, method: "network", layer: "", metric: "confidence", value: 0.9),
      ]
      try file.record(UnitRecord(name: name, path: "/\(name)"), rows)
    }
  }

  @Test func meansAndPairedDifferences() throws {
    let report = try Report(file)
    #expect(report.entries.map(\.method) == ["grad-cam", "layer-cam"])
    #expect(report.baseline == "grad-cam")
    let (base, other) = (report.entries[0], report.entries[1])
    #expect(abs(base.estimate.mean - 0.25) < 1e-12 && base.difference == nil)
    let difference = try #require(other.difference)
    #expect(abs(difference.estimate.mean - 0.25) < 1e-12)
    #expect(difference.probability == 0.125, "2 of 16 choices of signs")
    let low = try #require(difference.estimate.low)
    #expect(low >= 0.1)
    let accuracy = try #require(report.accuracy)
    #expect(accuracy.topOne.mean == 1)
    #expect(abs(accuracy.calibrationError - 0.1) < 1e-12)
  }

  @Test func theBaselineIsChosen() throws {
    var options = ReportOptions()
    options.baseline = "layer-cam"
    #expect(try Report(file, options).entries[0].difference?.estimate.mean == -0.25)
    options.baseline = "none"
    #expect(throws: EvaluationError.self) { try Report(file, options) }
  }

  @Test func equalFilesGiveEqualReports() throws {
    #expect(try Report(file) == Report(file))
  }

  @Test func formsAreWellFormed() throws {
    let report = try Report(file)
    let decoded = try JSONDecoder().decode(Report.self, from: Data(try report.json().utf8))
    #expect(decoded == report)
    let lines = report.csv.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(lines.allSatisfy { $0.count == 12 } && lines.count == 1 + 3 + 2)
    #expect(report.latex.contains("layer-cam & \\textbf{50.0} {\\scriptsize$\\pm$"))
    #expect(report.latex.contains("grad-cam & 25.0"))
    #expect(report.table.contains("adcc %, higher is better"))
    #expect(report.table.contains("top-1 %"))
  }
}
