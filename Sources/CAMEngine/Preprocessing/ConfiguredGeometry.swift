extension PreprocessorConfiguration {
  /// The steps that change the size, by the rule of the class.
  ///
  /// - Returns: Settings with these steps.
  /// - Throws: ``PreprocessorError`` for an unusable size.
  func geometry() throws(PreprocessorError) -> Preprocessor {
    switch processor?.geometry ?? .resizeThenCrop {
    case .resizeThenCrop: Preprocessor(resize: try resize(), crop: try crop())
    case .resizeOnly: Preprocessor(resize: try resize(), crop: nil)
    case .cropFraction: try fractionOfSize()
    case .sizeOverCropFraction:
      Preprocessor(resize: try resize().map(overCropFraction), crop: try crop())
    case .enlargedEdge: Preprocessor(resize: try resize().map(enlarged), crop: try crop())
    case .cropThenResize: try centerPart()
    }
  }

  private func fractionOfSize() throws(PreprocessorError) -> Preprocessor {
    guard let resize = try resize() else { return Preprocessor(resize: nil, crop: try crop()) }
    guard case .shortestEdge(let edge) = resize else {
      throw unusable("size", "{\"shortest_edge\": n} or a whole number of pixels")
    }
    let isWarped = edge >= 384
    let crop = try crop()
    guard !isWarped else {
      return Preprocessor(resize: .exact(width: edge, height: edge), crop: crop)
    }
    let square = Preprocessor.Size(width: edge, height: edge)
    guard crop == nil || crop == square else {
      throw unusable("crop_size", "none, or \(edge), since crop_pct cuts \(edge) x \(edge) out")
    }
    return Preprocessor(resize: .shortestEdge(try divided(edge)), crop: square)
  }

  private func overCropFraction(
    _ resize: Preprocessor.Resize
  ) throws(PreprocessorError) -> Preprocessor.Resize {
    switch resize {
    case .shortestEdge(let edge): .shortestEdge(try divided(edge))
    case .exact(let width, let height) where width == height: .shortestEdge(try divided(width))
    case .exact(let width, let height):
      .exact(width: try divided(width), height: try divided(height))
    default: throw unusable("size", Self.sizes)
    }
  }

  /// A length over `crop_pct`, cut off.
  private func divided(_ length: Int) throws(PreprocessorError) -> Int {
    let fraction = json["crop_pct"]?.number ?? 0
    let longer = fraction > 0 ? Double(length) / fraction : 0
    guard longer >= 1, longer <= Double(Self.largestSide) else {
      throw unusable("crop_pct", "a number above 0, such as 0.875")
    }
    return Int(longer)
  }

  private func enlarged(
    _ resize: Preprocessor.Resize
  ) throws(PreprocessorError) -> Preprocessor.Resize {
    switch resize {
    case .shortestEdge(let edge): .shortestEdge(Int(256.0 / 224 * Double(edge)))
    case .exact: resize
    default: throw unusable("size", Self.sizes)
    }
  }

  private func centerPart() throws(PreprocessorError) -> Preprocessor {
    guard case .exact(let width, let height) = try size() else {
      throw unusable("size", "{\"height\": h, \"width\": w} or a whole number of pixels")
    }
    var settings = Preprocessor(resize: try resize(), crop: nil)
    if let whole = try crop() {
      settings.part = Preprocessor.CenterPart(
        width: Double(width) / Double(whole.width), height: Double(height) / Double(whole.height))
    }
    return settings
  }

  private func resize() throws(PreprocessorError) -> Preprocessor.Resize? {
    try flag("do_resize") ?? true ? try size() : nil
  }

  private static let sizes =
    "{\"shortest_edge\": n}, {\"height\": h, \"width\": w} or a whole number of pixels"

  private func size() throws(PreprocessorError) -> Preprocessor.Resize {
    let value = json["size"]
    if let edge = side(value) {
      // Without a class, a number is the shortest edge where a crop makes a square of it.
      let isCropped = try hasCrop()
      let isSquare = try flag("default_to_square") ?? !isCropped
      return isSquare ? .exact(width: edge, height: edge) : .shortestEdge(edge)
    }
    if let (width, height) = pair(value) { return .exact(width: width, height: height) }
    let members = (value?.members ?? [:]).filter { $0.value != .null }
    let lengths = members.compactMapValues(side)
    guard lengths.count == members.count else { throw unusable("size", Self.sizes) }
    return try resize(lengths)
  }

  /// The sets of keys that transformers takes, but for those whose result depends on patches.
  private func resize(_ lengths: [String: Int]) throws(PreprocessorError) -> Preprocessor.Resize {
    switch lengths.keys.sorted() {
    case ["shortest_edge"]: return .shortestEdge(lengths["shortest_edge", default: 1])
    case ["height", "width"]:
      return .exact(width: lengths["width", default: 1], height: lengths["height", default: 1])
    case ["longest_edge", "shortest_edge"]:
      return .edges(
        shortest: lengths["shortest_edge", default: 1],
        longest: lengths["longest_edge", default: 1])
    case ["max_height", "max_width"]:
      return .within(
        width: lengths["max_width", default: 1], height: lengths["max_height", default: 1])
    default: throw unusable("size", Self.sizes)
    }
  }

  /// The size of the crop; nil for no crop. A file without a class may leave the size to the network.
  private func crop() throws(PreprocessorError) -> Preprocessor.Size? {
    guard try hasCrop() else { return nil }
    guard let value = json["crop_size"] else {
      guard processor == nil else { throw unusable("crop_size", Self.cropSizes) }
      return input.size
    }
    if let edge = side(value) { return Preprocessor.Size(width: edge, height: edge) }
    if let (width, height) = pair(value) { return Preprocessor.Size(width: width, height: height) }
    guard let width = side(value["width"]), let height = side(value["height"]) else {
      throw unusable("crop_size", Self.cropSizes)
    }
    return Preprocessor.Size(width: width, height: height)
  }

  private static let cropSizes = "{\"height\": h, \"width\": w} or a whole number of pixels"

  /// Without a class and `do_center_crop`, a crop size asks for a crop, and so does a shortest edge.
  private func hasCrop() throws(PreprocessorError) -> Bool {
    if let flag = try flag("do_center_crop") { return flag }
    return processor == nil
      && (json["crop_size"] != nil || json["size"]?["shortest_edge"] != nil)
  }

  private func side(_ value: JSONValue?) -> Int? {
    value?.integer.flatMap { (1...Self.largestSide).contains($0) ? $0 : nil }
  }

  /// A list of a height and a width.
  private func pair(_ value: JSONValue?) -> (width: Int, height: Int)? {
    guard let elements = value?.elements, elements.count == 2, let height = side(elements[0]),
      let width = side(elements[1])
    else { return nil }
    return (width, height)
  }
}
