import Foundation
import ModelTestSupport
import Testing

@testable import Inference

/// A batch is chosen by the plan that then runs.
@Suite struct MemoryLimitTests {
  private let executor: Executor
  private let layer: NetworkStructure.Layer

  init() throws {
    let graph = try ModelFiles.withFile(Data(try TinyModel(seed: 1).encoded())) {
      try GraphReader.graph(path: $0)
    }
    executor = try Executor(try NetworkStructure(graph, height: nil, width: nil))
    layer = try executor.structure.layer(named: "first_relu")
  }

  private func expectFit(
    _ batch: (Int, Int) throws -> Int, _ request: (Int) throws -> PlanRequest
  ) throws {
    let one = try executor.plan(request(1)).arenaByteCount
    let many = try executor.plan(request(12)).arenaByteCount
    try #require(many > one)
    for limit in [0, one, 2 * one, 3 * one, many, 100 * many] {
      let found = try batch(12, limit)
      let needed = try executor.plan(try request(found)).arenaByteCount
      #expect(needed <= limit || found == 1, "\(found) take \(needed) of \(limit) bytes")
      #expect(limit < many || found == 12)
    }
  }

  @Test func passesWithAGradient() throws {
    try expectFit(
      { try executor.batch(ofPassesTo: layer, atMost: $0, within: $1) },
      { try executor.passRequest(layer, $0) })
  }

  @Test func tails() throws {
    let surroundings = try executor.surroundings(of: layer, input: [])
    try expectFit(
      { try executor.batch(ofTailsFrom: surroundings, atMost: $0, within: $1) },
      { try executor.tailRequest(surroundings, $0) })
  }
}
