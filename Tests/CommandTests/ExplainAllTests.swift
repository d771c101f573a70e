import CAMEngine
import Foundation
import ModelTestSupport
import TerminalTestSupport
import Testing

/// `camtui explain` with all methods, several layers, signed maps; its cost and its progress.
@Suite struct ExplainAllTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  private func manifest() throws -> Manifest {
    let data = try Data(contentsOf: URL(fileURLWithPath: workspace.output + "/manifest.json"))
    return try JSONDecoder().decode(Manifest.self, from: data)
  }

  @Test func allMethodsShareAFolderAndAManifest() async throws {
    let run = try await workspace.explain("--method", "all", "--output", workspace.output)
    #expect(run.exitCode == 0, "\(run.errors)")
    let manifest = try manifest()
    let methods = try #require(manifest.methods)
    #expect(manifest.method == "all")
    #expect(methods.map(\.method) == Method.all.map(\.name))
    #expect(manifest.sharedPasses?.forward == 1 && manifest.sharedPasses?.backward == 1)
    #expect(Set(manifest.maps.keys) == Set(methods.flatMap(\.maps)))
    var files = ["manifest.json"]
    for map in manifest.maps.values { files += [map.values, map.heatmap, map.overlay] }
    #expect(workspace.outputNames == files.sorted())
    for method in methods {
      #expect(manifest.seconds[try #require(method.maps.last)] != nil)
      #expect(run.output.contains(method.method))
    }
    let gradCAM = try #require(methods.first { $0.method == "grad-cam" })
    #expect(gradCAM.passes.forward == 0 && gradCAM.passes.backward == 0)
    #expect(gradCAM.channels.count == 8)
    #expect(run.output.contains("  shared                 1 forward, 1 backward passes"))
  }

  @Test func everyMethodsFiguresAreInTheManifest() async throws {
    let run = try await workspace.explain(
      "--method", "all", "--metrics", "--output", workspace.output)
    #expect(run.exitCode == 0, "\(run.errors)")
    for method in try #require(try manifest().methods) {
      #expect(method.metrics?.averageDrop != nil && method.metrics?.insertion != nil)
    }
  }

  /// A map from among all is the one that the method alone writes.
  @Test func allGivesTheMapsOfEachAlone() async throws {
    _ = try await workspace.explain("--method", "all", "--output", workspace.output)
    for name in ["grad-cam", "recipro-cam", "score-cam"] {
      let folder = workspace.folder.appending(path: name).path
      let run = try await workspace.explain("--method", name, "--output", folder)
      #expect(run.exitCode == 0, "\(run.errors)")
      let one = try #require(try NPY(contentsOfFile: "\(folder)/\(name).npy").floats)
      let shared = try #require(
        try NPY(contentsOfFile: "\(workspace.output)/\(name).npy").floats)
      #expect(zip(one, shared).allSatisfy { abs($0 - $1) < 1e-4 })
    }
  }

  @Test(arguments: ["maximum", "mean", "product"])
  func layersAreJoined(fusion: String) async throws {
    let run = try await workspace.explain(
      "--layer", "features", "--layer", "first_relu", "--fusion", fusion, "--output",
      workspace.output)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output.contains("fusion  \(fusion) of 2 layers"))
    let manifest = try manifest()
    #expect(manifest.fusion == fusion)
    #expect(manifest.layers?.map(\.name) == ["features", "first_relu"])
    #expect(manifest.layer.name == "features" && manifest.channels.isEmpty)
    let values = try #require(
      try NPY(contentsOfFile: workspace.output + "/grad-cam.npy").floats)
    #expect(values.max() == 1 && values.min() == 0)
  }

  @Test func oneLayerLeavesTheManifestAsItWas() async throws {
    _ = try await workspace.explain("--output", workspace.output)
    let data = try Data(contentsOf: URL(fileURLWithPath: workspace.output + "/manifest.json"))
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(
      Set(json.keys) == [
        "image", "model", "method", "input", "layer", "class", "top", "parameters", "channels",
        "maps", "seconds", "isEmpty", "preprocessing", "head", "notes",
      ])
  }

  @Test func signedMapsAreWrittenWhereAskedFor() async throws {
    let run = try await workspace.explain("--signed", "--output", workspace.output)
    #expect(run.exitCode == 0, "\(run.errors)")
    let files = try #require(try manifest().maps["grad-cam"])
    #expect(files.signedValues == "grad-cam-signed.npy")
    #expect(files.signedHeatmap == "grad-cam-signed.png")
    let signed = try #require(
      try NPY(contentsOfFile: workspace.output + "/grad-cam-signed.npy").floats)
    let map = try #require(try NPY(contentsOfFile: workspace.output + "/grad-cam.npy").floats)
    let (low, high) = (signed.map { max($0, 0) }.min() ?? 0, signed.max() ?? 0)
    #expect(zip(signed, map).allSatisfy { abs((max($0, 0) - low) / (high - low) - $1) < 1e-5 })
    let picture = try Image(contentsOfFile: workspace.output + "/grad-cam-signed.png")
    #expect(picture.width == 32 && picture.height == 32)
  }

  /// All weights of the head are negative: the table offers what speaks against the class.
  @Test func anEmptyMapOffersTheSignedOne() async throws {
    var model = workspace.tiny
    model.fill("head_weight", with: -1)
    let path = try workspace.write(try model.encoded(), "negative.onnx")
    let run = try await workspace.run(
      "explain", workspace.photo, "--model", path, "--output", workspace.output)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output.contains("The map is empty"))
    #expect(run.output.contains("--signed with --output writes what speaks against it."))
    #expect(try manifest().isEmpty)
    let values = try #require(
      try NPY(contentsOfFile: workspace.output + "/grad-cam.npy").floats)
    #expect(values.allSatisfy { $0 == 0 })
  }

  /// A few passes are nothing to speak of; more are announced, on standard error alone.
  @Test func theCostIsSaidBeforehand() async throws {
    let cheap = try await workspace.explain("--method", "layer-cam")
    #expect(cheap.errors.isEmpty)
    let run = try await workspace.explain("--method", "score-cam")
    #expect(run.errors == "score-cam at features: at most 9 forward passes\n")
    #expect(!run.output.contains("at most"))
    let tail = try await workspace.explain("--method", "recipro-cam")
    #expect(tail.errors == "recipro-cam at features: at most 1 forward, 1024 tail passes\n")
  }

  @Test func aTerminalShowsTheProgress() throws {
    let terminal = try #require(
      VirtualTerminal(
        program: "camtui",
        arguments: [
          "explain", workspace.photo, "--model", workspace.model, "--method", "recipro-cam",
        ]))
    #expect(terminal.waitForExit() == .code(0))
    let output = String(decoding: terminal.output, as: UTF8.self)
    #expect(output.contains("recipro-cam: 512 of 1024 passes, "))
    #expect(output.contains(" s left"))
    // The line is gone when the table comes.
    #expect(output.contains("\r\u{1B}[Kimage   "))
    #expect(!terminal.text.contains("s left"))
  }
}
