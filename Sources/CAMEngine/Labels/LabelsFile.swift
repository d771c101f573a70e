extension Labels {
  /// Reads labels: a text file with one label a line, or a JSON file with `id2label`.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``LabelsError`` when the file is missing, unreadable, or has no labels.
  public init(contentsOfFile path: String) throws(LabelsError) {
    let bytes: [UInt8]
    do {
      bytes = try FileBytes.read(path)
    } catch .notFound {
      throw .notFound(path: path)
    } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
    let isJSON = bytes.first { !$0.isSpace } == UInt8(ascii: "{")
    if isJSON {
      try self.init(json: bytes, name: path)
    } else {
      try self.init(text: bytes, name: path)
    }
  }

  /// The labels of a model: the file that was asked for, else those that the model carries in its metadata,
  /// else `id2label` of a `config.json` beside the model.
  ///
  /// - Parameters:
  ///   - model: The path of the model.
  ///   - file: The path of labels that were asked for.
  ///   - carried: The text under the key `labels` of the model's metadata; see ``init(list:name:)``.
  /// - Returns: The labels; ``none`` when there are none.
  /// - Throws: ``LabelsError`` when the file that was asked for is missing, or what was found is unusable;
  ///   a `config.json` that does not speak of labels is none.
  public static func forModel(
    _ model: String, file: String? = nil, carried: String? = nil
  ) throws(LabelsError) -> Labels {
    if let file { return try Labels(contentsOfFile: file) }
    if let carried { return try Labels(list: carried, name: "metadata of \(model)") }
    let folder = model.lastIndex(of: "/").map { String(model[...$0]) } ?? ""
    let path = folder + "config.json"
    guard let bytes = try? FileBytes.read(path),
      JSONValue.parsed(bytes)?["id2label"] != nil
    else { return .none }
    return try Labels(json: bytes, name: path)
  }

  /// Reads one label a line; empty lines at the end do not count.
  ///
  /// - Parameters:
  ///   - text: The file's text in UTF-8.
  ///   - name: What errors call it.
  /// - Throws: ``LabelsError`` when the text is not UTF-8, or empty.
  public init(text: [UInt8], name: String) throws(LabelsError) {
    guard let string = String(validating: text, as: UTF8.self) else {
      throw .malformed(name: name, reason: "it is not UTF-8 text")
    }
    var lines = string.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { $0.trimmed }
    while lines.last?.isEmpty == true { lines.removeLast() }
    guard !lines.isEmpty else { throw .empty(name: name) }
    self.init(lines.map(Label.init(line:)), name: name)
  }

  /// Reads `id2label` of a Hugging Face `config.json`.
  ///
  /// - Parameters:
  ///   - json: The file's text in UTF-8.
  ///   - name: What errors call it.
  /// - Throws: ``LabelsError`` when this is no JSON, or `id2label` does not name the classes from 0 on.
  public init(json: [UInt8], name: String) throws(LabelsError) {
    guard case .object(let members)? = JSONValue.parsed(json)?["id2label"] else {
      throw .malformed(name: name, reason: "it has no object \"id2label\"")
    }
    guard !members.isEmpty else { throw .empty(name: name) }
    var labels: [Label] = []
    for index in 0..<members.count {
      guard let text = members[String(index)]?.string else {
        throw .malformed(name: name, reason: "\"id2label\" has no text for class \(index)")
      }
      labels.append(Label(text: text))
    }
    self.init(labels, name: name)
  }

  /// Reads a JSON array with one text a class, in class order; a leading WordNet id is split off, as in a
  /// text file.
  ///
  /// - Parameters:
  ///   - list: The JSON text.
  ///   - name: What errors call it.
  /// - Throws: ``LabelsError`` when this is no JSON array of texts, or an empty one.
  public init(list: String, name: String) throws(LabelsError) {
    guard case .array(let values)? = JSONValue.parsed(Array(list.utf8)) else {
      throw .malformed(name: name, reason: "it is no JSON array")
    }
    let lines = values.compactMap(\.string)
    guard lines.count == values.count else {
      throw .malformed(name: name, reason: "not all of its values are texts")
    }
    guard !lines.isEmpty else { throw .empty(name: name) }
    self.init(lines.map { Label(line: $0[...]) }, name: name)
  }
}

extension Labels.Label {
  /// Splits a WordNet id (a letter, eight digits, a space) off a line.
  fileprivate init(line: Substring) {
    let parts = line.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, let first = parts.first, first.utf8.count == 9,
      first.first == "n", first.dropFirst().allSatisfy(\.isNumber)
    else {
      self.init(text: String(line))
      return
    }
    self.init(text: String(parts[1].trimmed), id: String(first))
  }
}

extension Substring {
  /// Without white space at either end.
  fileprivate var trimmed: Substring {
    let start = drop(while: \.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return start.prefix(0) }
    return start[...last]
  }
}

extension UInt8 {
  /// ASCII white space, or a byte of UTF-8's byte order mark.
  fileprivate var isSpace: Bool { [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains(self) }
}
