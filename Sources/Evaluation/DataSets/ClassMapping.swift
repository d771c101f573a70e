public import CAMEngine
import Foundation

/// Which of a model's classes a data set's class means.
public struct ClassMapping: Sendable {
  private let byName: [String: [Int]]
  private let byID: [String: Int]
  private let classCount: Int
  /// Whether the file of a mapping decides, and nothing else.
  private let isGiven: Bool

  /// The classes of a model by the names of its labels.
  ///
  /// A class of the data set is looked for by its WordNet id, then its name, then by its place where the
  /// data set has as many classes as the model.
  ///
  /// - Parameters:
  ///   - labels: The model's labels.
  ///   - classCount: The number of its classes.
  public init(labels: Labels, classCount: Int) {
    var (names, ids) = ([String: [Int]](), [String: Int]())
    for (index, label) in labels.all.enumerated() {
      if let id = label.id { ids[id] = index }
      for name in [label.text, label.short].map({ $0.lowercased() }) {
        if names[name]?.contains(index) != true { names[name, default: []].append(index) }
      }
    }
    (byName, byID, self.classCount, isGiven) = (names, ids, classCount, false)
  }

  /// A mapping from a file: a JSON object with a list of class numbers for each name.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - classCount: The number of the model's classes.
  /// - Throws: ``EvaluationError`` when the file is missing, no such object, or names a class that the
  ///   model has not.
  public init(contentsOfFile path: String, classCount: Int) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw EvaluationError(
        .missing, "There is no file \(path); a mapping of classes was expected.")
    }
    guard let names = try? JSONDecoder().decode([String: [Int]].self, from: data) else {
      throw EvaluationError(
        .malformed, "\(path) is no JSON object with a list of class numbers for each name.")
    }
    for (name, classes) in names {
      guard let wrong = classes.first(where: { !(0..<classCount).contains($0) }) else { continue }
      throw EvaluationError(
        .malformed,
        "\(path) maps \(name) to class \(wrong); expected 0 to \(classCount - 1) for this model.")
    }
    (byName, byID, self.classCount, isGiven) = (names, [:], classCount, true)
  }

  /// The classes that a label means.
  ///
  /// - Parameter label: The data set's class.
  /// - Returns: Class numbers of the model in ascending order; empty where it has no such class.
  public func classes(of label: ClassLabel) -> [Int] {
    if isGiven {
      return (byName[label.name] ?? label.wordNetID.flatMap { byName[$0] } ?? []).sorted()
    }
    if let id = label.wordNetID, let index = byID[id] { return [index] }
    if let named = byName[label.name.lowercased()] { return named }
    if byID.isEmpty || label.wordNetID == nil, let index = label.index, index < classCount {
      return [index]
    }
    return []
  }
}
