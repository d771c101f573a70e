public import CAMEngine

/// Photos with what is known of them.
public struct DataSet: Sendable, Equatable {
  /// How it lies on the disk.
  public let format: Format
  /// The photos, ordered by name.
  public let photos: [Photo]
  /// How many classes it has, also those that no photo shows; nil where it does not say.
  public let classCount: Int?

  /// A data set.
  ///
  /// - Parameters:
  ///   - format: How it lies on the disk.
  ///   - photos: The photos in any order.
  ///   - classCount: How many classes it has; nil where it does not say.
  public init(format: Format, photos: [Photo], classCount: Int? = nil) {
    self.format = format
    self.photos = photos.sorted { $0.name < $1.name }
    self.classCount = classCount
  }

  /// Its classes, as a ``ClassMapping`` wants them.
  public var classes: ClassSet {
    ClassSet(count: classCount, labels: Set(photos.flatMap { $0.objects.map(\.label) }))
  }
}

/// One photo of a data set.
public struct Photo: Sendable, Equatable {
  /// What the data set calls it, the same on every machine.
  public let name: String
  /// The path of the file.
  public let path: String
  /// The objects that it shows; none where the data set has no labels.
  public let objects: [LabelledObject]

  /// A photo.
  ///
  /// - Parameters:
  ///   - name: What the data set calls it.
  ///   - path: The path of the file.
  ///   - objects: The objects that it shows.
  public init(name: String, path: String, objects: [LabelledObject] = []) {
    self.name = name
    self.path = path
    self.objects = objects
  }
}

/// An object of a known class, perhaps with its place.
public struct LabelledObject: Sendable, Equatable {
  /// Its class.
  public let label: ClassLabel
  /// Where it is, in pixels of the photo; nil where the data set does not say.
  public let box: Box?

  /// An object.
  ///
  /// - Parameters:
  ///   - label: Its class.
  ///   - box: Where it is.
  public init(label: ClassLabel, box: Box? = nil) {
    self.label = label
    self.box = box
  }
}
