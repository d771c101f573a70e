/// The keys of a `preprocessor_config.json`, each checked for its type and range, under the rules of the
/// class that it is for.
struct PreprocessorConfiguration {
  /// The file's keys over the defaults of its class.
  let json: JSONValue
  /// What errors call the file.
  let name: String
  /// The rules of the class; nil for a file that names none, whose rules are torchvision's.
  let processor: ImageProcessor?
  /// The network that the file is for.
  let input: NetworkInput

  /// The largest side that a configuration may ask for.
  static let largestSide = 16_384

  /// - Parameters:
  ///   - json: An object.
  ///   - name: What errors call it.
  ///   - processor: The rules of its class.
  ///   - input: The network that it is for.
  init(json: JSONValue, name: String, processor: ImageProcessor?, input: NetworkInput) {
    self.json = processor?.read(json) ?? json
    self.name = name
    self.processor = processor
    self.input = input
  }

  /// All settings.
  ///
  /// - Returns: Settings with the file's name; notes are left to the caller.
  /// - Throws: ``PreprocessorError`` for an unusable key.
  func preprocessor() throws(PreprocessorError) -> Preprocessor {
    var settings = try geometry()
    settings.name = name
    settings.isAssumed = false
    settings.centring = processor == nil ? .even : .down
    settings.resampling = try resampling()
    settings.rescaleFactor = try rescaleFactor()
    settings.offset = try flag("rescale_offset") == true && settings.rescaleFactor != nil ? -1 : 0
    settings.normalization = try normalization()
    settings.channelOrder = try channelOrder()
    settings.isGray = input.channels == 1
    return settings
  }

  private func resampling() throws(PreprocessorError) -> Resampling {
    guard let value = json["resample"] else { return .bilinear }
    guard let resampling = value.integer.flatMap(Resampling.init(rawValue:)) else {
      throw unusable("resample", "0 nearest, 1 lanczos, 2 bilinear, 3 bicubic, 4 box or 5 hamming")
    }
    return resampling
  }

  private func rescaleFactor() throws(PreprocessorError) -> Double? {
    guard try flag("do_rescale") ?? true else { return nil }
    guard let value = json["rescale_factor"] else { return 1.0 / 255 }
    guard let factor = value.number, factor != 0, factor.isFinite else {
      throw unusable("rescale_factor", "a number other than 0")
    }
    return factor
  }

  /// `include_top` divides by the deviation once more, also where nothing was normalised before.
  private func normalization() throws(PreprocessorError) -> Preprocessor.Normalization? {
    let normalizes = try flag("do_normalize") ?? true
    let dividesAgain = try flag("include_top") ?? false
    guard normalizes || dividesAgain else { return nil }
    let mean = normalizes ? try channels("image_mean", "") { _ in true } : nil
    let deviation = try channels("image_std", "above 0") { $0 > 0 }
    let squared = deviation.map { $0 * $0 }
    return Preprocessor.Normalization(
      mean: mean ?? deviation.map { _ in 0 },
      deviation: normalizes && dividesAgain ? squared : deviation)
  }

  private func channelOrder() throws(PreprocessorError) -> Preprocessor.ChannelOrder {
    guard let value = json["channel_order"] else {
      return try flag("do_flip_channel_order") == true ? .bgr : .rgb
    }
    guard let order = value.string.flatMap(Preprocessor.ChannelOrder.init(rawValue:)) else {
      throw unusable("channel_order", "\"rgb\" or \"bgr\"")
    }
    return order
  }

  /// One number for all channels, or one for each.
  private func channels(
    _ key: String, _ range: String, isUsable: (Double) -> Bool
  ) throws(PreprocessorError) -> [Double] {
    let value = json[key]
    let numbers =
      value?.number.map { Array(repeating: $0, count: input.channels) }
      ?? value?.elements?.compactMap(\.number) ?? []
    guard numbers.count == input.channels, numbers.count == value?.elements?.count ?? numbers.count,
      numbers.allSatisfy({ $0.isFinite && isUsable($0) })
    else {
      let count = input.channels == 1 ? "1 number" : "\(input.channels) numbers"
      throw unusable(key, "an array of \(count)" + (range.isEmpty ? "" : " " + range))
    }
    return numbers
  }

  func flag(_ key: String) throws(PreprocessorError) -> Bool? {
    guard let value = json[key] else { return nil }
    guard let flag = value.bool else { throw unusable(key, "true or false") }
    return flag
  }

  func unusable(_ key: String, _ expected: String) -> PreprocessorError {
    .wrongValue(name: name, key: key, expected: expected)
  }
}
