import CAMEngine
import Foundation
import Testing

/// Inputs that an independent program (PyTorch, Pillow) prepared, in a folder beside the repository.
enum ReferenceInputs {
  /// `../shared` beside the repository's root.
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("shared").path

  static let cases: [String] = {
    let golden = folder + "/reference/golden"
    let names = try? FileManager.default.contentsOfDirectory(atPath: golden)
    return (names ?? []).sorted().filter {
      FileManager.default.fileExists(atPath: "\(golden)/\($0)/input.npy")
    }
  }()
}

@Suite struct ReferenceInputTests {
  private struct Case: Decodable {
    var model: String
    var image: String
  }

  @Test(
    .enabled(if: !ReferenceInputs.cases.isEmpty, "needs ../shared/reference beside the repository"),
    arguments: ReferenceInputs.cases)
  func preparesWhatPyTorchPrepares(name: String) throws {
    let folder = ReferenceInputs.folder
    let golden = folder + "/reference/golden/" + name
    let json = try Data(contentsOf: URL(fileURLWithPath: golden + "/case.json"))
    let description = try JSONDecoder().decode(Case.self, from: json)
    let expected = try NPY(contentsOfFile: golden + "/input.npy")
    let settings = try Preprocessor.forModel(
      folder + "/models/" + description.model,
      input: NetworkInput(width: expected.shape[3], height: expected.shape[2]))
    #expect(!settings.isAssumed)
    let photo = try Image(contentsOfFile: folder + "/photos/demo/" + description.image)
    let input = try settings.prepare(photo)
    #expect([1, 3, input.height, input.width] == expected.shape)
    let differences = zip(input.values, try #require(expected.floats)).map { abs($0 - $1) }
    // One level of 255 in the smallest deviation's unit. Few values may differ at all: those whose exact
    // mean lies at a half, which single precision rounds either way.
    let factor = try #require(settings.rescaleFactor)
    let deviation = try #require(settings.normalization?.deviation.min())
    let level = Float(factor / deviation)
    #expect(try #require(differences.max()) <= 1.01 * level)
    let unequal = differences.count { $0 > 0.01 * level }
    #expect(unequal * 200 <= differences.count, "\(unequal) of \(differences.count) differ")
  }
}
