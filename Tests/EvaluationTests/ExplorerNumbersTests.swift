import CAMEngine
import Foundation
import Synchronization
import Testing

@testable import camtui

/// The numbers of the explorer are those of the engine, with the conventions of `explain --metrics`.
@Suite struct ExplorerNumbersTests {
  private let folder: TestFolder
  private let model: Model
  private let source: ModelExplanationSource
  private let photo: String

  init() throws {
    folder = try TestFolder()
    model = try folder.model()
    source = try ModelExplanationSource(model)
    photo = try folder.writePhoto("photo.png", seed: 3)
  }

  private func request(_ method: String, _ classIndex: Int = 2) -> MapRequest {
    var request = MapRequest(
      image: 0, layer: source.model.defaultLayer, target: .ofClass(classIndex), method: method)
    if request.isIncrementCAM {
      request.parameters = ParameterValues(source.model.parameters, of: .two)
    }
    return request
  }

  /// All numbers of a map as the explorer makes it, and how far the last report was.
  private func numbers(
    _ request: MapRequest, _ step: Step, by source: ModelExplanationSource? = nil
  ) async throws -> MapNumbers {
    let source = source ?? self.source
    let result = try await source.explain(request, of: photo) { _ in }
    var map = MeasuredMap(request: request, step: step)
    var values = result.map
    if step == .phaseTwo { values = try #require(result.scoring?.map) }
    if step == .phaseThree {
      map.merging = ParameterValues(source.model.parameters, of: .three)
      values = try #require(result.scoring?.merged[map.merging])
    }
    var numbers = MapNumbers()
    for part in MeasurementPart.allCases {
      let last = Mutex(PassCount(done: 0, total: 0))
      let measurement = Measurement(map: map, part: part, values: values)
      numbers.merge(
        try await source.measure(measurement, of: photo) { count in last.withLock { $0 = count } })
      #expect(last.withLock { $0.done > 0 && $0.done <= $0.total }, "\(part)")
    }
    return numbers
  }

  /// What `explain --metrics` measures, ADCC too.
  private func reference(
    _ method: String, map: String? = nil, boxes: [Box] = [],
    settings: MetricSettings = MetricSettings()
  ) async throws -> MapMeasurement {
    let input = try model.prepare(try Image(contentsOfFile: photo))
    let explanation = try await model.explain(
      input, target: .ofClass(2), method: try Method(named: method))
    return try await model.metrics(
      of: explanation, input: input, Set(Metric.allCases), map: map, boxes: boxes,
      settings: settings)
  }

  private func expectEqual(_ numbers: MapNumbers, _ reference: MapMeasurement) throws {
    let wanted = try MapNumber.allCases.filter { reference.values[try metric($0)] != nil }
    #expect(Set(numbers.values.keys) == Set(wanted))
    for (number, value) in numbers.values {
      let expected = try #require(reference.values[try metric(number)])
      #expect(abs(value - expected) < 1e-9, "\(number): \(value) and \(expected)")
    }
    #expect(numbers.curves[.insertion] == reference.insertion?.probabilities)
    #expect(numbers.curves[.deletion] == reference.deletion?.probabilities)
  }

  private func metric(_ number: MapNumber) throws -> Metric {
    try #require(Metric(rawValue: number.rawValue))
  }

  @Test(arguments: ["grad-cam", "layer-cam", "score-cam"])
  func ofAMethod(name: String) async throws {
    try expectEqual(
      try await numbers(request(name), .map), try await reference(name))
  }

  @Test(arguments: [(Step.phaseTwo, "phase2"), (.phaseThree, "phase3")])
  func ofAPhase(step: Step, map: String) async throws {
    try expectEqual(
      try await numbers(request("increment-cam"), step),
      try await reference("increment-cam", map: map))
  }

  /// Phase 1 is measured as Grad-CAM, which makes the same map again in fewer passes.
  @Test func phaseOneIsGradCAM() async throws {
    try expectEqual(
      try await numbers(request("grad-cam"), .map),
      try await reference("increment-cam", map: "phase1"))
  }

  @Test func theSettingsOfAnEvaluationCount() async throws {
    var settings = MetricSettings()
    (settings.insertionBaseline, settings.deletionBaseline) = (.zero, .blur)
    settings.step = 100
    let source = try ModelExplanationSource(model, metricSettings: settings)
    try expectEqual(
      try await numbers(request("grad-cam"), .map, by: source),
      try await reference("grad-cam", settings: settings))
    #expect(
      source.model.curves
        == CurveFacts(
          insertionStart: "the mean colour", deletionEnd: "the blurred image", step: 100))
  }

  @Test func aFigureOfResultsIsWrittenAsInTheView() {
    #expect(EvaluatedImages.figure(.deletion, 0.1234) == "deletion 0.123")
    #expect(EvaluatedImages.figure(.adcc, 0.7123) == "ADCC 0.712")
    #expect(EvaluatedImages.figure(.averageDrop, 0.4) == "average drop 40.0 %")
    #expect(EvaluatedImages.figure(.pointingGame, 1) == "pointing game yes")
    #expect(EvaluatedImages.figure(.boxIoU, 0.5) == "box-iou 50.0 %")
  }

