import Foundation

/// Files that last as long as one call.
enum ModelFiles {
  /// Writes a file of its own folder and removes both afterwards.
  static func withFile<Result>(
    _ bytes: Data, _ body: (_ path: String) throws -> Result
  ) throws -> Result {
    try withFolder { folder in
      let path = folder + "/model.onnx"
      try bytes.write(to: URL(fileURLWithPath: path))
      return try body(path)
    }
  }

  /// Makes an empty folder and removes it afterwards.
  static func withFolder<Result>(_ body: (_ path: String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("camtui-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
  }
}
