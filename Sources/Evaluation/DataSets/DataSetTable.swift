/// A way in which data sets lie on the disk: one file each, one line in ``DataSetTable``.
protocol DataSetLayout: Sendable {
  /// The name on the command line and in results.
  static var name: String { get }

  /// What it is, for people.
  static var meaning: String { get }

  /// Whether it has parts that `--split` names.
  static var hasSplits: Bool { get }

  /// Whether a folder has its files.
  ///
  /// - Parameter path: The folder.
  /// - Returns: Whether it can be read so.
  static func isAt(_ path: String) -> Bool

  /// Reads its lists; the photos themselves are opened when they are needed.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - split: Which part, where it has several; nil for the one that is meant for tests.
  /// - Returns: The photos with their labels and boxes.
  /// - Throws: ``EvaluationError`` when a list is missing or malformed.
  static func read(_ path: String, split: String?) throws -> DataSet
}

/// The layouts there are, in the order in which a folder is tried for them: the last one fits any.
enum DataSetTable {
  static let layouts: [any DataSetLayout.Type] = [
    TinyImageNet.self,
    PascalVOC.self,
    CUB200.self,
    ImageNetValidation.self,
    ImageFolder.self,
  ]
}

extension DataSet {
  /// How a data set lies on the disk, by its name, e.g. `voc`.
  public struct Format: Sendable, Hashable {
    /// The name on the command line and in results.
    public let name: String

    let layout: any DataSetLayout.Type

    init(_ layout: any DataSetLayout.Type) {
      self.layout = layout
      name = layout.name
    }

    /// The layout with a name; nil where there is none.
    ///
    /// - Parameter name: A name such as `voc`.
    public init?(named name: String) {
      guard let found = DataSetTable.layouts.first(where: { $0.name == name }) else { return nil }
      self.init(found)
    }

    /// All layouts.
    public static var all: [Format] { DataSetTable.layouts.map { Format($0) } }

    /// What it is, for people.
    public var meaning: String { layout.meaning }

    /// Equal by name.
    public static func == (left: Format, right: Format) -> Bool { left.name == right.name }

    /// Hashes the name.
    ///
    /// - Parameter hasher: The hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
  }
}

extension DataSet.Format: Codable {
  /// Reads the name.
  ///
  /// - Parameter decoder: The decoder.
  /// - Throws: `DecodingError` for a name that no layout has.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let found = DataSet.Format(named: name) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "There is no layout \(name).")
    }
    self = found
  }

  /// Writes the name.
  ///
  /// - Parameter encoder: The encoder.
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
