extension Preprocessor {
  /// The settings for a model: the first of these that there is.
  ///
  /// 1. The file that was asked for.
  /// 2. What the model carries in its metadata under the key `preprocessor_config`.
  /// 3. Beside the model, then one folder up where the model's folder is called `onnx`:
  ///    `<model stem>.preprocessor_config.json`, `processor_config.json` with an `image_processor`,
  ///    `preprocessor_config.json`, `config.json` with timm's settings.
  /// 4. What exporters write into the metadata (``ExporterMetadata``).
  /// 5. The defaults of the class for the `model_type` of a `config.json`, as an assumption.
  /// 6. ``assumed(_:)``.
  ///
  /// - Parameters:
  ///   - model: The path of the model.
  ///   - file: The path of a configuration that was asked for.
  ///   - metadata: The model's metadata.
  ///   - input: What the network says of its input.
  /// - Returns: The settings; check them with ``check(width:height:)``.
  /// - Throws: ``PreprocessorError`` when the file that was asked for is missing, or what was found is unusable.
  public static func forModel(
    _ model: String, file: String? = nil, metadata: [String: String] = [:], input: NetworkInput
  ) throws(PreprocessorError) -> Preprocessor {
    let exporter = ExporterMetadata(metadata, name: "metadata of \(model)", input: input)
    try exporter.checkTask()
    let files = ModelFiles(model)
    let modelType = try files.modelType()
    if let file {
      return try Preprocessor(contentsOfFile: file, input: input, modelType: modelType?.type)
    }
    if let carried = metadata["preprocessor_config"] {
      return try Preprocessor(
        json: Array(carried.utf8), name: "metadata of \(model)", input: input,
        modelType: modelType?.type)
    }
    if let found = try files.preprocessor(input, modelType: modelType?.type) { return found }
    if let written = try exporter.preprocessor() { return written }
    if let modelType, let usual = try assumed(input, modelType) { return usual }
    return assumed(input)
  }
}

/// The files that may lie about a model.
private struct ModelFiles {
  private let folders: [String]
  private let stem: String

  init(_ model: String) {
    let slash = model.lastIndex(of: "/")
    let folder = slash.map { String(model[...$0]) } ?? ""
    let file = slash.map { model[model.index(after: $0)...] } ?? model[...]
    stem = String(file.lastIndex(of: ".").map { file[..<$0] } ?? file)
    let name = WorkingFolder.absolute(folder).split(separator: "/").last
    folders = name == "onnx" ? [folder, folder + "../"] : [folder]
  }

  /// The settings of the first file that has some.
  func preprocessor(
    _ input: NetworkInput, modelType: String?
  ) throws(PreprocessorError) -> Preprocessor? {
    for folder in folders {
      let own = stem + ".preprocessor_config.json"
      for file in [own, "processor_config.json", "preprocessor_config.json", "config.json"] {
        let path = folder + file
        guard let value = try object(path) else { continue }
        // These two are about other things, too.
        if file == "processor_config.json", value["image_processor"] == nil { continue }
        if value["image_processor_type"] == .string(ImageProcessor.timmWrapper),
          value.members?.keys.contains(where: TimmConfiguration.keys.contains) == false
        {
          continue
        }
        if file == "config.json", TimmConfiguration(in: value, name: path, input: input) == nil {
          continue
        }
        return try Preprocessor(value: value, name: path, input: input, modelType: modelType)
      }
    }
    return nil
  }

  /// `model_type` of the first `config.json`.
  func modelType() throws(PreprocessorError) -> ModelType? {
    for path in folders.map({ $0 + "config.json" }) {
      if let type = try object(path)?["model_type"]?.string {
        return ModelType(type: type, file: path)
      }
    }
    return nil
  }

  /// The object in a file; nil where there is no file.
  private func object(_ path: String) throws(PreprocessorError) -> JSONValue? {
    let bytes: [UInt8]
    do {
      bytes = try Preprocessor.bytes(ofFile: path)
    } catch .notFound {
      return nil
    }
    guard let value = JSONValue.parsed(bytes), case .object = value else {
      throw .notJSON(name: path)
    }
    return value
  }
}
