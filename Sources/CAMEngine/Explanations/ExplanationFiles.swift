import Foundation

/// Writes explanations to a folder: values, heatmap and overlay of every map, and `manifest.json` last,
/// so that a folder with a manifest is complete.
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
  /// Whether the maps before their ReLU are written, too.
  public let hasSigned: Bool

  /// Settings for writing.
  ///
  /// - Parameters:
  ///   - photo: The photo.
  ///   - path: The path of the photo, for the manifest.
  ///   - input: The input that was explained.
  ///   - colorMap: The colours of the pictures.
  ///   - opacity: The share of the map in the overlay, 0 to 1.
  ///   - hasSigned: Whether the maps before their ReLU are written, too.
  public init(
    photo: Image, path: String, input: PreparedInput, colorMap: ColorMap = .viridis,
    opacity: Float = 0.5, hasSigned: Bool = false
  ) {
    self.photo = photo
    self.path = path
    self.input = input
    self.colorMap = colorMap
    self.opacity = opacity
    self.hasSigned = hasSigned
  }

  /// Writes `MAP.npy`, `MAP.png` and `MAP-overlay.png` of every map, `MAP-signed.npy` and
  /// `MAP-signed.png` where they are wanted, then `manifest.json`. The folder is made if need be; files
  /// of these names are replaced, each in one step.
  ///
  /// - Parameters:
  ///   - explanation: What to write.
  ///   - model: The model that it is of.
  ///   - folder: The path of the folder.
  ///   - top: How many classes the manifest lists.
  ///   - loadSeconds: The time that loading took.
  ///   - measurement: What was measured of it, for the manifest.
  ///   - partial: How far it is, where it was stopped before its end.
  ///   - scoredChannels: The channels whose scores the manifest holds; nil for all.
  /// - Throws: ``OutputError`` that names the path and the reason; `CancellationError` when the task
  ///   is cancelled before the first file is written.
  public func write(
    _ explanation: Explanation, of model: Model, to folder: String, top: Int = 5,
    loadSeconds: Double, measurement: MapMeasurement? = nil, partial: Manifest.Partial? = nil,
    scoredChannels: Set<Int>? = nil
  ) throws {
    var manifest = manifest(explanation, model, top: top)
    manifest.metrics = measurement.map(Manifest.Figures.init)
    manifest.partial = partial
    if let scoredChannels { manifest.keepScores(of: scoredChannels) }
    manifest.seconds["load"] = loadSeconds
    try write([explanation], &manifest, to: folder)
  }

  /// Writes the maps of several methods as those of one, into one folder with one manifest, whose
  /// `methods` lists what each method made.
  ///
  /// - Parameters:
  ///   - comparison: What to write.
  ///   - model: The model that it is of.
  ///   - folder: The path of the folder.
  ///   - top: How many classes the manifest lists.
  ///   - loadSeconds: The time that loading took.
  ///   - measurements: What was measured of each method's map; empty where nothing was.
  /// - Throws: As for one explanation.
  public func write(
    _ comparison: MethodComparison, of model: Model, to folder: String, top: Int = 5,
    loadSeconds: Double, measurements: [MapMeasurement] = []
  ) throws {
    guard let first = comparison.explanations.first else { return }
    var manifest = manifest(first, model, top: top)
    manifest.method = "all"
    (manifest.parameters, manifest.channels) = ([:], [])
    manifest.methods = comparison.explanations.enumerated().map { place, explanation in
      Manifest.MethodEntry(
        explanation, measurements.indices.contains(place) ? measurements[place] : nil)
    }
    manifest.sharedPasses = .init(comparison.sharedPasses)
    manifest.isEmpty = comparison.explanations.allSatisfy(\.isEmpty)
    manifest.seconds["load"] = loadSeconds
    manifest.seconds["shared"] = comparison.sharedSeconds
    try write(comparison.explanations, &manifest, to: folder)
  }

  /// Everything is encoded before anything is written.
  private func write(
    _ explanations: [Explanation], _ manifest: inout Manifest, to folder: String
  ) throws {
    var files: [(name: String, bytes: [UInt8])] = []
    for explanation in explanations {
      for map in explanation.maps {
        try Task.checkCancellation()
        let names = Manifest.MapFiles(map.name, hasSigned: hasSigned)
        files += try encoded(map, names)
        manifest.maps[map.name] = names
        manifest.seconds[map.name] = map.seconds ?? explanation.seconds
      }
    }
    files.append(("manifest.json", try manifest.encoded()))
    try Task.checkCancellation()
    try Self.makeFolder(folder)
    try Self.removeManifest(from: folder)
    for file in files { try AtomicFile.write(file.bytes, to: "\(folder)/\(file.name)") }
  }

  private func encoded(
    _ map: Explanation.Map, _ names: Manifest.MapFiles
  ) throws -> [(name: String, bytes: [UInt8])] {
    let heatmap = map.map.rendered(colorMap: colorMap, width: input.width, height: input.height)
    let overlay = map.map.overlaid(
      on: photo, geometry: input.geometry, colorMap: colorMap, opacity: opacity)
    var files = [
      (names.values, Self.values(map.map)), (names.heatmap, try heatmap.pngEncoded()),
      (names.overlay, try overlay.pngEncoded()),
    ]
    if let signedValues = names.signedValues, let signedHeatmap = names.signedHeatmap {
      let picture = map.signed.renderedSigned(width: input.width, height: input.height)
      files.append((signedValues, Self.values(map.signed)))
      files.append((signedHeatmap, try picture.pngEncoded()))
    }
    return files
  }

  private static func values(_ map: HeatMap) -> [UInt8] {
    NPY(shape: [map.height, map.width], values: .float32(map.values)).encoded()
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
    let shapes = explanation.layers.map(Manifest.LayerShape.init)
    return Manifest(
      image: path, model: model.path, method: explanation.method.name,
      input: .init(width: input.width, height: input.height), layer: shapes[0],
      layers: shapes.count > 1 ? shapes : nil, fusion: explanation.fusion?.rawValue,
      class: .init(explanation.target),
      top: explanation.classification.top(top).map(Manifest.Class.init),
      parameters: explanation.parameters, channels: Manifest.channels(explanation),
      maps: [:], isEmpty: explanation.isEmpty,
      preprocessing: model.preprocessor.name + (model.preprocessor.isAssumed ? " (assumed)" : ""),
      head: HeadSummary(model), notes: model.notes, seconds: [:])
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
