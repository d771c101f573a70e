/// One way to write labels down, and how it is read.
struct LabelsFormat: Sendable {
  /// What the format is called, for tests and documentation.
  let name: String
  /// The labels in class order; nil for a text in another format. It throws where the text is in this
  /// format, and wrong.
  let read: @Sendable (LabelsText) throws(LabelsError) -> [Labels.Label]?

  /// All formats, the special before the general: the first that reads a text is the one.
  static let all: [LabelsFormat] = [
    .namedMember, .list, .byIndex, .byName, .table, .numberedLines, .lines,
  ]
}

extension Labels {
  /// Reads labels in any of the formats that are known.
  ///
  /// - Parameters:
  ///   - bytes: The text: UTF-8, with or without a byte order mark, or UTF-16.
  ///   - name: What errors call it.
  /// - Throws: ``LabelsError`` for what is no text or in no format, and for a number that stands twice or
  ///   is left out.
  public init(bytes: [UInt8], name: String) throws(LabelsError) {
    let text = try LabelsText(bytes, name: name)
    for format in LabelsFormat.all {
      if let labels = try format.read(text) {
        guard !labels.isEmpty else { throw .empty(name: name) }
        self.init(labels, name: name)
        return
      }
    }
    throw .malformed(
      name: name,
      reason: "it is a value that names no classes, such as a list of texts or an object"
        + " by index")
  }
}

/// A label with the number that stands beside it.
struct NumberedLabel: Sendable, Equatable {
  var index: Int
  var label: Labels.Label
}

extension [NumberedLabel] {
  /// The labels in class order.
  ///
  /// - Parameter name: What errors call the file.
  /// - Returns: The labels of the classes from 0 on.
  /// - Throws: ``LabelsError/duplicate(name:index:labels:)`` and ``LabelsError/gap(name:index:first:)``.
  func inOrder(name: String) throws(LabelsError) -> [Labels.Label] {
    var labels: [Int: Labels.Label] = [:]
    for entry in self {
      if let known = labels.updateValue(entry.label, forKey: entry.index) {
        throw .duplicate(name: name, index: entry.index, labels: [known.text, entry.label.text])
      }
    }
    var ordered: [Labels.Label] = []
    for index in 0..<count {
      guard let label = labels[index] else {
        throw .gap(name: name, index: index, first: labels.keys.min() ?? 0)
      }
      ordered.append(label)
    }
    return ordered
  }
}
