import CAMEngine
import Foundation
import Testing

/// The program in the article "Explaining an image": it runs, and it is the one that is printed there.
@Suite struct ArticleExampleTests {
  @Test func theProgramRuns() async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let photoPath = folder + "/photo.png"
    var random = SystemRandomNumberGenerator()
    let photo = Image.noise(width: 48, height: 40, using: &random)
    try AtomicFile.write(photo.pngEncoded(), to: photoPath)
    try await explain(TinyNetwork.path("tiny.onnx"), photoPath, folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(names.contains("manifest.json") && names.contains("joined.png"))
    for method in Method.all where method != .incrementCAM {
      #expect(names.contains("\(method.name).npy"))
    }
    #expect(names.contains("phase3-overlay.png"))
  }

  private func explain(_ modelPath: String, _ photoPath: String, _ folder: String) async throws {
    // <example>
    // A network and a photo. The model's preprocessing decides what the network sees of it.
    let model = try Model(contentsOfFile: modelPath)
    let photo = try Image(contentsOfFile: photoPath)
    let input = try model.prepare(photo)

    // One class at one layer by one method; without them, the most probable class at the last layer
    // that carries features, by Grad-CAM.
    let layer = try model.layer(named: "features")
    let target = try model.target("2")
    let method = try Method(named: "layer-cam")
    print("\(method.name) costs", method.cost(layer))
    let explanation = try await model.explain(
      input, target: target, layer: layer, method: method)
    print(explanation.target.label, explanation.target.score)
    print("strongest:", explanation.map.values.max() ?? 0, explanation.isEmpty ? "(empty)" : "")

    // Increment-CAM step by step: every element is a result by itself. Leaving the loop ends the work.
    var settings = MethodSettings()
    settings.incrementCAM.score = .probability
    let steps = model.incrementCAM(
      input, target: target, layer: layer, settings: settings, tolerance: 0.05)
    for try await step in steps {
      let three = step.three(merge: .sum, regularize: .minMax)
      print(step.two.scoredCount, "of", step.two.order.count, "channels:", three.map.values)
    }

    // One map of two layers: what both show.
    let joined = try await model.explain(
      input, target: target, layers: [layer, try model.layer(named: "early")], fusion: .product)
    let overlay = joined.map.overlaid(on: photo, geometry: input.geometry, colorMap: .inferno)
    try AtomicFile.write(overlay.pngEncoded(), to: folder + "/joined.png")

    // All methods, which share one forward and one backward pass where these suffice, as files.
    let comparison = try await model.compare(input, target: target, layers: [layer])
    try ExplanationFiles(photo: photo, path: photoPath, input: input).write(
      comparison, of: model, to: folder, loadSeconds: 0)
    // </example>
  }

  @Test func theArticleHasTheSameProgram() throws {
    let source = URL(fileURLWithPath: #filePath)
    let root = source.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let article = try String(
      contentsOf: root.appending(
        path: "Sources/CAMEngine/CAMEngine.docc/ExplainingAnImage.md"), encoding: .utf8)
    let test = try String(contentsOf: source, encoding: .utf8)
    let printed = try lines(of: article, from: "```swift", to: "```")
    let compiled = try lines(of: test, from: "    // <example>", to: "    // </example>")
    #expect(printed.count > 30)
    #expect(compiled.map { $0.isEmpty ? $0 : String($0.dropFirst(4)) } == printed)
  }

  /// The lines between two lines.
  private func lines(of text: String, from first: String, to last: String) throws -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let start = try #require(lines.firstIndex(of: first))
    let end = try #require(lines[(start + 1)...].firstIndex(of: last))
    return Array(lines[(start + 1)..<end])
  }
}