  @Test func passesAreCounted() async throws {
    let numbers = try await numbers(request("grad-cam"), .map)
    let (width, height) = model.inputSize
    let curve = MetricSettings().curvePasses(width: width, height: height)
    #expect(curve == height + 1)
    #expect(
      numbers.passes == [
        .averageDrop: 1, .increaseInConfidence: 1, .averageGain: 1, .sparseness: 0, .adcc: 3,
        .insertion: curve, .deletion: curve,
        .insertionMinusDeletion: 2 * curve,
      ])
  }

  @Test func boxesBesideThePhotoCount() async throws {
    try folder.write(
      """
      {"objects": [{"name": "tree frog", "wnid": null, "box": [5, 6, 25, 30]},
      {"name": "barn owl", "wnid": null, "box": [0, 0, 9, 9]}]}
      """, "photo.json")
    try expectEqual(
      try await numbers(request("grad-cam"), .map),
      try await reference(
        "grad-cam", boxes: [Box(left: 5, top: 6, right: 25, bottom: 30)]))
    let other = try await numbers(request("grad-cam", 0), .map)
    #expect(other.values[.pointingGame] == nil, "the photo shows no red fox")
  }

  @Test func aStoppedScoringGoesOn() async throws {
    let request = request("increment-cam")
    let whole = try await source.explain(request, of: photo) { _ in }
    let input = try model.prepare(try Image(contentsOfFile: photo))
    var kept = KnownScorings()
    let key = KnownScorings.Key(path: photo, request)
    for try await progress in model.incrementCAM(input, target: .ofClass(2)) {
      kept.keep(progress, key)
      break
    }
    let taken = kept.take(key, IncrementCAMSettings())
    let known = try #require(taken)
    let again = kept.take(key, IncrementCAMSettings())
    #expect(again == nil, "it goes on once")
    var last: MapResult?
    for try await progress in model.incrementCAM(continuing: known) { last = MapResult(progress) }
    #expect(last?.scoring?.scores == whole.scoring?.scores)
    #expect(last?.scoring?.map.values == whole.scoring?.map.values)
  }

  @Test func whatIsKnownIsKeptWhereItIsStoppedAtOnce() async throws {
    let request = request("increment-cam")
    let input = try model.prepare(try Image(contentsOfFile: photo))
    var scored: IncrementCAMProgress?
    for try await progress in model.incrementCAM(input, target: .ofClass(2))
    where progress.two.scoredCount > 0 {
      scored = progress
      break
    }
    let known = try #require(scored)
    await #expect(throws: CancellationError.self) {
      _ = try await source.finish(
        AsyncThrowingStream { $0.finish() },
        KnownScorings.Key(path: photo, request), from: known
      ) { _ in }
    }
    let beginnings = Mutex(0)
    let result = try await source.explain(request, of: photo) { result in
      if result.scoring?.scoredCount == 0 { beginnings.withLock { $0 += 1 } }
    }
    #expect(beginnings.withLock { $0 } == 0 && result.isComplete)
  }

  /// Another score is made of the same answers of the network.
  @Test func anotherScoreCostsNoPass() async throws {
    let first = request("increment-cam")
    _ = try await source.explain(first, of: photo) { _ in }
    var second = first
    second.parameters["score"] = "channel-softmax"
    let steps = Mutex(0)
    let result = try await source.explain(second, of: photo) { _ in steps.withLock { $0 += 1 } }
    #expect(steps.withLock { $0 } == 0 && result.isComplete)
    var settings = MethodSettings()
    settings.incrementCAM.score = .channelSoftmax
    let input = try model.prepare(try Image(contentsOfFile: photo))
    let expected = try await model.explain(
      input, target: .ofClass(2), method: .incrementCAM, settings: settings)
    let scores = try #require(result.scoring?.scores)
    #expect(zip(scores, expected.channelScores).allSatisfy { abs($0 - $1) < 1e-5 })
    second.parameters["scoring-input"] = "activation"
    let other = try await source.explain(second, of: photo) { _ in steps.withLock { $0 += 1 } }
    #expect(steps.withLock { $0 } > 0 && other.isComplete, "these are other masked inputs")
  }

  @Test func onlyTheLastFewStoppedScoringsAreKept() async throws {
    let input = try model.prepare(try Image(contentsOfFile: photo))
    let keys = (0..<5).map { KnownScorings.Key(path: photo, request("grad-cam", $0)) }
    var kept = KnownScorings()
    for try await progress in model.incrementCAM(input) {
      for key in keys { kept.keep(progress, key) }
      break
    }
    let found = keys.map { kept.take($0, IncrementCAMSettings()) != nil }
    #expect(found == [false, true, true, true, true])
  }
}
