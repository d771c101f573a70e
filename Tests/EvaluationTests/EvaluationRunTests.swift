import CAMEngine
import Foundation
import ModelTestSupport
import Synchronization
import Testing

@testable import Evaluation

/// Runs over a small data set with a tiny model.
@Suite struct EvaluationRunTests {
  private let folder: TestFolder
  private let model: Model
  private let data: DataSet

  init() throws {
    folder = try TestFolder()
    model = try folder.model()
    data = try DataSet.reading(try folder.writeTinyImageNet(count: 9))
  }

  private var plan: EvaluationPlan {
    get throws {
      var plan = EvaluationPlan()
      plan.methods = try [
        "grad-cam", "increment-cam:merge=product", "increment-cam:map=phase1",
      ].map { try MethodVariant($0) }
      plan.metrics = Set(Metric.allCases).subtracting([.seconds])
      plan.metricSettings.step = 300
      plan.target = .labelled
      return plan
    }
  }

  private func evaluate(
    _ name: String, _ plan: EvaluationPlan, _ report: (EvaluationProgress) -> Void = { _ in }
  ) async throws -> ResultsFile {
    let file = try ResultsFile(creating: folder.path(name))
    let mapping = ClassMapping(labels: model.labels, classCount: model.classCount)
    _ = try await Evaluation(plan, model: model, data, mapping, into: file).run(report)
    return file
  }

  @Test func everyMetricOfEveryMethodHasARow() async throws {
    let plan = try plan
    let file = try await evaluate("r.sqlite", plan)
    let rows = try file.rows()
    #expect(rows.count == 9 * (3 * plan.metrics.count + 4))
    let figures = rows.filter { $0.metric != "confidence" }.compactMap(\.value)
    #expect(figures.allSatisfy { $0.isFinite })
    let targets = try file.units().map(\.target)
    #expect(targets == (0..<9).map { $0 % 5 })
    #expect(rows.allSatisfy { $0.metric != "pointing-game" || $0.value != nil })
  }

