import Foundation

/// Which of a model's classes a data set's class means.
///
/// A class of the data set is looked for by its WordNet id, then by its name. Its place says something
/// only where the data set has as many classes as the model, all places are among them, and no class
/// that was found by id or name has another place in the model: the tenth of 200 birds is not the tenth
/// of 1000 things.
public struct ClassMapping: Sendable {
  private let byName: [String: [Int]]
  private let byID: [String: Int]
  /// Whether a class that has no known id or name is the one at its place.
  private let usesPlaces: Bool
  /// Whether the file of a mapping decides, and nothing else.
  private let isGiven: Bool

  /// The classes of a model by the names of its labels.
  ///
  /// - Parameters:
  ///   - labels: The model's labels.
  ///   - classCount: The number of its classes.
  ///   - classes: The data set's classes; where nothing is known of them, places are not used.
  public init(labels: Labels, classCount: Int, of classes: ClassSet = ClassSet()) {
    var (names, ids) = ([String: [Int]](), [String: Int]())
    for (index, label) in labels.all.enumerated() {
      if let id = label.id { ids[id] = index }
      for name in [label.text, label.short].map(Self.word) {
        if names[name]?.contains(index) != true { names[name, default: []].append(index) }
      }
    }
    (byName, byID, isGiven) = (names, ids, false)
    usesPlaces =
      classes.count == classCount
      && classes.labels.allSatisfy { label in
        guard let place = label.index, (0..<classCount).contains(place) else { return false }
        let found = Self.found(label, names, ids)
        return found.isEmpty || found.contains(place)
      }
  }

  /// A mapping from a file: a JSON object with a list of class numbers for each name.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - classCount: The number of the model's classes.
  /// - Throws: ``ModelError`` when the file is missing, no such object, or names a class that the
  ///   model has not.
  public init(contentsOfFile path: String, classCount: Int) throws(ModelError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ModelError(.missing, "There is no file \(path); a mapping of classes was expected.")
    }
    guard let names = try? JSONDecoder().decode([String: [Int]].self, from: data) else {
      throw ModelError(
        .malformed, "\(path) is no JSON object with a list of class numbers for each name.")
    }
    for (name, classes) in names.sorted(by: { $0.key < $1.key }) {
      guard let wrong = classes.first(where: { !(0..<classCount).contains($0) }) else { continue }
      throw ModelError(
        .malformed,
        "\(path) maps \(name) to class \(wrong); expected 0 to \(classCount - 1) for this model.")
    }
    (byName, byID, usesPlaces, isGiven) = (names, [:], false, true)
  }

  /// The classes that a label means.
  ///
  /// - Parameter label: The data set's class.
  /// - Returns: Class numbers of the model in ascending order; empty where it has no such class.
  public func classes(of label: ClassLabel) -> [Int] {
    if isGiven {
      return Set(byName[label.name] ?? label.wordNetID.flatMap { byName[$0] } ?? []).sorted()
    }
    let found = Self.found(label, byName, byID)
    return found.isEmpty && usesPlaces ? [label.index].compactMap(\.self) : found
  }

  /// How the classes of a data set were found, for a report.
  ///
  /// - Parameter classes: The data set's classes.
  /// - Returns: The way by which they were found, and those that the model has not.
  public func coverage(of classes: ClassSet) -> ClassCoverage {
    let unknown = classes.labels.filter { self.classes(of: $0).isEmpty }
    let isByID = classes.labels.contains { $0.wordNetID.map { byID[$0] != nil } ?? false }
    return ClassCoverage(
      way: isGiven ? .file : usesPlaces ? .place : isByID ? .wordNetID : .name,
      count: classes.labels.count, unknown: unknown.map(\.name).sorted())
  }

  private static func found(
    _ label: ClassLabel, _ names: [String: [Int]], _ ids: [String: Int]
  ) -> [Int] {
    if let id = label.wordNetID, let index = ids[id] { return [index] }
    return names[word(label.name)] ?? []
  }

  /// A name as it is compared: `001.Black_footed_Albatross` is `black footed albatross`.
  private static func word(_ name: String) -> String {
    let words = name.lowercased().replacing("_", with: " ")
    let rest = words.drop(while: \.isNumber)
    guard rest.first == ".", rest.count < words.count, rest.count > 1 else { return words }
    return String(rest.dropFirst())
  }
}

/// Which of a data set's classes a model has.
public struct ClassCoverage: Sendable, Codable, Equatable {
  /// By what classes are found.
  public enum Way: String, Sendable, Codable {
    /// A file that was given.
    case file
    /// WordNet ids.
    case wordNetID = "WordNet id"
    /// Names.
    case name
    /// Their places: the model has as many classes in the same order.
    case place
  }

  /// By what they are found.
  public var way: Way
  /// How many classes the photos show.
  public var count: Int
  /// The names of those that the model has not, in order.
  public var unknown: [String]
}
