import CAMEngine
import Foundation
import Testing

@testable import Evaluation

/// The worst and the best images of a file of results.
@Suite struct ResultCasesTests {
  private let folder: TestFolder
  private let file: ResultsFile

  init() throws {
    folder = try TestFolder()
    file = try ResultsFile(creating: folder.path("r.sqlite"))
    for (index, value) in [0.5, 0.1, 0.9, 0.3, 0.7].enumerated() {
      try record("p\(index)", "layer-cam", "deletion", value)
      try record("p\(index)", "layer-cam", "average-drop", 1 - value)
      try record("p\(index)", "score-cam", "adcc", value)
      try record("p\(index)", "score-cam", "sparseness", value)
    }
    try record("p9", "layer-cam", "deletion", nil)
    try record("p0", "network", "confidence", 1, layer: "")
  }

  private func record(
    _ unit: String, _ method: String, _ metric: String, _ value: Double?, layer: String = "l"
  ) throws {
    try file.record(
      UnitRecord(name: unit, path: "\(unit).jpg", target: 3),
      [ResultRow(unit: unit, method: method, layer: layer, metric: metric, value: value)])
  }

  private func names(_ change: (inout CaseSelection) -> Void) throws -> [String] {
    var selection = CaseSelection()
    change(&selection)
    return try file.cases(selection).cases.map {
      "\($0.isWorst ? "worst" : "best") \($0.place) \($0.unit.name)"
    }
  }

  @Test func theFirstMethodAndAMetricOfRanksAreChosen() throws {
    let found = try file.cases()
    #expect(found.method == "layer-cam" && found.layer == "l" && found.metric == .deletion)
    #expect(found.count == 5)
    #expect(found.cases.map(\.value) == [0.9, 0.7, 0.5, 0.3, 0.1])
    #expect(found.cases.allSatisfy { $0.isWorst && $0.target == 3 })
  }

  @Test func lowerIsBetterOrWorse() throws {
    #expect(
      try names { ($0.worst, $0.best) = (2, 2) }
        == ["worst 1 p2", "worst 2 p4", "best 1 p1", "best 2 p3"])
    #expect(
      try names { ($0.method, $0.worst, $0.best) = ("score-cam", 1, 2) }
        == ["worst 1 p1", "best 1 p2", "best 2 p4"])
    #expect(
      try names { ($0.metric, $0.worst) = (.averageDrop, 1) } == ["worst 1 p1"])
    #expect(try names { $0.best = 1 } == ["best 1 p1"])
  }

  @Test func everyImageIsThereOnce() throws {
    #expect(
      try names { ($0.worst, $0.best) = (3, 9) }
        == ["worst 1 p2", "worst 2 p4", "worst 3 p0", "best 1 p1", "best 2 p3"])
  }

  @Test func equalFiguresAreInTheOrderOfTheNames() throws {
    for name in ["p3", "p1", "p0", "p2"] {
      try record(name, "eigen-cam", "insertion", 0.5)
      try record(name, "eigen-cam", "deletion", 0.5)
    }
    for metric in [Metric.insertion, .deletion] {
      func found(_ worst: Int?, _ best: Int?) throws -> [String] {
        try names {
          ($0.method, $0.metric) = ("eigen-cam", metric)
          ($0.worst, $0.best) = (worst, best)
        }
      }
      #expect(try found(2, 2) == ["worst 1 p0", "worst 2 p1", "best 3 p2", "best 4 p3"])
      #expect(try found(nil, 2) == ["best 1 p0", "best 2 p1"])
    }
  }

  @Test func whatIsNotThereIsNamed() throws {
    func message(_ change: (inout CaseSelection) -> Void) -> String {
      var selection = CaseSelection()
      change(&selection)
      let error = #expect(throws: EvaluationError.self) { try file.cases(selection) }
      return error?.description ?? ""
    }
    #expect(message { $0.method = "eigen-cam" }.contains("one of layer-cam, score-cam"))
    #expect(message { $0.metric = .insertion }.contains("one of average-drop, deletion"))
    #expect(message { $0.layer = "m" }.contains("the layer m"))
    let neither = message { ($0.method, $0.metric) = ("score-cam", .sparseness) }
    #expect(neither.contains("neither better nor worse"))
    let empty = try ResultsFile(creating: folder.path("empty.sqlite"))
    #expect(throws: EvaluationError.self) { try empty.cases() }
  }

  @Test func theNetworkMustBeTheSame() throws {
    let model = try folder.model()
    let settings = try RunSettings(
      EvaluationPlan(), model: model, DataSet(format: .folder, photos: []),
      ClassMapping(labels: .none, classCount: 5))
    try settings.check(model, of: "r.sqlite")
    let other = try TestFolder()
    let error = #expect(throws: EvaluationError.self) {
      try settings.check(try other.model(seed: 8), of: "r.sqlite")
    }
    #expect(error?.description.contains("is not the network of r.sqlite") == true)
    let file = try folder.write(
      #"{"size": 40, "crop_size": 32, "image_mean": [0.5, 0.5, 0.5], "image_std": [1, 1, 1]}"#,
      "other.json")
    let changed = try Model(
      contentsOfFile: model.path, labels: nil, preprocessor: file, threads: 1)
    let second = #expect(throws: EvaluationError.self) {
      try settings.check(changed, of: "r.sqlite")
    }
    #expect(second?.description.contains("other preprocessing") == true)
  }

  @Test func thePathOfTheNetworkIsKept() throws {
    let settings = try RunSettings(
      EvaluationPlan(), model: try folder.model(), DataSet(format: .folder, photos: []),
      ClassMapping(labels: .none, classCount: 5))
    #expect(try file.modelPath() == nil)
    try file.adopt(settings, modelPath: "first.onnx")
    try file.adopt(settings, modelPath: "second.onnx")
    #expect(try file.modelPath() == "first.onnx")
    let merged = try ResultsFile.merging([file.path], into: folder.path("m.sqlite"))
    #expect(try merged.modelPath() == "first.onnx")
  }
}
