extension Preprocessor {
  /// The settings for a model: the first of these that there is.
  ///
  /// 1. The file that was asked for.
  /// 2. What the model carries in its metadata.
  /// 3. `<model stem>.preprocessor_config.json` beside the model.
  /// 4. `preprocessor_config.json` beside the model.
  /// 5. ``imageNet(width:height:)``, with ``isAssumed`` set.
  ///
  /// - Parameters:
  ///   - model: The path of the model.
  ///   - file: The path of a configuration that was asked for.
  ///   - carried: The text under the key `preprocessor_config` of the model's metadata.
  ///   - width: The model's input width.
  ///   - height: The model's input height.
  /// - Returns: The settings; check them with ``check(width:height:)``.
  /// - Throws: ``PreprocessorError`` when the file that was asked for is missing, or what was found is unusable.
  public static func forModel(
    _ model: String, file: String? = nil, carried: String? = nil, width: Int, height: Int
  ) throws(PreprocessorError) -> Preprocessor {
    if let file {
      return try Preprocessor(contentsOfFile: file, width: width, height: height)
    }
    if let carried {
      return try Preprocessor(
        json: Array(carried.utf8), name: "metadata of \(model)", width: width, height: height)
    }
    for path in paths(besideModel: model) {
      do {
        return try Preprocessor(contentsOfFile: path, width: width, height: height)
      } catch .notFound {
        continue
      }
    }
    return imageNet(width: width, height: height)
  }

  private static func paths(besideModel model: String) -> [String] {
    let slash = model.lastIndex(of: "/")
    let folder = slash.map { String(model[...$0]) } ?? ""
    let file = slash.map { model[model.index(after: $0)...] } ?? model[...]
    let stem = file.lastIndex(of: ".").map { file[..<$0] } ?? file
    return [
      folder + stem + ".preprocessor_config.json", folder + "preprocessor_config.json",
    ]
  }

  /// Reads Hugging Face's `preprocessor_config.json`.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - width: The model's input width, for a crop whose size the file does not say.
  ///   - height: The model's input height, likewise.
  /// - Throws: ``PreprocessorError`` when the file cannot be read, or a key is unusable.
  public init(contentsOfFile path: String, width: Int, height: Int) throws(PreprocessorError) {
    let bytes: [UInt8]
    do {
      bytes = try FileBytes.read(path)
    } catch .notFound {
      throw .notFound(path: path)
    } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
    try self.init(json: bytes, name: path, width: width, height: height)
  }

  /// Reads the text of a `preprocessor_config.json`.
  ///
  /// Keys that are read: `do_resize`, `size` (`{"shortest_edge": n}`, `{"height": h, "width": w}`, or a
  /// number, which is the shortest edge where there is a crop and both sides elsewhere), `resample`
  /// (Pillow's number), `do_center_crop`, `crop_size` (`{"height": h, "width": w}` or a number),
  /// `do_rescale`, `rescale_factor`, `do_normalize`, `image_mean`, `image_std`; and `channel_order`
  /// (`"rgb"` or `"bgr"`), in whose order mean and std are then given. Other keys are ignored.
  ///
  /// - Parameters:
  ///   - json: The text in UTF-8.
  ///   - name: What errors call it.
  ///   - width: The model's input width, for a crop whose size the text does not say.
  ///   - height: The model's input height, likewise.
  /// - Throws: ``PreprocessorError`` when the text is no JSON object, or a key is unusable.
  public init(json: [UInt8], name: String, width: Int, height: Int) throws(PreprocessorError) {
    guard let value = JSONValue.parsed(json), case .object = value else {
      throw .notJSON(name: name)
    }
    let configuration = PreprocessorConfiguration(json: value, name: name)
    let crop = try configuration.crop(modelInput: Size(width: width, height: height))
    self.init(resize: try configuration.resize(), crop: crop)
    self.name = name
    isAssumed = false
    resampling = try configuration.resampling()
    rescaleFactor = try configuration.rescaleFactor()
    normalization = try configuration.normalization()
    channelOrder = try configuration.channelOrder()
  }
}
