extension Labels {
  /// Reads a file with labels, in any of the formats that ``init(bytes:name:)`` knows.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``LabelsError`` when the file is missing, unreadable, or has no labels.
  public init(contentsOfFile path: String) throws(LabelsError) {
    try self.init(bytes: try Self.bytes(ofFile: path), name: path)
  }

  /// The labels of a model: the file that was asked for, else those that the model carries in its
  /// metadata, else those of a `config.json` beside the model or, for `onnx/model.onnx`, one folder up.
  ///
  /// A `config.json` is transformers' (`id2label`) or timm's (`label_names` with `label_descriptions`).
  ///
  /// - Parameters:
  ///   - model: The path of the model.
  ///   - file: The path of labels that were asked for.
  ///   - metadata: The model's metadata; labels stand under one of ``metadataKeys``.
  /// - Returns: The labels; ``none`` when there are none.
  /// - Throws: ``LabelsError`` when the file that was asked for is missing, or what was found is unusable;
  ///   a `config.json` that does not speak of labels is none.
  public static func forModel(
    _ model: String, file: String? = nil, metadata: [String: String] = [:]
  ) throws(LabelsError) -> Labels {
    if let file { return try Labels(contentsOfFile: file) }
    if let carried = try carried(in: metadata, model: model) { return carried }
    for path in configurationPaths(ofModel: model) {
      if let labels = try configured(path) { return labels }
    }
    return .none
  }

  /// The keys under which exporters write labels into a model, the first that has some: a JSON list under
  /// `labels` (this project's), a Python dict under `names` (Ultralytics'), and the names that others use.
  public static let metadataKeys = ["labels", "names", "id2label", "class_names", "classes"]

  private static func carried(
    in metadata: [String: String], model: String
  ) throws(LabelsError) -> Labels? {
    for key in metadataKeys {
      // `classes` may be their number, and a single word names no classes.
      guard let text = metadata[key], Int(text.trimmed) == nil, !text.trimmed.isEmpty else {
        continue
      }
      let isValue = ["{", "[", "("].contains(text.trimmed.first)
      let name = "\"\(key)\" in the metadata of \(model)"
      // What is no value is a list between commas or lines.
      let lines =
        isValue || text.contains(where: \.isNewline)
        ? text : text.split(separator: ",").map(\.trimmed).joined(separator: "\n")
      return try Labels(bytes: Array(lines.utf8), name: name)
    }
    return nil
  }

  /// Beside the model, and above a folder that only holds its ONNX form.
  static func configurationPaths(ofModel model: String) -> [String] {
    let folder = model.lastIndex(of: "/").map { String(model[...$0]) } ?? ""
    let isInner = folder == "onnx/" || folder.hasSuffix("/onnx/")
    return [folder + "config.json"] + (isInner ? [String(folder.dropLast(5)) + "config.json"] : [])
  }

  private static func configured(_ path: String) throws(LabelsError) -> Labels? {
    guard let bytes = try? FileBytes.read(path) else { return nil }
    guard let value = try LabelsText(bytes, name: path).value else { return nil }
    guard let labels = try LabelsFormat.configurationLabels(value, name: path) else { return nil }
    return Labels(labels, name: path)
  }

  private static func bytes(ofFile path: String) throws(LabelsError) -> [UInt8] {
    do {
      return try FileBytes.read(path)
    } catch .notFound {
      throw .notFound(path: path)
    } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
  }
}
