import CAMEngine

/// Caltech-UCSD Birds 200-2011: `images.txt` (id, path below `images`), `image_class_labels.txt` (id, class
/// from 1), `bounding_boxes.txt` (id, x, y, width, height), `train_test_split.txt` (id, 1 for training) and
/// `classes.txt` (class, name).
enum CUB200: DataSetLayout {
  static let name = "cub"
  static let meaning = "CUB-200-2011"
  static let hasSplits = true

  static func isAt(_ path: String) -> Bool { root(path) != nil }

  /// The folder that has the lists; nil where there is none.
  static func root(_ path: String) -> String? {
    Folder.first(["\(path)/images.txt", "\(path)/CUB_200_2011/images.txt"]).map {
      String($0.dropLast("/images.txt".count))
    }
  }

  /// Reads a data set.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - split: `train`, `test`, or `all`; nil for `test`.
  /// - Returns: The photos.
  /// - Throws: ``EvaluationError`` for missing or malformed lists.
  static func read(_ path: String, split: String?) throws -> DataSet {
    guard let root = root(path) else {
      throw EvaluationError(.missing, "\(path) has no images.txt of CUB-200-2011.")
    }
    guard ["train", "test", "all", nil].contains(split) else {
      throw EvaluationError(
        .request, "CUB-200-2011 has no split \(split ?? ""); expected train, test or all.")
    }
    let classes = try table(root, "image_class_labels.txt", 1)
    let boxes = try table(root, "bounding_boxes.txt", 4)
    let isTraining = try table(root, "train_test_split.txt", 1)
    let names = try table(root, "classes.txt", 1)
    let photos = try ListFile.words("\(root)/images.txt", atLeast: 2).compactMap { words in
      let set = isTraining[words[0]]?.first == "1" ? "train" : "test"
      guard split == "all" || set == split ?? "test" else { return Photo?.none }
      let object = try object(words[0], classes, boxes, names, root)
      return Photo(name: words[1], path: "\(root)/images/\(words[1])", objects: [object])
    }
    return DataSet(format: .cub, photos: photos, classCount: names.count)
  }

  private static func table(
    _ root: String, _ name: String, _ count: Int
  ) throws -> [String: [String]] {
    let rows = try ListFile.words("\(root)/\(name)", atLeast: count + 1)
    return Dictionary(rows.map { ($0[0], Array($0.dropFirst())) }) { $1 }
  }

  private static func object(
    _ id: String, _ classes: [String: [String]], _ boxes: [String: [String]],
    _ names: [String: [String]], _ root: String
  ) throws -> LabelledObject {
    guard let number = classes[id]?.first, let index = Int(number), let place = boxes[id] else {
      throw EvaluationError(
        .malformed, "\(root) has no class or no box for photo \(id); both were expected.")
    }
    let values = try ListFile.numbers(place.prefix(4), "\(root)/bounding_boxes.txt")
    let name = names[number]?.joined(separator: " ") ?? "class \(number)"
    return LabelledObject(
      label: ClassLabel(name: name, index: index - 1),
      box: Box(
        left: values[0], top: values[1], right: values[0] + values[2],
        bottom: values[1] + values[3]))
  }
}

extension DataSet.Format {
  /// Caltech-UCSD Birds 200-2011: `images.txt` and the lists beside it.
  public static let cub = DataSet.Format(CUB200.self)
}
