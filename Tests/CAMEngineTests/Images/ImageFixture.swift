import CAMEngine
import Foundation
import Testing

/// The files that `make_fixtures.py` writes.
enum ImageFixture {
  static func path(_ name: String) -> String {
    (Bundle.module.resourcePath ?? "") + "/Fixtures/" + name
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  static func image(_ name: String) throws -> Image {
    try Image(contentsOfFile: path(name))
  }

  /// The pictures in `decode`, without the expected pixels beside them.
  static let encoded: [String] = names(in: "decode").filter { !$0.hasSuffix(".rgb.png") }

  static func names(in folder: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: path(folder))
    return (names ?? []).sorted().map { folder + "/" + $0 }
  }
}

extension Image {
  /// The largest difference of two values of pictures of the same size.
  func largestDifference(from other: Image) -> Int {
    zip(pixels, other.pixels).map { abs(Int($0) - Int($1)) }.max() ?? 0
  }

  /// A picture of random pixels.
  static func noise(
    width: Int, height: Int, using random: inout some RandomNumberGenerator
  ) -> Image {
    let pixels = (0..<3 * width * height).map { _ in UInt8.random(in: 0...255, using: &random) }
    return Image(width: width, height: height, pixels: pixels)
  }
}

/// Runs a test with a new folder, which is removed afterwards.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try body(folder)
}
