import Foundation
import Testing

@testable import CAMEngine

/// Cancelled work ends within one batch, and leaves neither running work nor memory.
@Suite(.serialized) struct CancellationTests {
  private let model: Model
  private let layer: Layer

  init() throws {
    model = try TinyNetwork.model(threads: 1)
    layer = try model.layer(named: "features")
  }

  private var settings: MethodSettings {
    var settings = MethodSettings()
    settings.batchSize = 4
    settings.incrementCAM.channels = .all
    return settings
  }

  @Test(arguments: ["score-cam", "increment-cam", "group-cam", "recipro-cam"])
  func endsAtEveryBatchBoundary(name: String) async throws {
    let method = try Method(named: name)
    let batches = try await batches(method, cancellingAfter: .max)
    #expect(batches.isComplete && batches.count > 1)
    for boundary in 1..<batches.count {
      let found = try await self.batches(method, cancellingAfter: boundary)
      #expect(!found.isComplete)
      #expect(found.count == boundary, "ran \(found.count) batches, cancelled after \(boundary)")
    }
  }

  /// Methods of the part behind a layer keep the memory limit, too.
  @Test(arguments: ["ablation-cam", "recipro-cam"])
  func littleMemoryMakesSmallBatches(name: String) async throws {
    func batches(_ change: (inout MethodSettings) -> Void) async throws -> Int {
      var settings = MethodSettings()
      change(&settings)
      let seen = Recorder<Int>()
      _ = try await model.explain(
        TinyNetwork.input, target: .ofClass(1), layer: layer, method: try Method(named: name),
        settings: settings, progress: { seen.append($0.done) })
      return seen.values.count
    }
    let usual = try await batches { _ in }
    #expect(try await batches { $0.memoryLimit = 1 } > usual)
    #expect(try await batches { $0.batchSize = 1 } > usual)
  }

  /// Runs a method whose own task is cancelled at the end of a batch.
  private func batches(
    _ method: CAMEngine.Method, cancellingAfter limit: Int
  ) async throws -> (count: Int, isComplete: Bool) {
    let seen = Recorder<Int>()
    let task = Task { [model, layer, settings] in
      try await model.explain(
        TinyNetwork.input, target: .ofClass(1), layer: layer, method: method, settings: settings,
        progress: { progress in
          seen.append(progress.done)
          if seen.values.count == limit { withUnsafeCurrentTask { $0?.cancel() } }
        })
    }
    do {
      _ = try await task.value
      return (seen.values.count, true)
    } catch is CancellationError {
      return (seen.values.count, false)
    }
  }

  /// Whoever leaves the loop ends the work behind it.
  @Test func leavingTheStreamEndsTheWork() async throws {
    let total = try await steps(leavingAfter: .max).done
    #expect(total > 20)
    for limit in 1...4 {
      let found = try await steps(leavingAfter: limit)
      // Asking the network again waits for whatever it still had to do.
      _ = try await model.classify(TinyNetwork.input)
      let done = found.counter.passes.total
      _ = try await model.classify(TinyNetwork.input)
      #expect(found.counter.passes.total == done, "work went on")
    }
  }

  private func steps(leavingAfter limit: Int) async throws -> (counter: PassCounter, done: Int) {
    let counter = PassCounter()
    let stream = PassCounter.$current.withValue(counter) {
      model.incrementCAM(TinyNetwork.input, target: .ofClass(1), layer: layer, settings: settings)
    }
    var seen = 0
    for try await _ in stream {
      seen += 1
      if seen == limit { break }
    }
    return (counter, counter.passes.total)
  }

  /// The resident memory after 200 cancelled runs is that after 20, in a process of its own, where no
  /// other test takes memory meanwhile.
  @Test func cancellingLeaksNothing() async {
    await #expect(processExitsWith: .success) {
      let tests = try CancellationTests()
      try await tests.cancel(times: 20)
      let before = try tests.residentBytes()
      try await tests.cancel(times: 180)
      let growth = try tests.residentBytes() - before
      #expect(growth < 8 << 20, "grew by \(growth >> 10) KiB")
    }
  }

  private func cancel(times: Int) async throws {
    let method = try Method(named: "score-cam")
    for round in 0..<times {
      _ = try await batches(method, cancellingAfter: 1 + round % 6)
      if round % 10 == 0 { _ = try await steps(leavingAfter: 1 + round % 4) }
    }
  }

  private func residentBytes() throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return try #require(pages) * sysconf(Int32(_SC_PAGESIZE))
  }
}
