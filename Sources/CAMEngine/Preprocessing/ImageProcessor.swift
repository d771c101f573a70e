/// One of transformers' image processors: what its class does with a file's keys, and without them.
struct ImageProcessor: Sendable {
  /// What its class makes of `size`, `crop_size` and `crop_pct`.
  enum Geometry: Sendable {
    /// Resized to `size`, then the middle `crop_size` where `do_center_crop` says so.
    case resizeThenCrop
    /// Resized to `size`; no crop.
    case resizeOnly
    /// Below 384: the shortest edge becomes `size` over `crop_pct`, then the middle `size` is cut out; from
    /// 384 on warped to `size` (ConvNeXT).
    case cropFraction
    /// `size` over `crop_pct`, then the crop (PoolFormer).
    case sizeOverCropFraction
    /// A shortest edge of 256/224 times `size`, then the crop (LeViT).
    case enlargedEdge
    /// The middle `size` over `crop_size` of the shorter side, then resized to `size` (Perceiver).
    case cropThenResize
  }

  /// The class.
  let name: String
  /// The `model_type` of those `config.json` whose models use it.
  let modelTypes: [String]
  /// What it makes of the sizes.
  let geometry: Geometry
  /// Its values of keys that are absent.
  let defaults: JSONValue
  /// The keys that this class reads and the others do not.
  var ownKeys: Set<String> = []
  /// The usual keys that this class does not read.
  var unreadKeys: Set<String> = []

  /// The one that a file names.
  ///
  /// - Parameter name: A value of `image_processor_type` or `feature_extractor_type`, also of the fast
  ///   variants and of the old names.
  /// - Returns: Its rules; nil for a class that is not known.
  static func named(_ name: String) -> ImageProcessor? {
    var base = name[...]
    for ending in ["Fast", "Pil"] where base.hasSuffix(ending) {
      base = base.dropLast(ending.count)
    }
    let old = "FeatureExtractor"
    let current = base.hasSuffix(old) ? base.dropLast(old.count) + "ImageProcessor" : base
    return all.first { $0.name == current }
  }

  /// The one that models of a type use.
  ///
  /// - Parameter modelType: `model_type` of a `config.json`.
  /// - Returns: Its rules; nil for a type that is not known.
  static func ofModels(_ modelType: String) -> ImageProcessor? {
    all.first { $0.modelTypes.contains(modelType) }
  }

  /// Whether the class looks past a key that others read.
  ///
  /// - Parameter key: A key of a file.
  /// - Returns: True where a file's value of it changes nothing.
  func looksPast(_ key: String) -> Bool {
    unreadKeys.contains(key)
      || !ownKeys.contains(key) && Self.all.contains { $0.ownKeys.contains(key) }
  }

  /// The values that the class works with.
  ///
  /// - Parameter file: The object in a file.
  /// - Returns: What the class reads of it, over its defaults.
  func read(_ file: JSONValue) -> JSONValue {
    defaults.overridden(by: .object((file.members ?? [:]).filter { !looksPast($0.key) }))
  }

  /// The class that reads timm's settings, from `config.json` where its own file has none.
  static let timmWrapper = "TimmWrapperImageProcessor"
}
