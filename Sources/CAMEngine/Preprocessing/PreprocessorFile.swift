extension Preprocessor {
  /// Reads settings as a `preprocessor_config.json`, a `processor_config.json` or timm's `config.json` has
  /// them.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - input: The network that they are for.
  ///   - modelType: `model_type` of the model's `config.json`, for a file that names no class.
  /// - Throws: ``PreprocessorError`` when the file cannot be read, or a key is unusable.
  public init(
    contentsOfFile path: String, input: NetworkInput, modelType: String? = nil
  ) throws(PreprocessorError) {
    let bytes = try Self.bytes(ofFile: path)
    try self.init(json: bytes, name: path, input: input, modelType: modelType)
  }

  static func bytes(ofFile path: String) throws(PreprocessorError) -> [UInt8] {
    do {
      return try FileBytes.read(path)
    } catch .notFound {
      throw .notFound(path: path)
    } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
  }

  /// Reads the text of such a file.
  ///
  /// Whose keys these are decides the class that the file names (``ImageProcessor``). A file that names
  /// none is read by torchvision's rules: `size` as a number is the shortest edge where there is a crop and
  /// both sides elsewhere, and without `crop_size` the model's input is cut out. Our own key is
  /// `channel_order` (`"rgb"` or `"bgr"`), in whose order mean and deviation are then given. What is not
  /// understood and may change pixels is an error.
  ///
  /// - Parameters:
  ///   - json: The text in UTF-8.
  ///   - name: What errors call it.
  ///   - input: The network that the settings are for.
  ///   - modelType: `model_type` of the model's `config.json`, for a text that names no class.
  /// - Throws: ``PreprocessorError`` when the text is no JSON object, or a key is unusable.
  public init(
    json: [UInt8], name: String, input: NetworkInput, modelType: String? = nil
  ) throws(PreprocessorError) {
    guard let value = JSONValue.parsed(json), case .object = value else {
      throw .notJSON(name: name)
    }
    try self.init(value: value, name: name, input: input, modelType: modelType)
  }

  /// Tells the kinds of files apart.
  init(
    value: JSONValue, name: String, input: NetworkInput, modelType: String?
  ) throws(PreprocessorError) {
    let value = value["image_processor"] ?? value
    guard let members = value.members else {
      throw .wrongValue(name: name, key: "image_processor", expected: "an object")
    }
    if let timm = TimmConfiguration(in: value, name: name, input: input) {
      self = try timm.preprocessor()
    } else {
      let processor = try ImageProcessor.reading(value, name: name, modelType: modelType)
      let notes = try PreprocessorKeys.check(members, processor: processor, name: name)
      let configuration = PreprocessorConfiguration(
        json: value, name: name, processor: processor, input: input)
      self = try configuration.preprocessor()
      self.notes = notes
    }
    try checkValues(input)
  }

  /// Refuses a normalisation for a network that takes bytes.
  private func checkValues(_ input: NetworkInput) throws(PreprocessorError) {
    let isWhole = normalization == nil && (rescaleFactor ?? 1) == 1 && offset == 0
    guard input.values != .bytes || isWhole else { throw .bytesExpected(name: name) }
  }
}

extension ImageProcessor {
  /// The processor that a file names by its class, else by the type of its model; nil where it names none.
  fileprivate static func reading(
    _ file: JSONValue, name: String, modelType: String?
  ) throws(PreprocessorError) -> ImageProcessor? {
    for key in ["image_processor_type", "feature_extractor_type"] {
      guard let type = file[key] else { continue }
      guard let text = type.string else {
        throw .wrongValue(name: name, key: key, expected: "the name of a class")
      }
      if let processor = named(text) { return processor }
      throw .unknownProcessor(name: name, type: text)
    }
    return modelType.flatMap(ofModels)
  }
}
