/// Photos in a folder and the folders in it, without labels.
enum ImageFolder: DataSetLayout {
  static let name = "folder"
  static let meaning = "photos without labels"
  static let hasSplits = false

  static func isAt(_ path: String) -> Bool { true }

  static func read(_ path: String, split: String?) -> DataSet {
    DataSet(format: .folder, photos: photos(path, prefix: ""))
  }

  private static func photos(_ folder: String, prefix: String) -> [Photo] {
    Folder.names(folder).filter { !$0.hasPrefix(".") }.flatMap { name in
      let path = "\(folder)/\(name)"
      if Folder.isFolder(path) { return photos(path, prefix: "\(prefix)\(name)/") }
      return Folder.isPhoto(name) ? [Photo(name: prefix + name, path: path)] : []
    }
  }
}

extension DataSet.Format {
  /// Photos in a folder, without labels.
  public static let folder = DataSet.Format(ImageFolder.self)
}