  /// Phase 1 of Increment-CAM is Grad-CAM.
  @Test func aMapOfSeveralIsChosen() async throws {
    let rows = try await evaluate("r.sqlite", try plan).rows()
    func figures(_ method: String) -> [Double?] {
      rows.filter { $0.method == method && $0.metric == "deletion" }.map(\.value)
    }
    for (one, other) in zip(figures("grad-cam"), figures("increment-cam:map=phase1")) {
      let (a, b) = (try #require(one), try #require(other))
      #expect(abs(a - b) < 1e-5)
    }
    #expect(figures("grad-cam") != figures("increment-cam:merge=product"))
  }

  /// Settings that mask the same inputs share their passes; the figures are those of runs of their own.
  @Test func sharedPassesChangeNoFigure() async throws {
    var plan = try plan
    plan.sample = 3
    let names = [
      "increment-cam", "increment-cam:score=probability", "increment-cam:channels=all",
      "increment-cam:score=channel-softmax:channels=0.5", "increment-cam:map=phase2",
      "increment-cam:map=phase1", "increment-cam:merge=weights:regularize=mean-shift",
      "increment-cam:scoring-input=activation",
    ]
    plan.methods = try names.map { try MethodVariant($0) }
    let shared = try await evaluate("shared.sqlite", plan).rows()
    var single: [ResultRow] = []
    for method in plan.methods {
      plan.methods = [method]
      single += try await evaluate("\(method.name).sqlite", plan).rows()
    }
    #expect(Set(shared.map(\.method)) == Set(names + ["network"]))
    for row in shared where row.method != ResultRow.network {
      let own = try #require(
        single.first {
          $0.unit == row.unit && $0.method == row.method && $0.metric == row.metric
        })
      #expect((row.value == nil) == (own.value == nil))
      #expect(
        abs((row.value ?? 0) - (own.value ?? 0)) < 1e-4, "\(row.unit) \(row.method) \(row.metric)")
    }
  }

  @Test func whatIsThereIsNotComputedAgain() async throws {
    var plan = try plan
    plan.sample = 5
    let file = try await evaluate("r.sqlite", plan)
    let first = try file.rows()
    var final: EvaluationProgress?
    #expect(try await evaluate("r.sqlite", plan) { final = $0 }.rows() == first)
    #expect(final == nil, "no unit was evaluated")
  }

  /// A run may be ended between a photo's maps and its classification.
  @Test func theNetworkIsSeenAlikeWhateverElseIsMeasured() async throws {
    func network(_ name: String, _ plan: EvaluationPlan) async throws -> [ResultRow] {
      try await evaluate(name, plan).rows().filter { $0.method == ResultRow.network }
    }
    let whole = try await network("whole.sqlite", try plan)
    var plan = try plan
    plan.methods = []
    plan.metrics = []
    let alone = try await network("alone.sqlite", plan)
    #expect(alone.count == 9 * 4 && alone == whole)
  }

  @Test func methodsMayBeAddedLater() async throws {
    var plan = try plan
    plan.methods = [try MethodVariant("grad-cam")]
    _ = try await evaluate("r.sqlite", plan)
    plan.methods.append(try MethodVariant("layer-cam"))
    let methods = Set(try await evaluate("r.sqlite", plan).rows().map(\.method))
    #expect(methods == ["grad-cam", "layer-cam", "network"])
  }

  @Test func shardsJoinToTheWhole() async throws {
    let whole = try await evaluate("whole.sqlite", try plan)
    for index in 1...3 {
      var plan = try plan
      plan.shard = Shard(index: index, count: 3)
      _ = try await evaluate("part\(index).sqlite", plan)
    }
    let joined = try ResultsFile.merging(
      (1...3).map { folder.path("part\($0).sqlite") }, into: folder.path("joined.sqlite"))
    let (one, other) = (try whole.rows(), try joined.rows())
    #expect(one == other)
  }

  @Test func aCorruptPhotoIsRecordedAndTheRunGoesOn() async throws {
    try folder.write("no photo", "data/val/photo_4.png")
    try FileManager.default.removeItem(atPath: folder.path("data/val/photo_7.png"))
    var final: EvaluationProgress?
    let file = try await evaluate("r.sqlite", try plan) { final = $0 }
    #expect(final?.done == 9 && final?.failed == 2)
    let report = try Report(file)
    #expect(report.failures.keys.sorted() == ["photo_4", "photo_7"])
    #expect(report.photoCount == 7 && report.entries.allSatisfy { $0.estimate.count <= 7 })
    #expect(report.table.contains("2 failed:"))
  }

  /// Nothing else runs while times are measured.
  @Test func timedRunsReadNothingAhead() throws {
    var plan = try plan
    let file = try ResultsFile(creating: folder.path("r.sqlite"))
    let mapping = ClassMapping(labels: model.labels, classCount: model.classCount)
    func photosAhead() throws -> Int {
      try Evaluation(plan, model: model, data, mapping, into: file).photosAhead
    }
    #expect(try photosAhead() > 0)
    plan.metrics.insert(.seconds)
    #expect(try photosAhead() == 0)
  }

  @Test(arguments: [0, 1, 3, 9])
  func whatIsReadAheadIsBounded(ahead: Int) async throws {
    let begun = Mutex(0)
    var photos = ReadAhead(count: 7, ahead: ahead) { index in
      begun.withLock { $0 += 1 }
      return Task { index }
    }
    for index in 0..<7 {
      let count = begun.withLock { $0 }
      #expect(count == min(7, index + ahead))
      let value = try await photos.next().value
      #expect(value == index)
    }
  }

  @Test func aModelWithoutTheClassesIsRefused() throws {
    let mapping = ClassMapping(labels: .none, classCount: 0)
    let file = try ResultsFile(creating: folder.path("r.sqlite"))
    #expect(throws: EvaluationError.self) {
      try Evaluation(try plan, model: model, data, mapping, into: file)
    }
  }

  /// One label of several that a photo shows is a unit; its accuracy counts once.
  @Test func aPhotoOfSeveralLabelsIsSeveralUnits() {
    let photo = Photo(
      name: "p", path: "/p",
      objects: ["barn owl", "red fox", "barn owl", "unicorn"].enumerated().map {
        LabelledObject(
          label: ClassLabel(name: $1),
          box: Box(left: Double($0), top: 0, right: Double($0 + 1), bottom: 1))
      })
    let mapping = ClassMapping(labels: model.labels, classCount: model.classCount)
    let units = EvaluationUnit.units(of: photo, rule: .labelled, mapping)
    #expect(units.map(\.name) == ["p#barn owl", "p#red fox"])
    #expect(units.map(\.targets) == [[3], [0]])
    #expect(units.map(\.countsPhoto) == [true, false])
    #expect(units[0].boxes(ofClass: 3).map(\.left) == [0, 2])
    #expect(units[0].shown == [0, 3])
    let predicted = EvaluationUnit.units(of: photo, rule: .predicted, mapping)
    #expect(predicted.map(\.name) == ["p"] && predicted[0].targets.isEmpty)
  }

  @Test func settingsOfAMethodAreRead() throws {
    let variant = try MethodVariant(
      "increment-cam:scoring-input=activation:scoring-size=64:score=probability:channels=all"
        + ":merge=weights:regularize=mean-shift:map=phase2")
    let settings = variant.settings.incrementCAM
    #expect(settings.scoringInput == .activation && settings.scoringSize == 64)
    #expect(settings.score == .probability && settings.channels == .all)
    #expect(settings.merge == .weights && settings.regularize == .meanShift)
    #expect(variant.map == "phase2" && variant.method == .incrementCAM)
    for text in ["grad-cam:score", "grad-cam:score=7", "grad-cam:colour=red", "", "no-cam"] {
      #expect(throws: (any Error).self) { try MethodVariant(text) }
    }
  }
}
