import RandomTestSupport
import CAMEngine
import Foundation
import ModelTestSupport

/// A temporary folder with a tiny model; removed with its owner.
final class TestFolder {
  static let labels = ["red fox", "grey wolf", "tree frog", "barn owl", "sea otter"]

  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "camtui-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  var path: String { url.path }

  func path(_ name: String) -> String { url.appending(path: name).path }

  /// Writes a file, making folders on its way.
  @discardableResult
  func write(_ bytes: [UInt8], _ name: String) throws -> String {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  @discardableResult
  func write(_ text: String, _ name: String) throws -> String {
    try write(Array(text.utf8), name)
  }

  /// A classifier of five classes with labels.
  func model(seed: UInt64 = 7) throws -> Model {
    let path = try write(TinyModel(seed: seed, classes: Self.labels.count).encoded(), "tiny.onnx")
    let labels = try write(Self.labels.joined(separator: "\n"), "labels.txt")
    return try Model(contentsOfFile: path, labels: labels, threads: 1)
  }

  /// A photo of random blocks; equal seeds make equal photos.
  @discardableResult
  func writePhoto(_ name: String, seed: UInt64, width: Int = 40, height: Int = 32) throws -> String
  {
    var numbers = SeededNumbers(seed: seed)
    let blocks = (0..<3 * 25).map { _ in UInt8.random(in: 0...255, using: &numbers) }
    let pixels = (0..<width * height).flatMap { pixel in
      let block = pixel / width * 5 / height * 5 + pixel % width * 5 / width
      return (0..<3).map { blocks[3 * block + $0] }
    }
    return try write(try Image(width: width, height: height, pixels: pixels).pngEncoded(), name)
  }

  /// Photos with labels and boxes in the layout of Tiny ImageNet.
  func writeTinyImageNet(count: Int) throws -> String {
    var lines: [String] = []
    for index in 0..<count {
      try writePhoto("data/val/photo_\(index).png", seed: UInt64(index))
      lines.append(
        "photo_\(index).png\tn0000000\(index % 5)\t\(index % 7)\t3\t30\t\(20 + index % 9)")
    }
    try write(lines.joined(separator: "\n"), "data/val/annotations.txt")
    let classes = Self.labels.enumerated().map { "\($0)\tn0000000\($0)\t\($1)" }
    try write((["index\twnid\tname"] + classes).joined(separator: "\n"), "data/classes.tsv")
    return path("data")
  }
}
