import Synchronization
import Terminal
import Testing

@testable import camtui

/// A source of which the test decides when a map is finished.
private final class HeldSource: ExplanationSource {
  struct Failure: Error, CustomStringConvertible {
    let description = "there is no such file"
  }

  func open(_ path: String) async throws -> OpenedImage {
    guard path == "large.png" else { throw Failure() }
    var image = Fake.image()
    image.photo = Fake.photo(width: 3000, height: 1500)
    image.crop = PictureRegion(x: 750, y: 0, width: 1500, height: 1500)
    return image
  }

  func map(of path: String, classIndex: Int) async throws -> ActivationMap {
    try await Task.sleep(for: .seconds(classIndex == 0 ? 0 : 3600))
    return Fake.map(ofClass: 200)
  }
}

/// Runs effects and returns the first message.
private func firstMessage(_ effects: ExplorerEffect...) async throws -> ExplorerMessage? {
  let (stream, continuation) = AsyncStream.makeStream(of: ExplorerMessage.self)
  let runner = EffectRunner(source: HeldSource(), paths: ["large.png", "missing.png"]) {
    continuation.yield($0)
  }
  for effect in effects { runner.run(effect) }
  var iterator = stream.makeAsyncIterator()
  return await iterator.next()
}

@Suite(.timeLimit(.minutes(1))) struct EffectRunnerTests {
  @Test func largePhotosAreReducedTogetherWithTheirCrop() async throws {
    guard
      case .finished(.open(image: 0), .opened(let image))? = try await firstMessage(
        .start(.open(image: 0)))
    else {
      Issue.record("the image must be opened")
      return
    }
    #expect(image.photo.width == 1024 && image.photo.height == 512)
    #expect(image.crop == PictureRegion(x: 256, y: 0, width: 512, height: 512))
  }

  @Test func failuresBecomeSentences() async throws {
    #expect(
      try await firstMessage(.start(.open(image: 1)))
        == .finished(.open(image: 1), .failed("there is no such file")))
  }

  @Test func mapsAreReported() async throws {
    let job = Job.map(image: 0, classIndex: 0)
    #expect(
      try await firstMessage(.start(job)) == .finished(job, .mapped(Fake.map(ofClass: 200))))
  }

  @Test func aCancelledJobReportsIt() async throws {
    let job = Job.map(image: 0, classIndex: 1)
    #expect(try await firstMessage(.start(job), .cancel) == .finished(job, .cancelled))
  }
}
