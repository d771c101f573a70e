import CAMEngine

extension DataSet {
  /// Reads a data set's lists; the photos themselves are opened when they are needed.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - format: How it lies on the disk; nil finds out by the files that are there.
  ///   - split: Which part, where the data set has several; nil for the one that is meant for tests.
  /// - Returns: The photos with their labels and boxes.
  /// - Throws: ``EvaluationError`` when the folder or a list is missing or malformed, or no photo is there.
  public static func reading(
    _ path: String, format: Format? = nil, split: String? = nil
  ) throws -> DataSet {
    guard Folder.isFolder(path) else {
      throw EvaluationError(.missing, "There is no folder \(path); a data set was expected.")
    }
    let dataSet =
      switch format ?? detected(path) {
      case .folder: ImageFolder.read(path)
      case .imageNet: try ImageNetValidation.read(path)
      case .voc: try PascalVOC.read(path, split: split)
      case .cub: try CUB200.read(path, split: split)
      case .tinyImageNet: try TinyImageNet.read(path)
      }
    guard !dataSet.photos.isEmpty else {
      throw EvaluationError(.malformed, "\(path) has no photo; JPEG, PNG or WebP were expected.")
    }
    return dataSet
  }

  private static func detected(_ path: String) -> Format {
    if TinyImageNet.list(path) != nil { return .tinyImageNet }
    if PascalVOC.root(path) != nil { return .voc }
    if CUB200.root(path) != nil { return .cub }
    let isImageNet =
      ImageNetValidation.list(path) != nil || ImageNetValidation.classRoot(path) != nil
    return isImageNet ? .imageNet : .folder
  }
}
