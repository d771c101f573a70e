/// The keys of a `preprocessor_config.json`, each checked for its type and range.
struct PreprocessorConfiguration {
  let json: JSONValue
  let name: String

  /// The largest side that a configuration may ask for.
  private static let largestSide = 16_384

  func resize() throws(PreprocessorError) -> Preprocessor.Resize? {
    guard try flag("do_resize") ?? true else { return nil }
    let expected =
      "{\"shortest_edge\": n}, {\"height\": h, \"width\": w} or a whole number of pixels"
    let value = json["size"]
    if let edge = side(value) {
      return try hasCrop() ? .shortestEdge(edge) : .exact(width: edge, height: edge)
    }
    if let edge = side(value?["shortest_edge"]) { return .shortestEdge(edge) }
    if let width = side(value?["width"]), let height = side(value?["height"]) {
      return .exact(width: width, height: height)
    }
    throw unusable("size", expected)
  }

  /// The second step.
  ///
  /// - Parameter modelInput: The size of a crop that the file asks for without saying its size.
  /// - Returns: The crop's size; nil for no crop.
  /// - Throws: ``PreprocessorError`` for an unusable size.
  func crop(modelInput: Preprocessor.Size) throws(PreprocessorError) -> Preprocessor.Size? {
    guard try hasCrop() else { return nil }
    guard let value = json["crop_size"] else { return modelInput }
    if let edge = side(value) { return Preprocessor.Size(width: edge, height: edge) }
    guard let width = side(value["width"]), let height = side(value["height"]) else {
      throw unusable("crop_size", "{\"height\": h, \"width\": w} or a whole number of pixels")
    }
    return Preprocessor.Size(width: width, height: height)
  }

  /// Without `do_center_crop`, a crop size asks for a crop, and so does a shortest edge.
  private func hasCrop() throws(PreprocessorError) -> Bool {
    try flag("do_center_crop")
      ?? (json["crop_size"] != nil || json["size"]?["shortest_edge"] != nil)
  }

  func resampling() throws(PreprocessorError) -> Resampling {
    guard let value = json["resample"] else { return .bilinear }
    guard let resampling = value.integer.flatMap(Resampling.init(rawValue:)) else {
      throw unusable("resample", "0 nearest, 1 lanczos, 2 bilinear, 3 bicubic or 4 box")
    }
    return resampling
  }

  func rescaleFactor() throws(PreprocessorError) -> Double? {
    guard try flag("do_rescale") ?? true else { return nil }
    guard let value = json["rescale_factor"] else { return 1.0 / 255 }
    guard let factor = value.number, factor != 0, factor.isFinite else {
      throw unusable("rescale_factor", "a number other than 0")
    }
    return factor
  }

  func normalization() throws(PreprocessorError) -> Preprocessor.Normalization? {
    guard try flag("do_normalize") ?? true else { return nil }
    let mean = try channels("image_mean", "an array of 3 numbers") { $0.isFinite }
    let deviation = try channels("image_std", "an array of 3 numbers above 0") { $0 > 0 }
    return Preprocessor.Normalization(mean: mean, deviation: deviation)
  }

  func channelOrder() throws(PreprocessorError) -> Preprocessor.ChannelOrder {
    guard let value = json["channel_order"] else { return .rgb }
    guard let order = value.string.flatMap(Preprocessor.ChannelOrder.init(rawValue:)) else {
      throw unusable("channel_order", "\"rgb\" or \"bgr\"")
    }
    return order
  }

  private func channels(
    _ key: String, _ expected: String, isUsable: (Double) -> Bool
  ) throws(PreprocessorError) -> [Double] {
    guard case .array(let values)? = json[key] else { throw unusable(key, expected) }
    let numbers = values.compactMap(\.number)
    guard numbers.count == 3, values.count == 3, numbers.allSatisfy(isUsable) else {
      throw unusable(key, expected)
    }
    return numbers
  }

  private func flag(_ key: String) throws(PreprocessorError) -> Bool? {
    guard let value = json[key] else { return nil }
    guard let flag = value.bool else { throw unusable(key, "true or false") }
    return flag
  }

  private func side(_ value: JSONValue?) -> Int? {
    value?.integer.flatMap { (1...Self.largestSide).contains($0) ? $0 : nil }
  }

  private func unusable(_ key: String, _ expected: String) -> PreprocessorError {
    .wrongValue(name: name, key: key, expected: expected)
  }
}
