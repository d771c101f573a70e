/// What the keys of a preprocessing file are for, beyond those whose values are used.
enum PreprocessorKeys {
  /// Read of every file, whatever its class.
  static let usual: Set<String> = [
    "do_resize", "size", "default_to_square", "resample", "do_center_crop", "crop_size",
    "do_rescale", "rescale_factor", "do_normalize", "image_mean", "image_std", "channel_order",
    "image_processor_type", "feature_extractor_type",
  ]

  /// Change no pixel of a photo: names, versions, how a tensor is handed over, what happens to label maps.
  static let harmless: Set<String> = [
    "processor_class", "tokenizer_class", "model_type", "use_fast", "do_convert_rgb",
    "data_format", "input_data_format", "device", "return_tensors", "disable_grouping",
    "image_seq_length", "model_input_names", "main_input_name", "num_channels", "reduce_labels",
    "do_reduce_labels", "pad_size", "padding_value", "padding_side", "return_attention_mask",
    "return_row_col_info", "transformers_version", "name_or_path", "architecture", "task",
    "patch_size", "num_image_tokens", "torch_dtype", "dtype",
  ]

  /// Refuses what may change pixels and is not understood.
  ///
  /// A step that is not taken (`false`, `null`) changes nothing, whatever it is.
  ///
  /// - Parameters:
  ///   - members: The keys of the file with their values.
  ///   - processor: The class that the file names, if it is known.
  ///   - name: What errors call the file.
  /// - Returns: A sentence for each key that the class looks past.
  /// - Throws: ``PreprocessorError/ownCode(name:code:)`` or ``PreprocessorError/unknownKey(name:key:)``.
  static func check(
    _ members: [String: JSONValue], processor: ImageProcessor?, name: String
  ) throws(PreprocessorError) -> [String] {
    var notes: [String] = []
    for (key, value) in members.sorted(by: { $0.key < $1.key })
    where value != .null && value != .bool(false) {
      if key == "auto_map" { throw .ownCode(name: name, code: code(value)) }
      if let processor, processor.looksPast(key) {
        notes.append("\(name): \(processor.name) does not read \(key).")
      } else if !isUnderstood(key, processor) {
        throw .unknownKey(name: name, key: key)
      }
    }
    return notes
  }

  private static func isUnderstood(_ key: String, _ processor: ImageProcessor?) -> Bool {
    usual.contains(key) || harmless.contains(key) || key.hasPrefix("_")
      || processor?.ownKeys.contains(key) == true
  }

  /// The first class or module that the model brings along.
  private static func code(_ value: JSONValue) -> String {
    let texts = value.members?.sorted { $0.key < $1.key }.map(\.value) ?? [value]
    return texts.lazy.compactMap { $0.string ?? $0.elements?.lazy.compactMap(\.string).first }.first
      ?? "auto_map"
  }
}
