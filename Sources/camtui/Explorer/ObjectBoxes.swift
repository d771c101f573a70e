import CAMEngine
import Evaluation
import Foundation

/// The boxes of a photo's objects, from `NAME.json` beside it, in the format of camtui's samples:
/// `objects` with `name`, `wnid` and `box`, which is `[left, top, right, bottom]` in pixels.
struct ObjectBoxes: Decodable {
  private struct Object: Decodable {
    let name: String
    let wnid: String?
    let box: [Double]
  }

  private let objects: [Object]

  /// Reads the file beside a photo; `nil` where there is none, or it is something else.
  init?(ofPhoto path: String) {
    let file = URL(fileURLWithPath: path).deletingPathExtension().appendingPathExtension("json")
    guard let data = try? Data(contentsOf: file),
      let boxes = try? JSONDecoder().decode(ObjectBoxes.self, from: data)
    else { return nil }
    self = boxes
  }

  /// The boxes of the objects of a class.
  ///
  /// - Parameters:
  ///   - index: The class.
  ///   - mapping: What the names of objects mean to the model.
  /// - Returns: Boxes in pixels of the photo; empty where the photo shows no such object.
  func boxes(ofClass index: Int, _ mapping: ClassMapping) -> [Box] {
    objects.compactMap { object in
      let label = ClassLabel(name: object.name, wordNetID: object.wnid)
      guard object.box.count == 4, mapping.classes(of: label).contains(index) else { return nil }
      return Box(
        left: object.box[0], top: object.box[1], right: object.box[2], bottom: object.box[3])
    }
  }
}
