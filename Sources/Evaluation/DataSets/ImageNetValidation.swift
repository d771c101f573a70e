import CAMEngine

/// ImageNet's validation photos.
///
/// Either in folders of their classes (`n01440764/NAME.JPEG`, here or in `val`), or in one folder with a
/// list: `val.txt` or `ILSVRC2012_validation_ground_truth.txt` with a file and a class index or WordNet id a
/// line, or `LOC_val_solution.csv` with ids and boxes. Boxes are read from XML files of the photos' names in
/// `Annotations`, `Annotations/CLS-LOC/val`, `bbox` or `val`, where there are any; ImageNet counts pixels
/// from 0.
enum ImageNetValidation: DataSetLayout {
  static let name = "imagenet"
  static let meaning = "ImageNet's validation photos"
  static let hasSplits = false

  /// How many classes the lists number.
  private static let listedClasses = 1000

  static func isAt(_ path: String) -> Bool { list(path) != nil || classRoot(path) != nil }

  private static let lists = [
    "LOC_val_solution.csv", "val.txt", "ILSVRC2012_validation_ground_truth.txt",
  ]

  static func list(_ root: String) -> String? { Folder.first(lists.map { "\(root)/\($0)" }) }

  /// The folder with the class folders; nil where there is none.
  static func classRoot(_ root: String) -> String? {
    [root, "\(root)/val"].first { folder in
      Folder.names(folder).contains { isWordNetID($0) && Folder.isFolder("\(folder)/\($0)") }
    }
  }

  static func isWordNetID(_ text: String) -> Bool {
    text.count == 9 && text.first == "n" && text.dropFirst().allSatisfy(\.isNumber)
  }

  static func read(_ root: String, split: String?) throws -> DataSet {
    let photos: [Photo]
    var classCount = listedClasses
    if let list = list(root) {
      photos = try list.hasSuffix(".csv") ? solution(list, root) : listed(list, root)
    } else if let folder = classRoot(root) {
      let ids = Folder.names(folder).filter(isWordNetID)
      photos = try classFolders(ids, in: folder, root)
      classCount = ids.count
    } else {
      throw EvaluationError(
        .missing, "\(root) has neither folders of classes nor a list of labels of ImageNet.")
    }
    return DataSet(format: .imageNet, photos: photos, classCount: classCount)
  }

  /// Classes are in the order of their ids, as torchvision's `ImageFolder` has them.
  private static func classFolders(
    _ ids: [String], in folder: String, _ root: String
  ) throws -> [Photo] {
    try ids.enumerated().flatMap { index, id in
      try Folder.photos("\(folder)/\(id)").map { file in
        let label = ClassLabel(name: id, wordNetID: id, index: index)
        return Photo(
          name: "\(id)/\(Folder.stem(file))", path: "\(folder)/\(id)/\(file)",
          objects: try objects(label, file, root, boxes: []))
      }
    }
  }

  private static func listed(_ list: String, _ root: String) throws -> [Photo] {
    try ListFile.words(list, atLeast: 2).map { words in
      let label =
        Int(words[1]).map { ClassLabel(name: words[1], index: $0) }
        ?? ClassLabel(name: words[1], wordNetID: words[1])
      return try photo(words[0], label, root, boxes: [])
    }
  }

  /// `ImageId,PredictionString`: an id, then the WordNet id and four numbers for each object.
  private static func solution(_ list: String, _ root: String) throws -> [Photo] {
    try ListFile.lines(list).dropFirst().map { line in
      let parts = line.split(separator: ",", maxSplits: 1).map(String.init)
      let words = (parts.last ?? "").split(separator: " ").map(String.init)
      guard parts.count == 2, let id = words.first else {
        throw EvaluationError(.malformed, "\(list) has the line \"\(line)\" without a class.")
      }
      let boxes = try stride(from: 0, to: words.count - 4, by: 5).map { start in
        let place = try ListFile.numbers(words[start + 1...start + 4], list)
        return Box(left: place[0], top: place[1], right: place[2] + 1, bottom: place[3] + 1)
      }
      return try photo(parts[0], ClassLabel(name: id, wordNetID: id), root, boxes: boxes)
    }
  }

  private static func photo(
    _ file: String, _ label: ClassLabel, _ root: String, boxes: [Box]
  ) throws -> Photo {
    let name = Folder.isPhoto(file) ? file : "\(file).JPEG"
    let path = Folder.first(["\(root)/\(name)", "\(root)/val/\(name)", "\(root)/images/\(name)"])
    return Photo(
      name: Folder.stem(name), path: path ?? "\(root)/\(name)",
      objects: try objects(label, name, root, boxes: boxes))
  }

  /// One object a box, or one without a box.
  private static func objects(
    _ label: ClassLabel, _ file: String, _ root: String, boxes: [Box]
  ) throws -> [LabelledObject] {
    var boxes = boxes
    let folders = ["Annotations", "Annotations/CLS-LOC/val", "bbox", "val"]
    let stem = Folder.stem(file)
    if boxes.isEmpty, let xml = Folder.first(folders.map { "\(root)/\($0)/\(stem).xml" }) {
      boxes = try BoxAnnotation(contentsOfFile: xml, firstPixel: 0).objects.map(\.box)
    }
    if boxes.isEmpty { return [LabelledObject(label: label)] }
    return boxes.map { LabelledObject(label: label, box: $0) }
  }
}

extension DataSet.Format {
  /// ImageNet's validation photos: in folders of their classes, or with a list of labels.
  public static let imageNet = DataSet.Format(ImageNetValidation.self)
}
