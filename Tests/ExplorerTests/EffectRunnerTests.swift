import CAMEngine
import Terminal
import Testing

@testable import camtui

/// A source of which the test decides when a map is finished.
private final class HeldSource: ExplanationSource {
  struct Failure: Error, CustomStringConvertible {
    let description = "there is no such file"
  }

  let model = Fake.model

  func open(_ path: String) async throws -> OpenedImage {
    guard path == "large.png" else { throw Failure() }
    return OpenedImage(
      photo: Fake.photo(width: 3000, height: 1500),
      crop: PictureRegion(x: 750, y: 0, width: 1500, height: 1500))
  }

  func classify(_ path: String) async throws -> ClassScores { Fake.scores() }

  /// Class 1 is never finished.
  func explain(
    _ request: MapRequest, of path: String, report: @Sendable (MapResult) -> Void
  ) async throws -> MapResult {
    if request.isIncrementCAM { report(Fake.result(of: request, scored: 4)) }
    try await Task.sleep(for: .seconds(request.target.classIndex == 1 ? 3600 : 0))
    return Fake.result(of: request)
  }

  func channels(for request: MapRequest, of path: String) async throws -> [RankedChannel] {
    guard request.target.classIndex == 0 else { throw Failure() }
    return Fake.channels
  }

  func classify(_ path: String, hiding box: InputBox) async throws -> ClassScores {
    guard box.width > 0 else { throw Failure() }
    return Fake.hiddenScores()
  }

  func measure(
    _ measurement: Measurement, of path: String, report: @escaping @Sendable (PassCount) -> Void
  ) async throws -> MapNumbers {
    guard measurement.map.request.target.classIndex == 0 else { throw Failure() }
    report(PassCount(done: 1, total: 1))
    return Fake.numbers(of: measurement)
  }

  func save(_ order: SaveOrder, of path: String) async throws -> String {
    guard path == "large.png" else { throw Failure() }
    return "saved/\(order.screen.width)"
  }

  func classes(matching text: String) async -> [Int] { [text.count] }
}

/// Runs effects and returns the first messages.
private func messages(_ count: Int, of effects: ExplorerEffect...) async -> [ExplorerMessage] {
  let (stream, continuation) = AsyncStream.makeStream(of: ExplorerMessage.self)
  let runner = EffectRunner(source: HeldSource(), paths: ["large.png", "missing.png"]) {
    continuation.yield($0)
  }
  for effect in effects { runner.run(effect) }
  var result: [ExplorerMessage] = []
  for await message in stream {
    result.append(message)
    if result.count == count { break }
  }
  return result
}

@Suite(.timeLimit(.minutes(1))) struct EffectRunnerTests {
  @Test func largePhotosAreReducedTogetherWithTheirCrop() async throws {
    let first = await messages(1, of: .start(.open(image: 0))).first
    guard case .finished(.open(image: 0), .opened(let image))? = first else {
      Issue.record("the image must be opened")
      return
    }
    #expect(image.photo.width == 1024 && image.photo.height == 512)
    #expect(image.crop == PictureRegion(x: 256, y: 0, width: 512, height: 512))
  }

  @Test func failuresBecomeSentences() async {
    let job = Job.open(image: 1)
    #expect(
      await messages(1, of: .start(job)) == [.finished(job, .failed("there is no such file"))])
  }

  @Test func classesAreReported() async {
    let job = Job.classify(image: 0)
    #expect(
      await messages(1, of: .start(job)) == [.finished(job, .classified(Fake.scores()))])
  }

  @Test func mapsAreReported() async {
    let request = Fake.gradCAM(0)
    let job = Job.explain(request)
    #expect(
      await messages(1, of: .start(job))
        == [.finished(job, .explained(Fake.result(of: request)))])
  }

  @Test func progressIsReportedBeforeTheEnd() async {
    let request = Fake.incrementCAM(0)
    let job = Job.explain(request)
    #expect(
      await messages(2, of: .start(job)) == [
        .progressed(job, Fake.result(of: request, scored: 4)),
        .finished(job, .explained(Fake.result(of: request))),
      ])
  }

  @Test func aCancelledJobReportsIt() async {
    let job = Job.explain(Fake.gradCAM(1))
    #expect(await messages(1, of: .start(job), .cancel) == [.finished(job, .cancelled)])
  }

  @Test func channelsAreReported() async {
    let (good, bad) = (Job.rankChannels(Fake.gradCAM(0)), Job.rankChannels(Fake.gradCAM(1)))
    #expect(await messages(1, of: .start(good)) == [.finished(good, .ranked(Fake.channels))])
    #expect(
      await messages(1, of: .start(bad)) == [.finished(bad, .failed("there is no such file"))])
  }

  @Test func theClassesOfAHiddenImageAreReported() async {
    let box = InputBox(left: 1, top: 2, width: 3, height: 4)
    let job = Job.classifyHidden(Occlusion(image: 0, box: box))
    #expect(
      await messages(1, of: .start(job)) == [.finished(job, .classified(Fake.hiddenScores()))])
  }

  @Test func numbersAreReported() async {
    func job(_ classIndex: Int) -> Job {
      let map = MeasuredMap(request: Fake.gradCAM(classIndex), step: .map)
      return .measure(Measurement(map: map, part: .masked, values: Fake.map(ofClass: classIndex)))
    }
    guard case .measure(let measurement) = job(0) else { return }
    #expect(
      await messages(2, of: .start(job(0))) == [
        .counted(job(0), PassCount(done: 1, total: 1)),
        .finished(job(0), .measured(Fake.numbers(of: measurement))),
      ])
    #expect(
      await messages(1, of: .start(job(1))) == [.finished(job(1), .failed("there is no such file"))]
    )
  }

  @Test func savesAreReportedAndNotCancelled() async {
    let screen = Screen(width: 7, height: 3)
    #expect(
      await messages(1, of: .save(SaveOrder(image: 0, screen: screen)), .cancel)
        == [.saved(.saved(folder: "saved/7"))])
    #expect(
      await messages(1, of: .save(SaveOrder(image: 1, screen: screen)))
        == [.saved(.failed("there is no such file"))])
  }

  @Test func foundClassesAreReportedWithTheirText() async {
    #expect(await messages(1, of: .search("abc")) == [.found(text: "abc", classes: [3])])
  }
}
