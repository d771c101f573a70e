import CAMEngine

extension DataSet {
  /// Reads a data set's lists; the photos themselves are opened when they are needed.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - format: How it lies on the disk; nil finds out by the files that are there.
  ///   - split: Which part, where the data set has several; nil for the one that is meant for tests.
  /// - Returns: The photos with their labels and boxes.
  /// - Throws: ``EvaluationError`` when the folder or a list is missing or malformed, no photo is there,
  ///   or a part is asked for where there are none.
  public static func reading(
    _ path: String, format: Format? = nil, split: String? = nil
  ) throws -> DataSet {
    guard Folder.isFolder(path) else {
      throw EvaluationError(.missing, "There is no folder \(path); a data set was expected.")
    }
    let layout =
      format?.layout ?? DataSetTable.layouts.first { $0.isAt(path) } ?? ImageFolder.self
    if let split, !layout.hasSplits {
      throw EvaluationError(
        .request,
        "\(path) is \(layout.meaning), which has no split \(split); expected no --split.")
    }
    let dataSet = try layout.read(path, split: split)
    guard !dataSet.photos.isEmpty else {
      throw EvaluationError(.malformed, "\(path) has no photo; JPEG, PNG or WebP were expected.")
    }
    return dataSet
  }
}
