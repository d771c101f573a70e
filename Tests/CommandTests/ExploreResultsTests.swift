import Foundation
import ModelTestSupport
import TerminalTestSupport
import Testing

/// `camtui explore --results`: the images that a method explained worst and best.
@Suite(.serialized) struct ExploreResultsTests {
  private let workspace: Workspace
  private let results: String

  init() async throws {
    workspace = try Workspace()
    results = workspace.folder.appending(path: "r.sqlite").path
    let photos = workspace.folder.appending(path: "photos")
    try FileManager.default.createDirectory(at: photos, withIntermediateDirectories: true)
    for name in ["a", "b", "c"] {
      try FileManager.default.copyItem(
        atPath: workspace.photo, toPath: photos.appending(path: "\(name).png").path)
    }
    let run = try await workspace.run(
      "evaluate", photos.path, "--model", workspace.model, "--labels", workspace.labels,
      "--methods", "layer-cam", "--metrics", "average-drop,deletion", "--deletion-baseline", "blur",
      "--results", results)
    try #require(run.exitCode == 0, "\(run.errors)")
  }

  @Test func theWorstAndTheBestFollowEachOther() throws {
    let terminal = try #require(
      VirtualTerminal(
        program: "camtui",
        arguments: [
          "explore", "--results", results, "--labels", workspace.labels, "--worst", "1", "--best",
          "2",
        ], columns: 120, rows: 40))
    #expect(terminal.wait(for: "worst 1 of 3, deletion "), "\(terminal.text)")
    #expect(terminal.wait(for: "LayerCAM for"), "\(terminal.text)")
    #expect(terminal.wait(for: "(1/3)"), "\(terminal.text)")
    terminal.type("n")
    // The three are alike and ordered by name at both ends; the first is among the worst already.
    #expect(terminal.wait(for: "best 2 of 3, deletion "), "\(terminal.text)")
    terminal.type("n")
    #expect(terminal.wait(for: "best 3 of 3, deletion "), "\(terminal.text)")
    terminal.type("q")
    #expect(terminal.waitForExit() == .code(0))
    #expect(terminal.isRestored)
  }

  @Test func numbersAreTakenAsInTheEvaluation() throws {
    let terminal = try #require(
      VirtualTerminal(
        program: "camtui",
        arguments: ["explore", "--results", results, "--labels", workspace.labels], columns: 200,
        rows: 60))
    #expect(terminal.wait(for: "LayerCAM for"), "\(terminal.text)")
    terminal.type("e")
    #expect(terminal.wait(for: "deletion ends at the blurred image"), "\(terminal.text)")
    terminal.type("q")
    #expect(terminal.waitForExit() == .code(0))
  }

  /// Each refusal is one sentence on standard error.
  private func expectRefusal(
    _ exitCode: Int32, _ text: String, _ arguments: String...
  ) async throws {
    let run = try await workspace.run(["explore", "--results", results] + arguments)
    #expect(run.exitCode == exitCode, "\(run.errors)")
    #expect(run.errors.split(separator: "\n").count == 1 && run.errors.contains(text))
  }

  @Test func whatIsNotThereIsRefused() async throws {
    try await expectRefusal(64, "no results of the method eigen-cam", "--method", "eigen-cam")
    try await expectRefusal(64, "no results of the metric adcc", "--metric", "adcc")
    let other = try workspace.write(
      try TinyModel(seed: 8, classes: Workspace.labels.count).encoded(), "other.onnx")
    try await expectRefusal(64, "is not the network of", "--model", other)
    try FileManager.default.removeItem(at: workspace.folder.appending(path: "photos"))
    try await expectRefusal(66, "None of the 3 photos")
  }

  @Test func ofOneKindOfImagesOnly() async throws {
    let both = try await workspace.run("explore", "--results", results, workspace.photo)
    #expect(both.exitCode == 64 && both.errors.contains("expected no others"))
    let given = try await workspace.run("explore", "--results", results, "--score", "increase")
    #expect(given.exitCode == 64 && given.errors.contains("settings of Increment-CAM"))
    let neither = try await workspace.run("--worst", "3", workspace.photo)
    #expect(neither.exitCode == 64 && neither.errors.contains("--results FILE"))
  }
}
