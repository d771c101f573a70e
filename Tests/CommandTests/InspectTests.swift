import CAMEngine
import Foundation
import Testing

/// `camtui inspect` as a user runs it.
@Suite struct InspectTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  @Test func listsTheLayers() async throws {
    let run = try await workspace.run("inspect", workspace.model)
    #expect(run.exitCode == 0 && run.errors.isEmpty)
    #expect(run.output.contains("opset 17"))
    #expect(run.output.contains("input    image  3 x 32 x 32"))
    #expect(run.output.contains("output   scores  5 classes"))
    #expect(run.output.contains("853 parameters"))
    #expect(run.output.contains("* features    Relu               8 x 32 x 32"))
    #expect(run.output.contains("+ first_relu  Relu               8 x 32 x 32"))
    #expect(run.output.contains("  pooled      GlobalAveragePool  8 x 1 x 1"))
  }

  @Test func printsJSON() async throws {
    let run = try await workspace.run("inspect", "--json", workspace.model)
    #expect(run.exitCode == 0 && run.errors.isEmpty)
    let summary = try JSONDecoder().decode(ModelSummary.self, from: Data(run.output.utf8))
    #expect(summary.defaultLayer == "features")
    #expect(summary.parameters == 853)
    #expect(summary.input.name == "image")
    #expect((summary.input.width, summary.input.height) == (32, 32))
    #expect(
      summary.layers.map(\.name) == ["first", "first_relu", "second", "features", "pooled"])
    // 1024 places of 8 channels from 27 and from 72 terms, 5 classes from 8.
    let operations = 2.0 * (1024 * 8 * (27 + 72) + 5 * 8)
    #expect(abs(summary.gigaFLOPs - operations / 1e9) < 1e-12)
  }

  @Test func refusesWhatIsNoModel() async throws {
    let run = try await workspace.run("inspect", workspace.photo)
    #expect(run.exitCode == 65 && run.output.isEmpty)
    #expect(run.errors.contains("photo.png"))
  }
}
