import Testing

@testable import CAMEngine

/// Kept explanations: found by content, bounded in bytes, the longest unused dropped first.
@Suite struct ExplanationCacheTests {
  private let model: Model
  private let features: Layer

  init() throws {
    model = try TinyNetwork.model()
    features = try model.layer(named: "features")
  }

  @Test func theSameCostsNothing() async throws {
    let cache = ExplanationCache(of: model)
    let passes = Recorder<Int>()
    var maps: [[Float]] = []
    for _ in 0..<3 {
      // The same content in another value.
      let input = PreparedInput(
        values: TinyNetwork.input.values.map { $0 }, width: 32, height: 32)
      let found = try await cache.explain(
        input, target: .ofClass(1), layers: [features], method: try Method(named: "score-cam"),
        progress: { passes.append($0.done) })
      maps.append(found.map.values)
    }
    let count = passes.values.count
    #expect(count > 0 && passes.values == passes.values.sorted())
    #expect(Set(passes.values).count == count, "passes were run again")
    #expect(maps[1] == maps[0] && maps[2] == maps[0])
    #expect(await cache.count == 1)
  }

  @Test func everyPartOfTheKeyCounts() async throws {
    let cache = ExplanationCache(of: model)
    let early = try model.layer(named: "early")
    var settings = MethodSettings()
    settings.incrementCAM.merge = .product
    let other = TinyNetwork.input { c, i, j in (c + i * j) / 1000 }
    _ = try await cache.explain(TinyNetwork.input, layers: [features])
    _ = try await cache.explain(other, layers: [features])
    _ = try await cache.explain(TinyNetwork.input, target: .ofClass(3), layers: [features])
    _ = try await cache.explain(TinyNetwork.input, layers: [early])
    _ = try await cache.explain(TinyNetwork.input, layers: [features, early], fusion: .mean)
    _ = try await cache.explain(TinyNetwork.input, layers: [features, early], fusion: .product)
    _ = try await cache.explain(TinyNetwork.input, layers: [features], method: .incrementCAM)
    #expect(await cache.count == 7)
    _ = try await cache.explain(
      TinyNetwork.input, layers: [features], method: .incrementCAM, settings: settings)
    #expect(await cache.count == 8)
    // Neither does Grad-CAM have this setting, nor does the batch size change a map.
    settings.batchSize = 3
    _ = try await cache.explain(TinyNetwork.input, layers: [features], settings: settings)
    _ = try await cache.explain(
      TinyNetwork.input, layers: [features], method: .incrementCAM, settings: settings)
    #expect(await cache.count == 8)
    await cache.removeAll()
    #expect(await cache.count == 0)
    #expect(await cache.byteCount == 0)
  }

  @Test func theLimitIsInBytes() async throws {
    let one = try await model.explain(TinyNetwork.input, layer: features).byteCount
    // Two maps of 7 x 7, 36 weights, 6 scores and probabilities, and the names.
    #expect(one == 4 * (2 * 49 + 36 + 12) + 1024)
    let cache = ExplanationCache(of: model, byteLimit: 3 * one)
    for target in 0..<3 { try await ask(cache, target) }
    #expect(await cache.byteCount == 3 * one)
    // 0 is used again; then 1 is the one unused for the longest time.
    #expect(try await isKept(cache, 0))
    try await ask(cache, 3)
    #expect(await cache.count == 3)
    #expect(await cache.byteCount == 3 * one)
    for target in [0, 2, 3] { #expect(try await isKept(cache, target), "\(target)") }
    let isFirstKept = try await isKept(cache, 1)
    #expect(!isFirstKept)
  }

  @Test func whatIsLargerThanTheLimitIsNotKept() async throws {
    let cache = ExplanationCache(of: model, byteLimit: 100)
    try await ask(cache, 1)
    #expect(await cache.count == 0)
    #expect(await cache.byteCount == 0)
  }

  private func ask(_ cache: ExplanationCache, _ target: Int) async throws {
    _ = try await cache.explain(TinyNetwork.input, target: .ofClass(target), layers: [features])
  }

  /// Whether asking again computes nothing.
  private func isKept(_ cache: ExplanationCache, _ target: Int) async throws -> Bool {
    let count = await cache.madeCount
    try await ask(cache, target)
    return await cache.madeCount == count
  }
}
