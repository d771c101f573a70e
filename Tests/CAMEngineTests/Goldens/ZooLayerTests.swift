import Foundation
import Testing

@testable import CAMEngine

/// Where the zoo is.
private enum Zoo {
  static let folder = "\(Golden.folder)/reference/zoo"
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  static var isThere: Bool { !names.isEmpty }
}

/// The networks of the zoo: the layer that PyTorch's users take is a map with its grid, and the default
/// is that layer or another of the same grid. Networks with an operator that is not supported say so and are
/// left out.
@Suite(.enabled(if: Zoo.isThere, "needs ../shared/reference/zoo beside the repository"))
struct ZooLayerTests {
  private struct Case: Decodable {
    let layout: String
    let grid: [Int]
    let prefixTokens: Int
    let layerOutputs: [String]?
  }

  @Test(arguments: Zoo.names)
  func layersAreFound(name: String) throws {
    let path = "\(Zoo.folder)/\(name)/case.json"
    guard FileManager.default.fileExists(atPath: path) else { return }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let wanted = try decoder.decode(Case.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    var model: Model
    do {
      model = try Model(contentsOfFile: "\(Zoo.folder)/\(name)/model.onnx")
      if model.hasSizeOfPhoto {
        let image = try Image(contentsOfFile: "\(Zoo.folder)/\(name)/image.png")
        model = try Model(
          contentsOfFile: model.path,
          size: Preprocessor.Size(width: image.width, height: image.height))
      }
    } catch let error as ModelError where error.kind == .malformed {
      return
    }
    if let output = wanted.layerOutputs?.first,
      let layer = model.layers.first(where: { $0.name == output })
    {
      #expect([layer.height, layer.width] == wanted.grid)
      #expect(layer.prefixTokens == wanted.prefixTokens)
    }
    let found = try #require(model.defaultLayer)
    if wanted.layout == "nlc" {
      #expect([found.height, found.width] == wanted.grid)
      #expect(found.prefixTokens == wanted.prefixTokens)
      #expect(found.isTokens)
    } else {
      #expect(found.height >= wanted.grid[0] && found.width >= wanted.grid[1])
    }
  }
}
