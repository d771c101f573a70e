import Foundation
import Testing

@testable import CAMEngine

/// What transformers' image processors and timm make of a photo that a formula draws;
/// `Preprocessing/make_preprocessing.py` wrote it down.
struct ReferencePreprocessing: Decodable, CustomTestStringConvertible, Sendable {
  /// The whole settings file.
  let file: JSONValue
  /// The photo's columns and rows.
  let photo: [Int]
  /// Channels, rows, columns.
  let shape: [Int]
  /// The mean of all values.
  let mean: Double
  /// Some places: channel, row, column.
  let places: [[Int]]
  /// The values there.
  let values: [Float]

  var testDescription: String { "\(file) \(photo)" }

  static let all: [ReferencePreprocessing] = {
    guard
      let data = FileManager.default.contents(atPath: ImageFixture.path("preprocessing.json")),
      let all = try? JSONDecoder().decode([ReferencePreprocessing].self, from: data)
    else { return [] }
    return all
  }()

  /// The photo, by the formula of the script.
  var picture: Image {
    var pixels: [UInt8] = []
    for y in 0..<photo[1] {
      for x in 0..<photo[0] {
        for channel in 0..<3 {
          let value = x * (3 + channel) + y * (7 - 2 * channel) + x * y / 9 + 60 * channel
          pixels.append(UInt8(value % 256))
        }
      }
    }
    return Image(width: photo[0], height: photo[1], pixels: pixels)
  }
}

@Suite struct ReferencePreprocessingTests {
  @Test func referencesAreThere() {
    #expect(ReferencePreprocessing.all.count >= 100)
  }

  /// To one level of 255 at every place, and nearly equal on the whole.
  @Test(arguments: ReferencePreprocessing.all)
  func preparesWhatTheClassPrepares(reference: ReferencePreprocessing) throws {
    let settings = try Preprocessor(
      value: reference.file, name: "reference", input: NetworkInput(width: nil, height: nil),
      modelType: nil)
    let input = try settings.prepare(reference.picture)
    #expect([3, input.height, input.width] == reference.shape)
    let level = Float(
      (settings.rescaleFactor ?? 1) / (settings.normalization?.deviation.min() ?? 1))
    for (place, value) in zip(reference.places, reference.values) {
      let index = (place[0] * input.height + place[1]) * input.width + place[2]
      #expect(abs(input.values[index] - value) <= 1.02 * level, "at \(place)")
    }
    let mean = input.values.reduce(0.0) { $0 + Double($1) } / Double(input.values.count)
    #expect(abs(mean - reference.mean) <= 0.05 * Double(level))
  }
}
