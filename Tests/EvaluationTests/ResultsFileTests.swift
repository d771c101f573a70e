import CAMEngine
import Foundation
import Testing

@testable import Evaluation

@Suite struct ResultsFileTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func settings(seed: UInt64 = 0) throws -> RunSettings {
    var plan = EvaluationPlan()
    plan.seed = seed
    return try RunSettings(
      plan, model: try folder.model(), DataSet(format: .folder, photos: []))
  }

  private func row(_ unit: String, _ value: Double?) -> ResultRow {
    ResultRow(unit: unit, method: "grad-cam", layer: "l", metric: "adcc", value: value)
  }

  private func unit(_ name: String, failure: String? = nil) -> UnitRecord {
    UnitRecord(name: name, path: "/\(name)", failure: failure)
  }

  @Test func rowsStayAsTheyWereFirst() throws {
    let file = try ResultsFile(creating: folder.path("r.sqlite"))
    try file.record(unit("a"), [row("a", 0.5)])
    try file.record(unit("a"), [row("a", 0.7)])
    try file.record(unit("b"), [row("b", nil)])
    #expect(try file.rows() == [row("a", 0.5), row("b", nil)])
    #expect(try file.rows(method: "grad-cam", layer: "l", metric: "adcc") == [row("a", 0.5)])
  }

  @Test func failuresAreForgottenOnSuccess() throws {
    let file = try ResultsFile(creating: folder.path("r.sqlite"))
    try file.record(unit("a", failure: "broken"), [])
    #expect(try file.units().map(\.failure) == ["broken"])
    try file.record(unit("a"), [row("a", 1)])
    try file.record(unit("a", failure: "broken"), [])
    #expect(try file.units().map(\.failure) == [nil])
  }

  @Test func otherSettingsAreRefusedByName() throws {
    let path = folder.path("r.sqlite")
    try ResultsFile(creating: path).adopt(try settings())
    try ResultsFile(creating: path).adopt(try settings())
    let error = #expect(throws: EvaluationError.self) {
      try ResultsFile(creating: path).adopt(try settings(seed: 9))
    }
    #expect(error?.description.contains("(seed differ)") == true, "\(String(describing: error))")
  }

  @Test func somethingElseIsNoFileOfResults() throws {
    let text = try folder.write(
      String(repeating: "This is no database. ", count: 99), "text.sqlite")
    let errors = [
      #expect(throws: EvaluationError.self) { try ResultsFile(reading: text) },
      #expect(throws: EvaluationError.self) { try ResultsFile(creating: text) },
      #expect(throws: EvaluationError.self) { try ResultsFile(reading: folder.path("none")) },
    ]
    #expect(errors.compactMap { $0?.kind } == [.malformed, .malformed, .missing])
    #expect(throws: OutputError.self) {
      try ResultsFile(creating: folder.path("no/such/folder/r.sqlite"))
    }
  }

  @Test func twoWritersShareAFile() async throws {
    let path = folder.path("r.sqlite")
    try await withThrowingTaskGroup { group in
      for writer in 0..<4 {
        group.addTask {
          let file = try ResultsFile(creating: path)
          for index in 0..<50 {
            let name = "\(index)"
            let row = ResultRow(
              unit: name, method: "\(writer)", layer: "", metric: "adcc", value: Double(index))
            try file.record(UnitRecord(name: name, path: name), [row])
          }
        }
      }
      try await group.waitForAll()
    }
    let file = try ResultsFile(creating: path)
    #expect(try file.rows().count == 200)
  }

  @Test func mergingRefusesMixedSettings() throws {
    for (name, seed) in [("a", UInt64(0)), ("b", 0), ("c", 1)] {
      let file = try ResultsFile(creating: folder.path(name))
      try file.adopt(try settings(seed: seed))
      try file.record(unit(name), [row(name, 1)])
    }
    let merged = try ResultsFile.merging(
      [folder.path("a"), folder.path("b")], into: folder.path("m"))
    #expect(try merged.rows().map(\.unit) == ["a", "b"])
    #expect(throws: EvaluationError.self) {
      try ResultsFile.merging([folder.path("a"), folder.path("c")], into: folder.path("n"))
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("n")))
  }
}
