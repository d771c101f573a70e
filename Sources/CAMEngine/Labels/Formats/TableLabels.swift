extension LabelsFormat {
  /// Rows of columns between tabs, commas or semicolons, fields perhaps in quotes (RFC 4180), with or
  /// without a header: `0,"cat, tomcat"`, `index<tab>name`, `wnid,name`.
  static let table = LabelsFormat(name: "a table") { text throws(LabelsError) in
    guard text.value == nil else { return nil }
    for separator in ["\t", ",", ";"] as [Character] {
      if let labels = try LabelsTable(text, separator: separator).labels() { return labels }
    }
    return nil
  }
}

/// A text as rows and columns.
private struct LabelsTable {
  private let name: String
  private let separator: Character
  /// The names of the columns, in small letters; nil without a header.
  private let header: [String]?
  private let rows: [[String]]
  /// Whether every row is one field in quotes.
  private let isQuoted: Bool

  private static let nameWords = [
    "name", "label", "class_name", "label_name", "display_name", "class", "description", "category",
    "names", "labels", "classes", "title",
  ]

  init(_ text: LabelsText, separator: Character) {
    name = text.name
    self.separator = separator
    let lines = text.lines.filter { !$0.isEmpty }
    var rows = lines.map { Self.fields($0, separator) }
    isQuoted = lines.allSatisfy { line in
      line.hasPrefix("\"") && line.hasSuffix("\"") && line.count(where: { $0 == "\"" }) == 2
    }
    let first = rows.first?.map { $0.lowercased() } ?? []
    let isHeader =
      rows.count > 1 && first.contains(where: Self.nameWords.contains)
      && first.allSatisfy { Int($0) == nil }
    header = isHeader ? first : nil
    if isHeader { rows.removeFirst() }
    self.rows = rows
  }

  /// The labels; nil where these are no columns.
  func labels() throws(LabelsError) -> [Labels.Label]? {
    let columns = rows.map(\.count).min() ?? 0
    if columns == 1, rows.allSatisfy({ $0.count == 1 }) { return oneColumn }
    if columns == 1 { return try numbered(0) }
    if let header { return try labels(header, columns) }
    if isColumn(0, WordNetID.isOne) {
      guard columns > 2, isColumn(1, Self.isNumber) else {
        return rows.map { label($0, id: 0, name: 1) }
      }
      return try numbered(1, id: 0, name: 2)
    }
    if let labels = try numbered(0) { return labels }
    return try namesBeforeNumbers(columns)
  }

  /// A single column counts as a table where it has a header or quotes.
  private var oneColumn: [Labels.Label]? {
    header != nil || isQuoted ? rows.map { label($0, id: nil, name: 0) } : nil
  }

  private func labels(_ header: [String], _ columns: Int) throws(LabelsError) -> [Labels.Label] {
    let index = (0..<columns).first { isColumn($0, Self.isNumber) }
    let id = (0..<columns).first { isColumn($0, WordNetID.isOne) }
    let free = (0..<columns).filter { $0 != index && $0 != id }
    let known = Self.nameWords.lazy.compactMap { word in
      free.first { $0 < header.count && header[$0] == word }
    }
    guard let column = known.first ?? free.first ?? id else {
      throw .malformed(name: name, reason: "none of its columns has names")
    }
    guard let index else { return rows.map { label($0, id: id, name: column) } }
    return try numbered(index, id: id, name: column) ?? []
  }

  /// Rows that begin with a number, or have it in another column; nil where most do not.
  private func numbered(
    _ column: Int, id: Int? = nil, name nameColumn: Int? = nil
  ) throws(LabelsError) -> [Labels.Label]? {
    let indices = rows.compactMap { $0.count > max(1, column) ? Int($0[column]) : nil }
    guard indices.count * 2 > rows.count,
      indices.count == rows.count || indices.contains(0), indices.allSatisfy({ $0 >= 0 })
    else { return nil }
    let hasIDs =
      id == nil && nameColumn == nil && isColumn(2, { _ in true })
      && isColumn(1, WordNetID.isOne)
    var entries: [NumberedLabel] = []
    for row in rows {
      let text = nameColumn ?? (hasIDs ? 2 : 1)
      guard row.count > max(text, column), let index = Int(row[column]), !row[text].isEmpty else {
        let line = row.joined(separator: String(separator))
        throw .malformed(name: name, reason: "the line \"\(line)\" is no number with a label")
      }
      entries.append(
        NumberedLabel(index: index, label: label(row, id: id ?? (hasIDs ? 1 : nil), name: text)))
    }
    return try entries.inOrder(name: name)
  }

  /// A name and its number, where the numbers are those of all rows: names may end in numbers too.
  private func namesBeforeNumbers(_ columns: Int) throws(LabelsError) -> [Labels.Label]? {
    let last = columns - 1
    let entries = rows.compactMap { row in
      Int(row[last]).map { index in
        NumberedLabel(
          index: index, label: Labels.Label(line: row[..<last].joined(separator: ", ")))
      }
    }
    guard Set(entries.map(\.index)) == Set(rows.indices) else { return nil }
    return try entries.inOrder(name: name)
  }

  private func isColumn(_ column: Int, _ fits: (String) -> Bool) -> Bool {
    rows.allSatisfy { $0.count > column && fits($0[column]) }
  }

  private static func isNumber(_ text: String) -> Bool { Int(text).map { $0 >= 0 } ?? false }

  /// The last of the columns that are known keeps all that is behind it: a name without quotes may have
  /// commas.
  private func label(_ row: [String], id: Int?, name column: Int) -> Labels.Label {
    let isLast = column + 1 >= (header?.count ?? column + 1)
    let text =
      separator == "," && isLast
      ? row[column...].joined(separator: ", ") : row[column]
    guard let id else { return Labels.Label(line: text) }
    return Labels.Label(text: text, id: row[id])
  }

  /// The fields of a line, without white space around them; `""` within quotes is one quote.
  private static func fields(_ line: String, _ separator: Character) -> [String] {
    var fields: [String] = []
    var field = ""
    var isInQuotes = false
    var wasQuoted = false
    for character in line {
      if character == "\"", isInQuotes || wasQuoted || field.allSatisfy(\.isWhitespace) {
        // A quote behind a quote stands for one.
        if !isInQuotes, wasQuoted { field.append(character) }
        if !isInQuotes, !wasQuoted { field = "" }
        isInQuotes.toggle()
        wasQuoted = true
      } else if character == separator, !isInQuotes {
        fields.append(field.trimmed)
        (field, wasQuoted) = ("", false)
      } else {
        field.append(character)
      }
    }
    return fields + [field.trimmed]
  }
}
