import CAMEngine

/// PASCAL VOC: `JPEGImages/NAME.jpg`, `Annotations/NAME.xml`, and lists of names in `ImageSets/Main`.
///
/// The folder is the one with these three, or one above it (`VOCdevkit`, `VOCdevkit/VOC2007`).
enum PascalVOC: DataSetLayout {
  static let name = "voc"
  static let meaning = "PASCAL VOC"
  static let hasSplits = true

  static func isAt(_ path: String) -> Bool { root(path) != nil }

  /// The folder that has the annotations; nil where there is none.
  static func root(_ path: String) -> String? {
    let inside = Folder.names(path).filter { $0.hasPrefix("VOC") }.map { "\(path)/\($0)" }
    let further = inside.flatMap { folder in
      Folder.names(folder).filter { $0.hasPrefix("VOC") }.map { "\(folder)/\($0)" }
    }
    return ([path] + inside + further).first {
      Folder.isFolder("\($0)/Annotations") && Folder.isFolder("\($0)/JPEGImages")
    }
  }

  /// Reads a data set.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - split: The list, such as `test`; nil for `test`, `val`, or the only one.
  /// - Returns: The photos.
  /// - Throws: ``EvaluationError``, also for a list that is not there.
  static func read(_ path: String, split: String?) throws -> DataSet {
    guard let root = root(path) else {
      throw EvaluationError(
        .missing, "\(path) has no folders Annotations and JPEGImages of PASCAL VOC.")
    }
    let photos = try names(root, split: split).map { name in
      let objects = try BoxAnnotation(
        contentsOfFile: "\(root)/Annotations/\(name).xml", firstPixel: 1
      ).objects
      return Photo(
        name: name, path: "\(root)/JPEGImages/\(name).jpg",
        objects: objects.map { LabelledObject(label: ClassLabel(name: $0.name), box: $0.box) })
    }
    return DataSet(format: .voc, photos: photos)
  }

  private static func names(_ root: String, split: String?) throws -> [String] {
    let folder = "\(root)/ImageSets/Main"
    let lists = Folder.names(folder).filter { $0.hasSuffix(".txt") && !$0.contains("_") }
    let usual = ["test.txt", "val.txt"].first(where: lists.contains)
    let chosen = split.map { "\($0).txt" } ?? usual ?? (lists.count == 1 ? lists.first : nil)
    if let chosen {
      return try ListFile.words("\(folder)/\(chosen)", atLeast: 1).map { $0[0] }
    }
    guard lists.isEmpty else {
      let splits = lists.map(Folder.stem).joined(separator: ", ")
      throw EvaluationError(.request, "\(folder) has several lists; expected --split \(splits).")
    }
    return Folder.names("\(root)/Annotations").filter { $0.hasSuffix(".xml") }.map(Folder.stem)
  }
}

extension DataSet.Format {
  /// PASCAL VOC: `JPEGImages`, `Annotations`, `ImageSets/Main`.
  public static let voc = DataSet.Format(PascalVOC.self)
}
