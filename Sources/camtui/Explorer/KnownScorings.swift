import CAMEngine

/// Scorings of Phase 2, finished or stopped: they go on where they were, and what is made of their scores
/// can change without a pass. The last few.
struct KnownScorings {
  struct Key: Equatable {
    var path: String
    var layer: Int
    var target: Target

    init(path: String, _ request: MapRequest) {
      self.path = path
      (layer, target) = (request.layer, request.target)
    }
  }

  /// Each holds the layer's activation.
  private static let capacity = 4

  private var kept: [(key: Key, progress: IncrementCAMProgress)] = []

  /// Keeps a scoring in place of the one that masks the same inputs.
  mutating func keep(_ progress: IncrementCAMProgress, _ key: Key) {
    kept.removeAll { $0.key == key && $0.progress.changed(to: progress.settings) != nil }
    kept.append((key, progress))
    if kept.count > Self.capacity { kept.removeFirst() }
  }

  /// What is known of a scoring with certain settings, which is not kept any more.
  mutating func take(_ key: Key, _ settings: IncrementCAMSettings) -> IncrementCAMProgress? {
    for (place, entry) in kept.enumerated().reversed() where entry.key == key {
      guard let changed = entry.progress.changed(to: settings) else { continue }
      kept.remove(at: place)
      return changed
    }
    return nil
  }
}
