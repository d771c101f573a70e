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
  /// The classes in the list, by their index in the model's output: the most probable ones, then
  /// those that the user looked for.
  var listedClasses: [Int] = []
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

  /// The chosen class, by its index in the model's output.
  var selectedClassIndex: Int? {
    listedClasses.indices.contains(selectedRow) ? listedClasses[selectedRow] : nil
  }

  /// Chooses a class, and lists it if need be.
  mutating func select(classIndex: Int) {
    if let row = listedClasses.firstIndex(of: classIndex) {
      selectedRow = row
    } else {
      listedClasses.append(classIndex)
      selectedRow = listedClasses.count - 1
    }
  }
}
