import CAMEngine

/// Tiny ImageNet's validation photos with their boxes: `val/annotations.txt` beside the photos, or
/// `val/val_annotations.txt` and the photos in `val/images`, as Stanford's CS231n gave it out.
///
/// A line holds the file, the WordNet id, and the first and last column and row of the object: `x0 y0 x1
/// y1`, counted from 0. `classes.tsv` (index, id, name) or `wnids.txt` give the classes' order.
enum TinyImageNet: DataSetLayout {
  static let name = "tiny-imagenet"
  static let meaning = "Tiny ImageNet"
  static let hasSplits = false

  static func isAt(_ path: String) -> Bool { list(path) != nil }

  static func list(_ root: String) -> String? {
    Folder.first(["\(root)/val/annotations.txt", "\(root)/val/val_annotations.txt"])
  }

  static func read(_ root: String, split: String?) throws -> DataSet {
    guard let list = list(root) else {
      throw EvaluationError(.missing, "\(root) has no val/annotations.txt of Tiny ImageNet.")
    }
    let classes = try classes(root)
    let folder = Folder.isFolder("\(root)/val/images") ? "\(root)/val/images" : "\(root)/val"
    let photos = try ListFile.words(list, atLeast: 6).map { words in
      let place = try ListFile.numbers(words[2..<6], list)
      let box = Box(left: place[0], top: place[1], right: place[2] + 1, bottom: place[3] + 1)
      let label = classes[words[1]] ?? ClassLabel(name: words[1], wordNetID: words[1])
      return Photo(
        name: Folder.stem(words[0]), path: "\(folder)/\(words[0])",
        objects: [LabelledObject(label: label, box: box)])
    }
    return DataSet(
      format: .tinyImageNet, photos: photos, classCount: classes.isEmpty ? nil : classes.count)
  }

  private static func classes(_ root: String) throws -> [String: ClassLabel] {
    var classes: [String: ClassLabel] = [:]
    if Folder.exists("\(root)/classes.tsv") {
      for words in try ListFile.words("\(root)/classes.tsv", atLeast: 3) {
        guard let index = Int(words[0]) else { continue }
        classes[words[1]] = ClassLabel(
          name: words[2...].joined(separator: " "), wordNetID: words[1], index: index)
      }
    } else if Folder.exists("\(root)/wnids.txt") {
      for (index, id) in try ListFile.lines("\(root)/wnids.txt").sorted().enumerated() {
        classes[id] = ClassLabel(name: id, wordNetID: id, index: index)
      }
    }
    return classes
  }
}

extension DataSet.Format {
  /// Tiny ImageNet: `val` with a list of labels and boxes.
  public static let tinyImageNet = DataSet.Format(TinyImageNet.self)
}
