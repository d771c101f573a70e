public import CAMEngine

/// Photos with what is known of them.
public struct DataSet: Sendable, Equatable {
  /// How a data set lies on the disk.
  public enum Format: String, Sendable, CaseIterable, Codable {
    /// Photos in a folder, without labels.
    case folder
    /// ImageNet's validation photos: in folders of their classes, or with a list of labels.
    case imageNet = "imagenet"
    /// PASCAL VOC: `JPEGImages`, `Annotations`, `ImageSets/Main`.
    case voc
    /// Caltech-UCSD Birds 200-2011: `images.txt` and the lists beside it.
    case cub
    /// Tiny ImageNet: `val` with a list of labels and boxes.
    case tinyImageNet = "tiny-imagenet"
  }

  /// How it lies on the disk.
  public let format: Format
  /// The photos, ordered by name.
  public let photos: [Photo]

  /// A data set.
  ///
  /// - Parameters:
  ///   - format: How it lies on the disk.
  ///   - photos: The photos in any order.
  public init(format: Format, photos: [Photo]) {
    self.format = format
    self.photos = photos.sorted { $0.name < $1.name }
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

/// A class as a data set names it: by one or more of three names.
public struct ClassLabel: Sendable, Hashable {
  /// A word, such as `aeroplane`.
  public var name: String
  /// The WordNet id, such as `n02690373`.
  public var wordNetID: String?
  /// The place in the data set's own order of classes.
  public var index: Int?

  /// A class.
  ///
  /// - Parameters:
  ///   - name: A word.
  ///   - wordNetID: The WordNet id.
  ///   - index: The place in the data set's own order of classes.
  public init(name: String, wordNetID: String? = nil, index: Int? = nil) {
    self.name = name
    self.wordNetID = wordNetID
    self.index = index
  }
}
