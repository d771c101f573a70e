extension LabelsFormat {
  /// An object by index: `{"0": "cat"}`, Python's `{0: 'cat'}`, and Keras' class index,
  /// `{"0": ["n02123045", "tabby"]}`.
  static let byIndex = LabelsFormat(name: "an object by index") { text throws(LabelsError) in
    guard case .members(let members)? = text.value,
      members.allSatisfy({ $0.key.wholeNumber != nil }),
      members.isEmpty || !members.allSatisfy({ $0.value.isNumber })
    else { return nil }
    var numbered: [NumberedLabel] = []
    for member in members {
      let index = member.key.wholeNumber ?? 0
      guard let entry = LabelEntry(member.value) else {
        throw .malformed(name: text.name, reason: "it has no text for class \(index)")
      }
      numbered.append(NumberedLabel(index: index, label: entry.label))
    }
    return try numbered.inOrder(name: text.name)
  }

  /// An object by name: `{"cat": 0, "dog": 1}`, as `label2id`, torchvision's `class_to_idx` and Keras'
  /// `class_indices` are.
  static let byName = LabelsFormat(name: "an object by name") { text throws(LabelsError) in
    guard case .members(let members)? = text.value, !members.isEmpty else { return nil }
    var numbered: [NumberedLabel] = []
    for member in members {
      guard let name = member.key.text, let index = member.value.wholeNumber else { return nil }
      numbered.append(NumberedLabel(index: index, label: Labels.Label(line: name)))
    }
    return try numbered.inOrder(name: text.name)
  }
}

extension LiteralValue {
  fileprivate var isNumber: Bool {
    if case .number = self { true } else { false }
  }
}
