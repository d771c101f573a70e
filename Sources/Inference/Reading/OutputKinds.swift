import ONNXProto

/// What a model's outputs hold, by their declared types and by the nodes that make them, before any operator
/// is looked at more closely.
struct OutputKinds {
  private let producers: [String: Onnx_NodeProto]

  init(_ graph: Onnx_GraphProto) {
    producers = Dictionary(
      graph.node.flatMap { node in node.output.map { ($0, node) } }, uniquingKeysWith: { $1 })
  }

  /// Nodes that choose or name classes, and what comes out of them.
  private static let choosing = [
    "ArgMax": "the class number that ArgMax chooses, no scores",
    "ArgMin": "the class number that ArgMin chooses, no scores",
    "TopK": "the best classes that TopK picks, no scores of all classes",
    "ArrayFeatureExtractor": "the name of the chosen class, no scores",
    "LabelEncoder": "the name of the chosen class, no scores",
    "NonMaxSuppression": "the objects that NonMaxSuppression keeps, no scores",
    "Greater": "decisions, no scores", "GreaterOrEqual": "decisions, no scores",
    "Less": "decisions, no scores", "LessOrEqual": "decisions, no scores",
  ]

  /// Nodes that change the type or the shape of what they get.
  private static let passing: Set<String> = [
    "Identity", "Cast", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Transpose", "Gather",
  ]

  /// What an output holds instead of scores; nil where it may hold scores.
  func setAside(_ output: Onnx_ValueInfoProto) -> String? {
    if let words = choice(output.name) { return words }
    // A ZipMap names the scores that it gets; its own type is no tensor's.
    return producers[output.name]?.opType == "ZipMap"
      ? nil : Self.words(ofType: output.type.tensorType.elemType)
  }

  /// The names of the classes in a `ZipMap`, which makes a dictionary of each image's scores.
  var classLabels: [String]? {
    let sorting = producers.values.first { $0.opType == "ZipMap" }
    let names = sorting?.attribute.first { $0.name == "classlabels_strings" }?.strings
    return names?.map { String(decoding: $0, as: UTF8.self) }
  }

  /// What a node that chooses classes leaves of the scores, where a value comes from one.
  private func choice(_ name: String) -> String? {
    var seen: Set<String> = []
    var waiting = [name]
    while let name = waiting.popLast() {
      guard seen.insert(name).inserted, let node = producers[name] else { continue }
      if let words = Self.choosing[node.opType] { return words }
      guard Self.passing.contains(node.opType) else { continue }
      // A table of names is read at the place of the chosen class.
      waiting += node.opType == "Gather" ? node.input.prefix(2) : node.input.prefix(1)
    }
    return nil
  }

  private static func words(ofType number: Int32) -> String? {
    switch number {
    case 6, 7, 12, 13: "whole numbers, no scores"
    case 8: "text, no scores"
    case 9: "decisions, no scores"
    default: nil
    }
  }
}
