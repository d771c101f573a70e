/// The settings that timm keeps with a model: `pretrained_cfg` of a `config.json`, the same keys at the top
/// of an older one, or the `data_config` that transformers' wrapper writes.
///
/// The rules are those of timm's `resolve_data_config` and `create_transform` (1.0.31).
struct TimmConfiguration {
  private let json: JSONValue
  private let name: String
  private let input: NetworkInput

  /// The keys that hold the settings in newer files.
  static let keys: Set = ["pretrained_cfg", "data_config"]

  /// The settings in a file; nil where it has none of timm's.
  ///
  /// - Parameters:
  ///   - file: The whole file.
  ///   - name: What errors call it.
  ///   - input: The network.
  init?(in file: JSONValue, name: String, input: NetworkInput) {
    let nested = Self.keys.sorted().compactMap { file[$0] }.first { $0.members != nil }
    guard let json = nested ?? (file["input_size"]?.elements?.count == 3 ? file : nil) else {
      return nil
    }
    self.json = json
    self.name = name
    self.input = input
  }

  /// What is read when nothing is said.
  private static let defaultCropFraction = 0.875

  /// All settings.
  ///
  /// - Returns: Settings with the file's name.
  /// - Throws: ``PreprocessorError`` for an unusable key.
  func preprocessor() throws(PreprocessorError) -> Preprocessor {
    let trained = try size("input_size")
    let tested = try size("test_input_size")
    let isTested = tested != nil && tested == declared && tested != trained
    let size = (isTested ? tested : trained) ?? Preprocessor.Size(width: 224, height: 224)
    let tests = isTested ? json["test_crop_pct"] : nil
    let normalization = try normalization()
    var settings = try geometry(size, cropFraction: try fraction(tests), normalization)
    settings.name = name
    settings.isAssumed = false
    settings.resampling = try resampling()
    settings.normalization = normalization
    settings.isGray = input.channels == 1
    if let border = json["crop_border_pixels"]?.number, border != 0 {
      throw .unknownKey(name: name, key: "crop_border_pixels")
    }
    return settings
  }

  private func geometry(
    _ size: Preprocessor.Size, cropFraction: Double, _ normalization: Preprocessor.Normalization
  ) throws(PreprocessorError) -> Preprocessor {
    let width = try enlarged(size.width, cropFraction)
    let height = try enlarged(size.height, cropFraction)
    switch json["crop_mode"] {
    case nil, .string("center"):
      return Preprocessor(
        resize: width == height ? .shortestEdge(width) : .covering(width: width, height: height),
        crop: size)
    case .string("squash"):
      return Preprocessor(resize: .exact(width: width, height: height), crop: size)
    case .string("border"):
      var settings = Preprocessor(resize: .fitting(width: width, height: height), crop: size)
      settings.fill = Self.color(of: normalization.mean)
      return settings
    default: throw unusable("crop_mode", "\"center\", \"squash\" or \"border\"")
    }
  }

  /// A side over the fraction of it that is kept, cut off.
  private func enlarged(_ side: Int, _ fraction: Double) throws(PreprocessorError) -> Int {
    let longer = Double(side) / fraction
    guard longer >= 1, longer <= Double(PreprocessorConfiguration.largestSide) else {
      throw unusable("crop_pct", "a number above 0, such as 0.95")
    }
    return Int(longer)
  }

  private static func color(of mean: [Double]) -> RGB {
    let bytes = mean.map { UInt8(min(255, max(0, (255 * $0).rounded(.toNearestOrEven)))) }
    return bytes.count == 3 ? RGB(bytes[0], bytes[1], bytes[2]) : RGB(bytes[0], bytes[0], bytes[0])
  }

  private var declared: Preprocessor.Size? {
    guard let width = input.width, let height = input.height else { return nil }
    return Preprocessor.Size(width: width, height: height)
  }

  /// Channels, rows and columns.
  private func size(_ key: String) throws(PreprocessorError) -> Preprocessor.Size? {
    guard let value = json[key] else { return nil }
    let sides = value.elements?.compactMap(\.integer) ?? []
    let isUsable = sides.allSatisfy { (1...PreprocessorConfiguration.largestSide).contains($0) }
    guard sides.count == 3, value.elements?.count == 3, isUsable else {
      throw unusable(key, "three whole numbers: channels, rows, columns")
    }
    guard sides[0] == input.channels else {
      throw unusable(key, "\(input.channels) channels, as the model takes")
    }
    return Preprocessor.Size(width: sides[2], height: sides[1])
  }

  private func fraction(_ tests: JSONValue?) throws(PreprocessorError) -> Double {
    guard let value = tests ?? json["crop_pct"] else { return Self.defaultCropFraction }
    guard let fraction = value.number, fraction >= 0, fraction.isFinite else {
      throw unusable("crop_pct", "a number above 0, such as 0.95")
    }
    return fraction == 0 ? Self.defaultCropFraction : fraction
  }

  private func resampling() throws(PreprocessorError) -> Resampling {
    guard let value = json["interpolation"] else { return .bicubic }
    guard let resampling = value.string.flatMap(Resampling.init(named:)) else {
      let names = Resampling.allCases.map { "\($0)" }.joined(separator: ", ")
      throw unusable("interpolation", "one of \(names)")
    }
    return resampling
  }

  private func normalization() throws(PreprocessorError) -> Preprocessor.Normalization {
    let usual = Preprocessor.Normalization.imageNet
    return Preprocessor.Normalization(
      mean: try channels("mean", usual.mean, "") { _ in true },
      deviation: try channels("std", usual.deviation, " above 0") { $0 > 0 })
  }

  /// One number stands for all channels.
  private func channels(
    _ key: String, _ usual: [Double], _ range: String, isUsable: (Double) -> Bool
  ) throws(PreprocessorError) -> [Double] {
    guard let value = json[key] else {
      guard input.channels == 3 else { throw unusable(key, "1 number\(range)") }
      return usual
    }
    var numbers = value.elements?.compactMap(\.number) ?? []
    if numbers.count == 1 { numbers = Array(repeating: numbers[0], count: input.channels) }
    guard numbers.count == input.channels, numbers.allSatisfy({ $0.isFinite && isUsable($0) })
    else { throw unusable(key, "an array of \(input.channels) numbers\(range)") }
    return numbers
  }

  private func unusable(_ key: String, _ expected: String) -> PreprocessorError {
    .wrongValue(name: name, key: key, expected: expected)
  }
}
