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

  /// Writes `MAP.npy`, `MAP.png` and `MAP-overlay.png` of every map, then `manifest.json`. The folder is
  /// made if need be; files of these names are replaced, each in one step.
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
    var manifest = manifest(explanation, model, top: top)
    manifest.seconds["load"] = loadSeconds
    // Everything is encoded before anything is written.
    var files: [(name: String, bytes: [UInt8])] = []
    for map in explanation.maps {
      let names = Manifest.MapFiles(map.name)
      files += try encoded(map.map, names)
      manifest.maps[map.name] = names
      manifest.seconds[map.name] = map.seconds ?? explanation.seconds
    }
    files.append(("manifest.json", try manifest.encoded()))
    try Self.makeFolder(folder)
    try Self.removeManifest(from: folder)
    for file in files { try AtomicFile.write(file.bytes, to: "\(folder)/\(file.name)") }
  }

  private func encoded(
    _ map: HeatMap, _ names: Manifest.MapFiles
  ) throws -> [(name: String, bytes: [UInt8])] {
    let values = NPY(shape: [map.height, map.width], values: .float32(map.values))
    let heatmap = map.rendered(colorMap: colorMap, width: input.width, height: input.height)
    let overlay = map.overlaid(
      on: photo, geometry: input.geometry, colorMap: colorMap, opacity: opacity)
    return [
      (names.values, values.encoded()), (names.heatmap, try heatmap.pngEncoded()),
      (names.overlay, try overlay.pngEncoded()),
    ]
  }

  /// A manifest from before would speak of files that are about to change.
  private static func removeManifest(from folder: String) throws {
    let path = "\(folder)/manifest.json"
    guard FileManager.default.fileExists(atPath: path) else { return }
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw OutputError.notWritten(path: path, reason: "the old one cannot be removed")
    }
  }

  private func manifest(_ explanation: Explanation, _ model: Model, top: Int) -> Manifest {
    let layer = explanation.layer
    return Manifest(
      image: path, model: model.path, method: explanation.method.name,
      input: .init(width: input.width, height: input.height),
      layer: .init(
        name: layer.name, channels: layer.channels, height: layer.height, width: layer.width),
      class: .init(explanation.target),
      top: explanation.classification.top(top).map(Manifest.Class.init),
      parameters: explanation.parameters, channels: channels(explanation),
      maps: [:], isEmpty: explanation.isEmpty,
      preprocessing: model.preprocessor.name + (model.preprocessor.isAssumed ? " (assumed)" : ""),
      seconds: [:])
  }

  private func channels(_ explanation: Explanation) -> [Manifest.Channel] {
    let scores = explanation.channelScores
    return explanation.weights.enumerated().map { index, alpha in
      .init(index: index, alpha: alpha, score: index < scores.count ? scores[index] : nil)
    }
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
