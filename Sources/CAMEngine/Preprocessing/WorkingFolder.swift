#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The folder in which the program runs.
enum WorkingFolder {
  /// A folder's path from the root, for its name.
  ///
  /// - Parameter folder: A path as it was given; empty for the working folder.
  /// - Returns: The path; unchanged where it begins at the root.
  static func absolute(_ folder: String) -> String {
    if folder.hasPrefix("/") { return folder }
    return FileManager.default.currentDirectoryPath + "/" + folder
  }
}
