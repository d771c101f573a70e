/// Photos in a folder and the folders in it, without labels.
enum ImageFolder {
  static func read(_ root: String) -> DataSet {
    DataSet(format: .folder, photos: photos(root, prefix: ""))
  }

  private static func photos(_ folder: String, prefix: String) -> [Photo] {
    Folder.names(folder).filter { !$0.hasPrefix(".") }.flatMap { name in
      let path = "\(folder)/\(name)"
      if Folder.isFolder(path) { return photos(path, prefix: "\(prefix)\(name)/") }
      return Folder.isPhoto(name) ? [Photo(name: prefix + name, path: path)] : []
    }
  }
}
