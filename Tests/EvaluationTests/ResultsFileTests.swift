import CAMEngine
import Foundation
import ModelTestSupport
import Testing

@testable import Evaluation

@Suite struct ResultsFileTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func settings(seed: UInt64 = 0) throws -> RunSettings {
    var plan = EvaluationPlan()
    plan.seed = seed
    return try settings(plan, DataSet(format: .folder, photos: []), try folder.model())
  }

  private func settings(
    _ plan: EvaluationPlan, _ data: DataSet, _ model: Model
  ) throws -> RunSettings {
    try RunSettings(
      plan, model: model, data,
      ClassMapping(labels: model.labels, classCount: model.classCount, of: data.classes))
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

  /// Each figure that could not be had is known with its reason until it can be had.
  @Test func failuresAreKeptByFigure() throws {
    func failure(_ method: String, _ metric: String = "adcc") -> FailureRecord {
      FailureRecord(unit: "a", method: method, layer: "l", metric: metric, reason: "no numbers")
    }
    let (first, second) = (
      try ResultsFile(creating: folder.path("a")), try ResultsFile(creating: folder.path("b"))
    )
    for file in [first, second] { try file.adopt(try settings()) }
    try first.record(unit("a"), [row("a", 1)])
    try first.record(unit("a"), failures: [failure("grad-cam"), failure("layer-cam")])
    #expect(try first.failures() == [failure("layer-cam")])
    try second.record(unit("a"), failures: [failure("grad-cam"), failure("grad-cam", "deletion")])
    for (name, parts) in [("m", ["a", "b"]), ("n", ["b", "a"])] {
      let merged = try ResultsFile.merging(parts.map(folder.path), into: folder.path(name))
      #expect(try merged.failures() == [failure("grad-cam", "deletion"), failure("layer-cam")])
    }
    let report = try Report(first)
    #expect(report.methodFailures.map(\.method) == ["layer-cam"] && report.failures.isEmpty)
    #expect(report.table.contains("a, layer-cam at l: no numbers"))
  }

  /// Nothing lies beside a file at rest, and nothing need be written to read it.
  @Test func aFileAtRestIsOneFile() throws {
    let path = folder.path("r.sqlite")
    var file: ResultsFile? = try ResultsFile(creating: path)
    try file?.adopt(try settings())
    try file?.record(unit("a"), [row("a", 0.5)])
    func expectAlone() throws {
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(names.filter { $0.hasPrefix("r.sqlite") } == ["r.sqlite"])
      let header = try #require(FileManager.default.contents(atPath: path)).prefix(20)
      #expect(Array(header[18...19]) == [1, 1], "the rollback journal, no WAL")
    }
    try expectAlone()
    file = nil
    try expectAlone()
    #expect(try ResultsFile(reading: path).rows() == [row("a", 0.5)])
    try expectAlone()
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func aFileInAReadOnlyFolderIsRead() throws {
    let path = folder.path("closed/r.sqlite")
    try FileManager.default.createDirectory(
      atPath: folder.path("closed"), withIntermediateDirectories: true)
    try ResultsFile(creating: path).adopt(try settings())
    let manager = FileManager.default
    try manager.setAttributes([.posixPermissions: 0o400], ofItemAtPath: path)
    try manager.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.path("closed"))
    defer {
      try? manager.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path("closed"))
    }
    #expect(try ResultsFile(reading: path).settings() == settings())
  }

  /// What else a figure depends on.
  @Test func theRunKnowsItsQuestion() throws {
    func photos(_ label: ClassLabel, _ box: Box?) -> DataSet {
      DataSet(
        format: .voc,
        photos: [Photo(name: "a", path: "/a", objects: [LabelledObject(label: label, box: box)])],
        classCount: 5)
    }
    let model = try folder.model()
    let fox = ClassLabel(name: "red fox", index: 0)
    let box = Box(left: 0, top: 0, right: 1, bottom: 1)
    let plan = EvaluationPlan()
    let usual = try settings(plan, photos(fox, box), model)
    #expect(try settings(plan, photos(fox, box), model) == usual)
    let others = [
      try settings(plan, photos(fox, nil), model),
      try settings(plan, photos(ClassLabel(name: "wolf", index: 0), box), model),
      try RunSettings(
        plan, model: model, photos(fox, box),
        ClassMapping(
          contentsOfFile: try folder.write(#"{"red fox": [1]}"#, "map.json"), classCount: 5)),
      try settings(
        plan, photos(fox, box),
        try Model(
          contentsOfFile: model.path, labels: try folder.write("a\nb\nc\nd\ne", "other.txt"))),
    ]
    for other in others { #expect(other != usual) }
  }

  @Test func otherWeightsAreAnotherModel() throws {
    var tiny = TinyModel(seed: 3)
    let moved = tiny.moveWeights(of: "head_weight", to: "weights.bin")
    let bytes = try #require(moved)
    let path = try folder.write(try tiny.encoded(), "external.onnx")
    func hash(_ bytes: [UInt8]) throws -> String {
      try folder.write(bytes, "weights.bin")
      let model = try Model(contentsOfFile: path, threads: 1)
      return try settings(EvaluationPlan(), DataSet(format: .folder, photos: []), model).modelHash
    }
    let first = try hash(bytes)
    #expect(try hash(bytes) == first)
    #expect(try hash(bytes.reversed()) != first)
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
