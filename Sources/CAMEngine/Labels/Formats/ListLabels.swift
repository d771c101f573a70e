extension LabelsFormat {
  /// A list with one entry a class, in class order or with numbers: `["cat", "dog"]`,
  /// `[["n02123045", "tabby"], ...]`, `[{"id": 0, "name": "cat"}, ...]`.
  static let list = LabelsFormat(name: "a list") { text throws(LabelsError) in
    guard case .list(let values)? = text.value else { return nil }
    var entries: [LabelEntry] = []
    for (place, value) in values.enumerated() {
      guard let entry = LabelEntry(value) else {
        throw .malformed(
          name: text.name, reason: "not all of its values are texts: entry \(place) is none")
      }
      entries.append(entry)
    }
    let numbered = entries.compactMap { entry in
      entry.index.map { NumberedLabel(index: $0, label: entry.label) }
    }
    guard !numbered.isEmpty, numbered.count == entries.count else { return entries.map(\.label) }
    return try numbered.inOrder(name: text.name)
  }
}
