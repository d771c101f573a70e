/// `problem_type` of a Hugging Face `config.json`.
enum ProblemType: String, Sendable, CaseIterable {
  case regression
  case singleLabel = "single_label_classification"
  case multiLabel = "multi_label_classification"

  /// What the `config.json` beside a model says.
  ///
  /// - Parameter path: The path of the model.
  /// - Returns: Nil where there is no such file, or it says nothing.
  /// - Throws: ``ModelError`` for a value that is not known.
  static func ofModel(_ path: String) throws -> ProblemType? {
    for file in Labels.configurationPaths(ofModel: path) {
      guard let bytes = try? FileBytes.read(file),
        let text = JSONValue.parsed(bytes)?["problem_type"]?.string
      else { continue }
      return try known(text, in: file)
    }
    return nil
  }

  private static func known(_ text: String, in file: String) throws -> ProblemType {
    guard let type = ProblemType(rawValue: text) else {
      let known = allCases.map(\.rawValue).joined(separator: ", ")
      throw ModelError(
        .malformed,
        "\(file): problem_type \(text) is not known; expected one of \(known), or --head.")
    }
    return type
  }
}
