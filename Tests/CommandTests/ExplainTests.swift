import CAMEngine
import Foundation
import ModelTestSupport
import Testing

/// `camtui explain` as a user runs it.
@Suite struct ExplainTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  private func manifest() throws -> Manifest {
    let data = try Data(contentsOf: URL(fileURLWithPath: workspace.output + "/manifest.json"))
    return try JSONDecoder().decode(Manifest.self, from: data)
  }

  @Test func printsATable() async throws {
    let run = try await workspace.explain("--labels", workspace.labels)
    #expect(run.exitCode == 0)
    #expect(run.errors.isEmpty)
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines[0] == "image   \(workspace.photo)  50 x 40")
    #expect(lines[1] == "model   \(workspace.model)  32 x 32, 5 classes")
    #expect(lines[2] == "layer   features  8 x 32 x 32")
    #expect(lines[3].hasPrefix("method  grad-cam  load "))
    #expect(lines.filter { $0.hasPrefix(">") }.count == 1)
    for label in Workspace.labels { #expect(run.output.contains(label)) }
    #expect(run.output.contains("ImageNet's mean and deviation are assumed"))
  }

  @Test func withoutAModelTheShippedOneExplains() async throws {
    let run = try await workspace.run("explain", workspace.photo, "--class", "golden retriever")
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output.contains(ShippedModel.fileName))
    #expect(run.output.contains("> ") && run.output.contains("17  golden retriever"))
  }

  @Test func writesTheMapInThreeForms() async throws {
    let run = try await workspace.explain("--output", workspace.output)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(
      workspace.outputNames
        == ["grad-cam-overlay.png", "grad-cam.npy", "grad-cam.png", "manifest.json"])
    let values = try NPY(contentsOfFile: workspace.output + "/grad-cam.npy")
    #expect(values.shape == [32, 32])
    let floats = try #require(values.floats)
    #expect(floats.min() == 0 && floats.max() == 1)
    let heatmap = try Image(contentsOfFile: workspace.output + "/grad-cam.png")
    #expect(heatmap.width == 32 && heatmap.height == 32)
    let overlay = try Image(contentsOfFile: workspace.output + "/grad-cam-overlay.png")
    #expect(overlay.width == 50 && overlay.height == 40)
    let photo = try Image(contentsOfFile: workspace.photo)
    #expect(overlay.pixels != photo.pixels)
  }

  @Test func theManifestHasTheDocumentedKeys() async throws {
    _ = try await workspace.explain("--output", workspace.output, "--labels", workspace.labels)
    let data = try Data(contentsOf: URL(fileURLWithPath: workspace.output + "/manifest.json"))
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let keys = [
      "image", "model", "method", "input", "layer", "class", "top", "parameters", "channels",
      "maps", "seconds",
    ]
    for key in keys { #expect(json[key] != nil, "\(key)") }
    let manifest = try manifest()
    #expect(manifest.method == "grad-cam")
    #expect(manifest.image == workspace.photo && manifest.model == workspace.model)
    #expect((manifest.input.width, manifest.input.height) == (32, 32))
    #expect(manifest.layer.name == "features" && manifest.layer.channels == 8)
    #expect((manifest.layer.width, manifest.layer.height) == (32, 32))
    #expect(manifest.top.first == manifest.class)
    #expect(Set(manifest.top.map(\.label)) == Set(Workspace.labels))
    #expect(abs(manifest.top.reduce(0) { $0 + ($1.probability ?? .nan) } - 1) < 1e-5)
    for files in manifest.maps.values {
      for name in [files.values, files.heatmap, files.overlay] {
        #expect(workspace.outputNames.contains(name))
      }
    }
  }

  /// The last layer's mean goes straight into the head: the gradient of class c with respect to every
  /// place of channel k is the head's weight (c, k) over the number of places.
  @Test(arguments: 0..<5)
  func alphaIsTheHeadsWeight(target: Int) async throws {
    let run = try await workspace.explain("--class", "\(target)", "--output", workspace.output)
    #expect(run.exitCode == 0, "\(run.errors)")
    let manifest = try manifest()
    #expect(manifest.class.index == target)
    let weights = workspace.tiny.weights("head_weight")
    #expect(manifest.channels.map(\.index) == Array(0..<8))
    for channel in manifest.channels {
      let expected = weights[target * 8 + channel.index] / 1024
      #expect(abs(channel.alpha - expected) <= 1e-4 * abs(expected) + 1e-9)
    }
  }

  @Test func classesAndLayersAreNamed() async throws {
    let run = try await workspace.explain(
      "--labels", workspace.labels, "--class", "barn", "--layer", "first_r", "--top", "2")
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output.contains("layer   first_relu  8 x 32 x 32"))
    #expect(run.output.contains(">     3  barn owl"))
  }

  @Test func aRepeatedRunReplacesTheFiles() async throws {
    let output = workspace.output
    for target in ["1", "2"] {
      let run = try await workspace.explain("--class", target, "--output", output)
      #expect(run.exitCode == 0, "\(run.errors)")
    }
    #expect(try manifest().class.index == 2)
    #expect(workspace.outputNames.count == 4)
  }

  @Test func onePixelIsAnImage() async throws {
    let image = Image(width: 1, height: 1, color: RGB(200, 100, 50))
    let path = try workspace.write(try image.pngEncoded(), "one.png")
    let run = try await workspace.run(
      "explain", path, "--model", workspace.model, "--output", workspace.output)
    #expect(run.exitCode == 0, "\(run.errors)")
    let overlay = try Image(contentsOfFile: workspace.output + "/grad-cam-overlay.png")
    #expect(overlay.width == 1 && overlay.height == 1)
  }

  @Test func versionAndHelp() async throws {
    let version = try await workspace.run("--version")
    #expect(version.exitCode == 0)
    #expect(version.output.wholeMatch(of: /\d+\.\d+\.\d+ \([^\n]+\)\n/) != nil)
    let help = try await workspace.run("--help")
    #expect(help.exitCode == 0)
    for word in ["explain", "inspect", "Exit codes"] { #expect(help.output.contains(word)) }
  }
}
