import CAMEngine
import Foundation
import Terminal

/// Writes what `explain --output` writes, of maps that are computed already.
extension ModelExplanationSource {
  nonisolated func save(_ order: SaveOrder, of path: String) async throws -> String {
    let input = try await input(of: path)
    let classification = try await classification(of: path)
    let stem = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    let name = "\(stem)-camtui"
    do {
      let folder = try AtomicFolder.make(name, in: savingFolder) { folder in
        let screen = order.screen.screenshot()
        let picture = Image(width: screen.width, height: screen.height, pixels: screen.pixels)
        try AtomicFile.write(try picture.pngEncoded(), to: "\(folder)/screen.png")
        guard let map = order.map else { return }
        let files = try files(of: map, path, input)
        try files.write(
          explanation(map, classification), of: network, to: folder, top: listedClasses,
          loadSeconds: loadSeconds, partial: map.partial, scoredChannels: map.scoredChannels)
      }
      return Self.shown(folder)
    } catch OutputError.notWritten(_, let reason) {
      throw SavingError(description: "\(reason), in \(Self.shown("\(savingFolder)/\(name)"))")
    }
  }

  /// The photo is read again: what is shown is reduced.
  private nonisolated func files(
    of map: SavedMap, _ path: String, _ input: PreparedInput
  ) throws -> ExplanationFiles {
    let photo = try Image(contentsOfFile: path)
    let geometry = input.geometry
    guard photo.width == geometry.photoWidth, photo.height == geometry.photoHeight else {
      throw SavingError(description: "\(path) is another photo by now than the one on the screen")
    }
    return ExplanationFiles(
      photo: photo, path: path, input: input,
      colorMap: ColorMap(rawValue: map.colorMap) ?? .viridis,
      opacity: map.opacity, hasSigned: map.hasSigned)
  }

  private nonisolated func explanation(
    _ map: SavedMap, _ classification: Classification
  ) throws -> Explanation {
    let (request, result) = (map.request, map.result)
    var parameters: [String: String] = [:]
    if request.isIncrementCAM {
      var settings = IncrementCAMSettings(scoring: request.parameters)
      settings.merge(map.merging)
      parameters = settings.parameters(
        inputSize: (model.inputWidth, model.inputHeight))
    }
    return Explanation(
      kept: try Method(named: request.method), layer: layers[request.layer],
      target: request.target, classification: classification, maps: map.maps,
      weights: result.weights, channelScores: result.scoring?.scores ?? result.channelScores,
      parameters: parameters, seconds: result.map.seconds)
  }

  /// A path as people write it.
  private static func shown(_ path: String) -> String {
    let home = NSHomeDirectory()
    return path.hasPrefix(home + "/") ? "~" + path.dropFirst(home.count) : path
  }
}

/// Why nothing was saved: the end of a sentence.
struct SavingError: Error, CustomStringConvertible {
  let description: String
}

extension SavedMap {
  /// The maps by the names of their files.
  fileprivate var maps: [Explanation.Map] {
    let isPhases = request.isIncrementCAM
    let first = Explanation.Map(
      kept: isPhases ? "phase1" : request.method, map: HeatMap(result.map),
      signed: HeatMap(result.signed), seconds: isPhases ? result.map.seconds : nil)
    guard let scoring = result.scoring, hasScoring, let merged = scoring.merged[merging] else {
      return [first]
    }
    return [first, phase("phase2", scoring.map), phase("phase3", merged)]
  }

  /// Phases 2 and 3 have no negative values.
  private func phase(_ name: String, _ map: ActivationMap) -> Explanation.Map {
    Explanation.Map(kept: name, map: HeatMap(map), signed: HeatMap(map), seconds: map.seconds)
  }

  /// How far it is; `nil` where it is complete.
  fileprivate var partial: Manifest.Partial? {
    guard request.isIncrementCAM, result.scoring?.isComplete != true else { return nil }
    return Manifest.Partial(scored: scoredCount, of: result.scoring?.order.count)
  }

  /// The channels that have a score by now; `nil` where it is complete.
  fileprivate var scoredChannels: Set<Int>? {
    guard partial != nil else { return nil }
    return Set(result.scoring?.order.prefix(scoredCount) ?? [])
  }
}

extension HeatMap {
  init(_ map: ActivationMap) {
    self.init(width: map.width, height: map.height, values: map.values)
  }
}
