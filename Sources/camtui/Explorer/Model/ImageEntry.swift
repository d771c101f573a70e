import CAMEngine

/// An image of the list, with what is known of it so far.
struct ImageEntry: Equatable {
  /// What became of reading the file.
  enum Status: Equatable {
    case unopened
    case opened(OpenedImage)
    /// The sentence says why.
    case failed(String)
  }

  let path: String
  /// Its place in an evaluation, where it is in the list for that.
  let evaluated: ImageCase?
  var status = Status.unopened
  /// What the model says; `nil` until it was asked.
  var scores: ClassScores?
  /// What is in the list of classes: the most probable ones, then those that the user looked for; of a
  /// value "more" and "less".
  var listedTargets: [Target] = []
  /// The chosen class, by its place in the list.
  var selectedRow = 0

  init(path: String, evaluated: ImageCase? = nil) {
    self.path = path
    self.evaluated = evaluated
  }

  /// The file's name without its folders.
  var name: String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  var opened: OpenedImage? {
    guard case .opened(let image) = status else { return nil }
    return image
  }

  /// What is chosen.
  var selectedTarget: Target? {
    listedTargets.indices.contains(selectedRow) ? listedTargets[selectedRow] : nil
  }

  /// Chooses a target, and lists it if need be.
  mutating func select(_ target: Target) {
    if let row = listedTargets.firstIndex(of: target) {
      selectedRow = row
    } else {
      listedTargets.append(target)
      selectedRow = listedTargets.count - 1
    }
  }
}
