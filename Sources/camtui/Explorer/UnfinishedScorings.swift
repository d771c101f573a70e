import CAMEngine

/// Scorings of Phase 2 that were stopped, so that they can go on: the last few.
struct UnfinishedScorings {
  struct Key: Equatable {
    var path: String
    var request: MapRequest
  }

  /// Each holds the layer's activation.
  private static let capacity = 4

  private var kept: [(key: Key, progress: IncrementCAMProgress)] = []

  mutating func keep(_ progress: IncrementCAMProgress, _ key: Key) {
    kept.removeAll { $0.key == key }
    kept.append((key, progress))
    if kept.count > Self.capacity { kept.removeFirst() }
  }

  /// What there is of a scoring, which is not kept any more.
  mutating func take(_ key: Key) -> IncrementCAMProgress? {
    guard let place = kept.firstIndex(where: { $0.key == key }) else { return nil }
    return kept.remove(at: place).progress
  }
}
