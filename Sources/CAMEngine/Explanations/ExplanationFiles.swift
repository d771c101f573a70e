import Foundation

/// Writes an explanation to a folder: values, heatmap and overlay of every map, and `manifest.json`
/// last, so that a folder with a manifest is complete.
public struct ExplanationFiles: Sendable {
  /// The photo with its path.
  public let photo: Image
  /// The path of the photo, for the manifest.
  public let path: String
  /// The input that was explained.
  public let input: PreparedInput
  /// The colours of the pictures.
  public let colorMap: ColorMap
  /// The share of the map in the overlay, 0 to 1.
  public let opacity: Float

  /// Settings for writing.
  ///
  /// - Parameters:
  ///   - photo: The photo.
  ///   - path: The path of the photo, for the manifest.
  ///   - input: The input that was explained.
  ///   - colorMap: The colours of the pictures.
  ///   - opacity: The share of the map in the overlay, 0 to 1.
  public init(
    photo: Image, path: String, input: PreparedInput, colorMap: ColorMap = .viridis,
    opacity: Float = 0.5
  ) {
    self.photo = photo
    self.path = path
    self.input = input
    self.colorMap = colorMap
    self.opacity = opacity
  }

  /// Writes `METHOD.npy`, `METHOD.png`, `METHOD-overlay.png` and `manifest.json`. The folder is made
  /// if need be; files of these names are replaced, each in one step.
  ///
  /// - Parameters:
  ///   - explanation: What to write.
  ///   - model: The model that it is of.
  ///   - folder: The path of the folder.
  ///   - top: How many classes the manifest lists.
  ///   - loadSeconds: The time that loading took.
  /// - Throws: ``OutputError`` that names the path and the reason.
  public func write(
    _ explanation: Explanation, of model: Model, to folder: String, top: Int = 5,
    loadSeconds: Double
  ) throws {
    try Self.makeFolder(folder)
    // A manifest from before would speak of files that are about to change.
    try? FileManager.default.removeItem(atPath: "\(folder)/manifest.json")
    let files = try write(explanation.map, named: explanation.method.name, to: folder)
    var manifest = manifest(explanation, model, top: top)
    manifest.maps = [explanation.method.name: files]
    manifest.seconds = ["load": loadSeconds, explanation.method.name: explanation.seconds]
    try AtomicFile.write(try manifest.encoded(), to: "\(folder)/manifest.json")
  }

  private func write(
    _ map: HeatMap, named name: String, to folder: String
  ) throws -> Manifest.MapFiles {
    let files = Manifest.MapFiles(
      values: "\(name).npy", heatmap: "\(name).png", overlay: "\(name)-overlay.png")
    let values = NPY(shape: [map.height, map.width], values: .float32(map.values))
    let heatmap = map.rendered(colorMap: colorMap, width: input.width, height: input.height)
    let overlay = map.overlaid(
      on: photo, geometry: input.geometry, colorMap: colorMap, opacity: opacity)
    try AtomicFile.write(values.encoded(), to: "\(folder)/\(files.values)")
    try AtomicFile.write(try heatmap.pngEncoded(), to: "\(folder)/\(files.heatmap)")
    try AtomicFile.write(try overlay.pngEncoded(), to: "\(folder)/\(files.overlay)")
    return files
  }

  private func manifest(_ explanation: Explanation, _ model: Model, top: Int) -> Manifest {
    let layer = explanation.layer
    return Manifest(
      image: path, model: model.path, method: explanation.method.name,
      input: .init(width: input.width, height: input.height),
      layer: .init(
        name: layer.name, channels: layer.channels, height: layer.height, width: layer.width),
      class: .init(explanation.target),
      top: explanation.classification.top(top).map(Manifest.Class.init), parameters: [:],
      channels: explanation.weights.enumerated().map { .init(index: $0.offset, alpha: $0.element) },
      maps: [:], isEmpty: explanation.isEmpty,
      preprocessing: model.preprocessor.name + (model.preprocessor.isAssumed ? " (assumed)" : ""),
      seconds: [:])
  }

  private static func makeFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      let reason = exists && !isFolder.boolValue ? "it is a file" : "the folder cannot be made"
      throw OutputError.notWritten(path: path, reason: reason)
    }
  }
}
