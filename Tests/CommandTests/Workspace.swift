import RandomTestSupport
import CAMEngine
import Foundation
import ModelTestSupport
import Testing

/// A temporary folder with a tiny model, labels for it and a photo; removed with its owner.
final class Workspace {
  static let labels = ["red fox", "grey wolf", "tree frog", "barn owl", "sea otter"]
  static let photoSize = (width: 50, height: 40)

  let folder: URL
  let tiny: TinyModel
  let model: String
  let photo: String
  let labels: String
  /// The folder for `--output`; the test's runs make it.
  let output: String
  private let runs: URL

  init(seed: UInt64 = 7) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "camtui-\(UUID().uuidString)")
    runs = folder.appending(path: "runs")
    try FileManager.default.createDirectory(at: runs, withIntermediateDirectories: true)
    tiny = TinyModel(seed: seed, classes: Self.labels.count)
    model = folder.appending(path: "tiny.onnx").path
    photo = folder.appending(path: "photo.png").path
    labels = folder.appending(path: "labels.txt").path
    output = folder.appending(path: "out").path
    try write(try tiny.encoded(), "tiny.onnx")
    try write(try Self.photo(seed: seed).pngEncoded(), "photo.png")
    try write(Array(Self.labels.joined(separator: "\n").utf8), "labels.txt")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Writes a file into the folder.
  @discardableResult
  func write(_ bytes: [UInt8], _ name: String) throws -> String {
    let url = folder.appending(path: name)
    try Data(bytes).write(to: url)
    return url.path
  }

  @discardableResult
  func write(_ text: String, _ name: String) throws -> String {
    try write(Array(text.utf8), name)
  }

  func run(_ arguments: String...) async throws -> CommandRun { try await run(arguments) }

  func run(
    _ arguments: [String], environment: [String: String] = [:], printingTo device: String? = nil
  ) async throws -> CommandRun {
    try await CommandRun(
      arguments, collectingIn: runs, environment: environment, printingTo: device)
  }

  /// `camtui explain` of the photo by the model, with more arguments.
  func explain(_ arguments: String...) async throws -> CommandRun {
    try await CommandRun(["explain", photo, "--model", model] + arguments, collectingIn: runs)
  }

  /// The names in the output folder, hidden ones too; empty where there is no folder.
  var outputNames: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: output)) ?? []).sorted()
  }

  /// Soft blobs of random colours.
  private static func photo(seed: UInt64) -> Image {
    var numbers = SeededNumbers(seed: seed)
    let phases = (0..<6).map { _ in Double.random(in: 0...6, using: &numbers) }
    var pixels: [UInt8] = []
    for y in 0..<photoSize.height {
      for x in 0..<photoSize.width {
        for channel in 0..<3 {
          let wave = sin(Double(x) / 5 + phases[channel]) + cos(Double(y) / 4 + phases[channel + 3])
          pixels.append(UInt8(127.5 + 60 * wave))
        }
      }
    }
    return Image(width: photoSize.width, height: photoSize.height, pixels: pixels)
  }
}
