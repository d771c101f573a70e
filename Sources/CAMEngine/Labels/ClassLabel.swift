/// A class as a data set names it: by one or more of three names.
public struct ClassLabel: Sendable, Hashable {
  /// A word, such as `aeroplane`.
  public var name: String
  /// The WordNet id, such as `n02690373`.
  public var wordNetID: String?
  /// The place in the data set's own order of classes, from 0.
  public var index: Int?

  /// A class.
  ///
  /// - Parameters:
  ///   - name: A word.
  ///   - wordNetID: The WordNet id.
  ///   - index: The place in the data set's own order of classes, from 0.
  public init(name: String, wordNetID: String? = nil, index: Int? = nil) {
    self.name = name
    self.wordNetID = wordNetID
    self.index = index
  }
}

/// The classes of a data set.
public struct ClassSet: Sendable, Equatable {
  /// How many classes the data set has, also those that no photo shows; nil where it does not say.
  public let count: Int?
  /// The classes that its photos show.
  public let labels: Set<ClassLabel>

  /// The classes of a data set.
  ///
  /// - Parameters:
  ///   - count: How many it has; nil where it does not say.
  ///   - labels: Those that its photos show.
  public init(count: Int? = nil, labels: Set<ClassLabel> = []) {
    self.count = count
    self.labels = labels
  }
}
