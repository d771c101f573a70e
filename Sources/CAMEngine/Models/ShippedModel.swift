import Foundation

/// The network that comes with camtui: 100 everyday classes, trained by this project.
///
/// The ONNX file carries its labels and its preprocessing, and lies in the resources of this module.
/// Its model card is `Samples/Training/MODEL_CARD.md`.
public enum ShippedModel {
  /// The name of the file.
  public static let fileName = "everyday100.onnx"

  /// Where the file is: the first of the places at which it exists.
  ///
  /// 1. The resource bundle beside the executable, where a build puts it; the two may be moved
  ///    together.
  /// 2. `../share/camtui` as seen from the executable, for an installation.
  /// 3. The sources that this module was built from.
  ///
  /// - Returns: The path.
  /// - Throws: ``ModelError`` of the kind ``ModelError/Kind/missing`` when it is at none of them.
  public static func path() throws(ModelError) -> String {
    try path(besideExecutable: Bundle.main.bundleURL, sources: sources)
  }

  /// What ``path()`` does, for any folders.
  static func path(besideExecutable folder: URL, sources: URL) throws(ModelError) -> String {
    let share = folder.deletingLastPathComponent().appending(path: "share/camtui")
    let places = [folder.appending(path: bundleName), share, sources]
    for place in places.map({ $0.appending(path: fileName).path }) {
      if FileManager.default.fileExists(atPath: place) { return place }
    }
    throw ModelError(
      .missing,
      "\(fileName), the network that comes with camtui, is missing; it was expected in"
        + " \(folder.appending(path: bundleName).path), or another one by --model FILE.onnx.")
  }

  /// What SwiftPM calls the folder with this module's resources. Its own way to find it,
  /// `Bundle.module`, ends the program when it is missing.
  private static let bundleName = "camtui_CAMEngine.resources"

  private static let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Resources")
}

extension Model {
  /// Loads the network that comes with camtui.
  ///
  /// - Parameter threads: How many threads a computation uses; nil for all processors.
  /// - Returns: The network, with labels and preprocessing.
  /// - Throws: ``ModelError`` of the kind ``ModelError/Kind/missing`` when its file is not where
  ///   ``ShippedModel/path()`` looks.
  public static func shipped(threads: Int? = nil) throws -> Model {
    try Model(contentsOfFile: try ShippedModel.path(), threads: threads)
  }
}
