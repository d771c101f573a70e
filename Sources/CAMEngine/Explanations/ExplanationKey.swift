/// What an explanation depends on, for one model.
struct ExplanationKey: Hashable, Sendable {
  /// The prepared input, by its content.
  let image: ContentDigest
  let layers: [Layer]
  let fusion: LayerFusion?
  let target: Target?
  let method: Method
  /// Settings that change no map of the method are left out.
  let settings: MethodSettings

  init(
    _ input: PreparedInput, target: Target?, layers: [Layer], fusion: LayerFusion,
    method: Method, settings: MethodSettings
  ) {
    image = ContentDigest(input)
    self.layers = layers
    self.fusion = layers.count > 1 ? fusion : nil
    self.target = target
    self.method = method
    var relevant = MethodSettings()
    if method == .incrementCAM { relevant.incrementCAM = settings.incrementCAM }
    self.settings = relevant
  }
}

/// 128 bits that stand for an input's size and values, within one run of the program. Two different
/// inputs share them with a probability of 2^-128.
struct ContentDigest: Hashable, Sendable {
  private let first: Int
  private let second: Int

  init(_ input: PreparedInput) {
    func half(_ seed: UInt8) -> Int {
      var hasher = Hasher()
      hasher.combine(seed)
      hasher.combine(input.width)
      hasher.combine(input.height)
      input.values.withUnsafeBytes { hasher.combine(bytes: $0) }
      return hasher.finalize()
    }
    first = half(0)
    second = half(1)
  }
}
