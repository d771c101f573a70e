extension LabelsFormat {
  /// An object that has the labels under a key: `id2label` of a `config.json`, `label_names` of timm's,
  /// `names` of Ultralytics' YAML as JSON, and the like.
  static let namedMember = LabelsFormat(name: "a member of an object") {
    text throws(LabelsError) in
    guard let value = text.value, let (key, member) = value.memberWithLabels(LabelsFormat.anyKeys)
    else {
      return nil
    }
    return try LabelsFormat.labels(
      of: member, describedIn: value, name: "\"\(key)\" of \(text.name)")
  }

  /// Where labels stand in a `config.json` beside a model, the first that is there.
  static let configurationKeys = ["id2label", "label_names", "label2id"]

  private static let anyKeys =
    configurationKeys
    + ["names", "labels", "class_names", "classes", "categories", "class_to_idx", "class_indices"]

  /// The labels of a `config.json` of transformers or timm.
  ///
  /// - Parameters:
  ///   - value: The file.
  ///   - name: What errors call it.
  /// - Returns: The labels; nil where the file does not speak of any.
  /// - Throws: ``LabelsError`` for labels that are wrong.
  static func configurationLabels(
    _ value: LiteralValue, name: String
  ) throws(LabelsError) -> [Labels.Label]? {
    guard let (key, member) = value.memberWithLabels(configurationKeys) else { return nil }
    return try labels(of: member, describedIn: value, name: "\"\(key)\" of \(name)")
  }

  private static func labels(
    of member: LiteralValue, describedIn value: LiteralValue, name: String
  ) throws(LabelsError) -> [Labels.Label] {
    for format in [LabelsFormat.list, .byIndex, .byName] {
      if let labels = try format.read(LabelsText(value: member, name: name)) {
        guard !labels.isEmpty else { throw .empty(name: name) }
        return labels.map { $0.described(by: value) }
      }
    }
    throw .malformed(name: name, reason: "not all of its values are texts")
  }
}

extension LiteralValue {
  /// The first of these keys under which there is a list or an object, in the object itself or in timm's
  /// `pretrained_cfg`.
  fileprivate func memberWithLabels(_ keys: [String]) -> (key: String, value: LiteralValue)? {
    for object in [self, self["pretrained_cfg"] ?? .nothing] {
      for key in keys {
        switch object[key] {
        case .list(let values)?: return (key, .list(values))
        case .members(let members)?: return (key, .members(members))
        default: continue
        }
      }
    }
    return nil
  }
}

extension Labels.Label {
  /// The label by timm's `label_descriptions`, which says for a name (often a WordNet id) what it means.
  fileprivate func described(by configuration: LiteralValue) -> Labels.Label {
    let descriptions = [configuration, configuration["pretrained_cfg"] ?? .nothing].lazy
      .compactMap { $0["label_descriptions"] }.first
    guard let description = descriptions?[id ?? text]?.text ?? descriptions?[text]?.text else {
      return self
    }
    return Labels.Label(text: description, id: id)
  }
}
