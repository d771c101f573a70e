/// Explanations of one model that are kept, so that what was asked for before costs nothing.
///
/// An explanation is known by the content of the prepared input (not by a path), the layers and their
/// fusion, the class, the method, and those settings that change its map. Together the kept ones take
/// at most ``byteLimit``: when a new one needs room, those are dropped that were not asked for for the
/// longest time. An explanation of a 7 x 7 layer of a network with 1000 classes takes about 10 KiB.
///
/// ```swift
/// let cache = ExplanationCache(of: model)
/// let first = try await cache.explain(input, method: .incrementCAM)
/// let again = try await cache.explain(input, method: .incrementCAM)  // costs nothing
/// ```
///
/// The same asked for twice at once is computed twice. A failed or cancelled explanation is not kept.
public actor ExplanationCache {
  /// The model that explains.
  public nonisolated let model: Model
  /// The memory that the kept explanations may take, in bytes.
  public nonisolated let byteLimit: Int
  /// The memory that they take.
  public private(set) var byteCount = 0
  private var entries: [ExplanationKey: Entry] = [:]
  private var clock = 0
  /// How many were computed so far.
  private(set) var madeCount = 0

  private struct Entry {
    let explanation: Explanation
    var lastUse: Int
  }

  /// An empty cache.
  ///
  /// - Parameters:
  ///   - model: The model that explains.
  ///   - byteLimit: The memory that the kept explanations may take, in bytes; 64 MiB by default.
  public init(of model: Model, byteLimit: Int = 64 << 20) {
    self.model = model
    self.byteLimit = byteLimit
  }

  /// How many explanations are kept.
  public var count: Int { entries.count }

  /// Explains one class of an image, or gives the kept explanation.
  ///
  /// - Parameters:
  ///   - input: What ``Model/prepare(_:)`` made.
  ///   - target: What is explained; nil for the most probable class, which is another request than the
  ///     same class by its index.
  ///   - layers: The layers; empty for ``Model/defaultLayer``.
  ///   - fusion: How the maps of several layers are joined.
  ///   - method: The method.
  ///   - settings: The settings of the method.
  ///   - progress: Called after every batch of passes, on the network's thread; not for a kept one.
  /// - Returns: The explanation; its ``Explanation/seconds`` are those of the time when it was made.
  /// - Throws: As ``Model/explain(_:target:layers:fusion:method:settings:progress:)``.
  public func explain(
    _ input: PreparedInput, target: Target? = nil, layers: [Layer] = [],
    fusion: LayerFusion = .maximum, method: Method = .gradCAM,
    settings: MethodSettings = MethodSettings(),
    progress: (@Sendable (ExplanationProgress) -> Void)? = nil
  ) async throws -> Explanation {
    let layers = try layers.isEmpty ? [model.explainable(nil)] : layers
    let key = ExplanationKey(
      input, target: target, layers: layers, fusion: fusion, method: method,
      settings: settings)
    clock += 1
    if let known = entries[key]?.explanation {
      entries[key]?.lastUse = clock
      return known
    }
    let made = try await model.explain(
      input, target: target, layers: layers, fusion: fusion, method: method,
      settings: settings, progress: progress)
    madeCount += 1
    keep(made, key)
    return made
  }

  /// Drops everything.
  public func removeAll() {
    entries = [:]
    byteCount = 0
  }

  private func keep(_ explanation: Explanation, _ key: ExplanationKey) {
    let size = explanation.byteCount
    // The same may have been made meanwhile.
    remove(key)
    guard size <= byteLimit else { return }
    while byteCount + size > byteLimit {
      guard let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) else { break }
      remove(oldest.key)
    }
    clock += 1
    entries[key] = Entry(explanation: explanation, lastUse: clock)
    byteCount += size
  }

  private func remove(_ key: ExplanationKey) {
    guard let entry = entries.removeValue(forKey: key) else { return }
    byteCount -= entry.explanation.byteCount
  }
}

extension Explanation {
  /// The memory that its numbers take, in bytes; names and labels, which are shared with the model, are
  /// counted as 1 KiB.
  var byteCount: Int {
    let ofMaps = maps.reduce(0) { $0 + $1.map.values.count + $1.signed.values.count }
    let ofClasses =
      classification.scores.count + (classification.probabilities?.count ?? 0)
    let numbers = ofMaps + weights.count + channelScores.count + ofClasses
    return numbers * MemoryLayout<Float>.stride + 1024
  }
}
