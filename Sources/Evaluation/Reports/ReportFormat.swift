/// The forms of a report.
public enum ReportFormat: String, Sendable, CaseIterable {
  /// Text for people.
  case table
  /// Comma-separated values.
  case csv
  /// JSON.
  case json
  /// A LaTeX table.
  case latex

  /// A report in this form.
  ///
  /// - Parameter report: The report.
  /// - Returns: Text that ends with a newline.
  /// - Throws: `EncodingError` for numbers that JSON has not.
  public func text(_ report: Report) throws -> String {
    switch self {
    case .table: report.table
    case .csv: report.csv
    case .json: try report.json()
    case .latex: report.latex
    }
  }
}
