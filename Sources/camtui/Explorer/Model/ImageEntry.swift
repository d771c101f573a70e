/// An image of the list, with what is known of it so far.
struct ImageEntry: Equatable {
  /// What became of reading the file.
  enum Status: Equatable {
    case unopened
    case opened(OpenedImage)
    /// The sentence says why.
    case failed(String)
  }

  /// What became of a map.
  enum MapStatus: Equatable {
    case ready(ActivationMap)
    /// The sentence says why.
    case failed(String)
  }

  let path: String
  var status = Status.unopened
  /// The chosen class, by its place in the list.
  var selectedRow = 0
  /// The maps that are finished, by the class's index in the model's output.
  var maps: [Int: MapStatus] = [:]
  /// The class whose map was on the screen last.
  var lastShownClass: Int?

  init(path: String) {
    self.path = path
  }

  /// The file's name without its folders.
  var name: String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  var opened: OpenedImage? {
    guard case .opened(let image) = status else { return nil }
    return image
  }

  /// The chosen class.
  var selectedClass: ClassScore? {
    guard let classes = opened?.classes, classes.indices.contains(selectedRow) else { return nil }
    return classes[selectedRow]
  }

  /// The finished map of the chosen class.
  var selectedMap: ActivationMap? { selectedClass.flatMap { map(ofClass: $0.index) } }

  func map(ofClass index: Int) -> ActivationMap? {
    guard case .ready(let map) = maps[index] else { return nil }
    return map
  }
}
