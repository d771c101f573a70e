/// What exporters write into an ONNX file's `metadata_props` about the pixels.
struct ExporterMetadata {
  private let metadata: [String: String]
  private let name: String
  private let input: NetworkInput

  /// - Parameters:
  ///   - metadata: The keys with their values.
  ///   - name: What errors call them.
  ///   - input: What the network says of its input.
  init(_ metadata: [String: String], name: String, input: NetworkInput) {
    self.metadata = metadata
    self.name = name
    self.input = input
  }

  /// What Ultralytics' networks do besides classifying, and what comes out.
  private static let otherTasks = [
    "detect": "boxes", "segment": "boxes and masks", "pose": "boxes and points",
    "obb": "rotated boxes", "semantic": "a class for every pixel", "depth": "distances",
  ]

  /// Refuses a network that is no classifier.
  ///
  /// - Throws: ``PreprocessorError/otherTask(name:task:results:)``.
  func checkTask() throws(PreprocessorError) {
    guard let task = metadata["task"], let results = Self.otherTasks[task] else { return }
    throw .otherTask(name: name, task: task, results: results)
  }

  /// The settings of the first exporter whose keys there are; nil for none.
  ///
  /// - Throws: ``PreprocessorError`` for a value that is not understood.
  func preprocessor() throws(PreprocessorError) -> Preprocessor? {
    if let settings = try ultralytics() { return settings }
    return try windowsML()
  }

  private func settings(_ resize: Preprocessor.Resize, crop: Preprocessor.Size?) -> Preprocessor {
    var settings = Preprocessor(resize: resize, crop: crop)
    settings.name = name
    settings.isAssumed = false
    settings.normalization = nil
    settings.isGray = input.channels == 1
    return settings
  }

  /// Ultralytics' `classify_transforms`: the shortest edge, the middle, values of 0 to 1; not square sizes
  /// are warped.
  private func ultralytics() throws(PreprocessorError) -> Preprocessor? {
    guard metadata["task"] == "classify" else { return nil }
    let said = try imageSize()
    let size = Preprocessor.Size(
      width: input.width ?? said?.width ?? NetworkInput.assumedSide,
      height: input.height ?? said?.height ?? NetworkInput.assumedSide)
    if let said, said != size {
      throw .sizeMismatch(
        name: name, width: said.width, height: said.height, modelWidth: size.width,
        modelHeight: size.height)
    }
    return settings(
      size.width == size.height
        ? .shortestEdge(size.width) : .exact(width: size.width, height: size.height),
      crop: size)
  }

  /// `imgsz`: a number, or a list of rows and columns.
  private func imageSize() throws(PreprocessorError) -> Preprocessor.Size? {
    guard let text = metadata["imgsz"] else { return nil }
    let sides = text.split { !$0.isNumber }.compactMap { Int($0) }
    guard (1...2).contains(sides.count),
      sides.allSatisfy({ (1...PreprocessorConfiguration.largestSide).contains($0) })
    else { throw unusable("imgsz", "rows and columns, such as [224, 224]") }
    return Preprocessor.Size(width: sides[sides.count - 1], height: sides[0])
  }

  /// The keys of ONNX's `MetadataProps.md`, which Windows ML and Custom Vision use. Their photos are
  /// resized to the input, whatever their aspect.
  private func windowsML() throws(PreprocessorError) -> Preprocessor? {
    let (format, range) = ("Image.BitmapPixelFormat", "Image.NominalPixelRange")
    guard metadata[format] != nil || metadata[range] != nil else { return nil }
    guard ["SRGB", nil].contains(metadata["Image.ColorSpaceGamma"]) else {
      throw unusable("Image.ColorSpaceGamma", "SRGB")
    }
    let size = input.size
    var settings = settings(.exact(width: size.width, height: size.height), crop: nil)
    settings.resampling = .bicubic
    settings.channelOrder = try channelOrder(metadata[format])
    (settings.rescaleFactor, settings.offset) = try scaling(metadata[range])
    settings.notes = [
      "The \(name) does not say how a photo is cut; it is assumed to be resized to the input whole."
    ]
    for key in [format, range] where metadata[key] == nil {
      let usual = key == format ? "Rgb8" : "Normalized_0_1"
      settings.notes.append("The \(name) has no \(key); \(usual) is assumed.")
    }
    return settings
  }

  private func channelOrder(
    _ format: String?
  ) throws(PreprocessorError) -> Preprocessor.ChannelOrder {
    switch (format, input.channels) {
    case ("Rgb8", 3), (nil, _), ("Gray8", 1): .rgb
    case ("Bgr8", 3): .bgr
    default:
      throw unusable(
        "Image.BitmapPixelFormat",
        input.channels == 1 ? "Gray8, since the input has one channel" : "Rgb8 or Bgr8")
    }
  }

  /// The factor for bytes and what is added, so that 0 to 255 becomes the range.
  private func scaling(_ range: String?) throws(PreprocessorError) -> (Double?, Double) {
    switch range {
    case "NominalRange_0_255": (nil, 0)
    case "Normalized_0_1", nil: (1.0 / 255, 0)
    case "Normalized_1_1": (2.0 / 255, -1)
    case "NominalRange_16_235": (219.0 / 255, 16)
    default:
      throw unusable(
        "Image.NominalPixelRange",
        "NominalRange_0_255, Normalized_0_1, Normalized_1_1 or NominalRange_16_235")
    }
  }

  private func unusable(_ key: String, _ expected: String) -> PreprocessorError {
    .wrongValue(name: name, key: key, expected: expected)
  }
}
