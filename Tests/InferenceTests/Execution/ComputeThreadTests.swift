import Foundation
import Inference
import ModelTestSupport
import POSIX
import Testing

/// The thread that a network runs on.
@Suite struct ComputeThreadTests {
  /// Whoever handles a crash there finds a stack that has not run over.
  @Test func itHasAStackForSignals() async throws {
    let graph = try ModelFiles.withFile(Data(try TinyModel(seed: 1).encoded())) {
      try GraphReader.graph(path: $0)
    }
    let session = InferenceSession(
      try NetworkStructure(graph, height: nil, width: nil), threadCount: 1)
    #expect(try await session.perform { _ in SignalStack.isThere })
  }

  @Test func aStackIsThereWhileItIsUsed() {
    let isThere = SignalStack.isThere
    #expect(SignalStack.using { SignalStack.isThere })
    #expect(SignalStack.isThere == isThere)
  }
}
