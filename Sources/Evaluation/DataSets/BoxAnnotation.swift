import CAMEngine
import Foundation
import FoundationXML

/// The objects of a photo in an XML file of PASCAL VOC, which ImageNet uses too.
///
/// Each `object` has a `name` and a `bndbox` with `xmin`, `ymin`, `xmax` and `ymax`. VOC counts pixels from
/// 1 and means the last one inclusively.
struct BoxAnnotation {
  struct Object: Equatable {
    var name: String
    var box: Box
  }

  let objects: [Object]

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - first: The number of the first pixel.
  /// - Throws: ``EvaluationError`` when it is missing, no XML, or an object has no name or box.
  init(contentsOfFile path: String, firstPixel first: Double) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw EvaluationError(.missing, "\(path) cannot be read; boxes in XML were expected.")
    }
    let reader = Reader()
    let parser = XMLParser(data: data)
    parser.delegate = reader
    guard parser.parse(), reader.isComplete else {
      throw EvaluationError(.malformed, "\(path) is no well-formed XML; boxes were expected.")
    }
    objects = try reader.found.map { found in
      guard let name = found["name"], let left = Self.number(found["xmin"]),
        let top = Self.number(found["ymin"]), let right = Self.number(found["xmax"]),
        let bottom = Self.number(found["ymax"])
      else {
        throw EvaluationError(
          .malformed, "\(path) has an object without a name or a box; both were expected.")
      }
      return Object(
        name: name,
        box: Box(
          left: left - first, top: top - first, right: right - first + 1,
          bottom: bottom - first + 1))
    }
  }

  private static func number(_ text: String?) -> Double? {
    text.flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil }
  }

  /// Collects the texts of each object; those of its parts (`part` in VOC's layout of people) not.
  private final class Reader: NSObject, XMLParserDelegate {
    private(set) var found: [[String: String]] = []
    /// Whether the outermost element was closed: the parser accepts a file that ends before.
    private(set) var isComplete = false
    private var path: [String] = []
    private var text = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      path.append(name)
      text = ""
      if path.count == 2, name == "object" { found.append([:]) }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
      qualifiedName: String?
    ) {
      let isOfObject = path.count == 3 && path[1] == "object"
      let isOfBox = path.count == 4 && path[1] == "object" && path[2] == "bndbox"
      if isOfObject || isOfBox, !found.isEmpty {
        found[found.count - 1][name] = text.trimmingCharacters(in: .whitespacesAndNewlines)
      }
      path.removeLast()
      isComplete = path.isEmpty
      text = ""
    }
  }
}
