import CAMEngine
import Foundation
import ModelTestSupport
import Testing

/// What the commands say of heads.
@Suite struct HeadCommandTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  /// A model that ends in another node.
  private func model(_ type: String) throws -> String {
    var tiny = workspace.tiny
    tiny.addNode(type, ["scores"], "out")
    tiny.setOutput("out")
    return try workspace.write(try tiny.encoded(), "\(type).onnx")
  }

  @Test func inspectNamesTheHead() async throws {
    let run = try await workspace.run("inspect", try model("Sigmoid"))
    #expect(run.exitCode == 0)
    #expect(run.output.contains("output   out  5 classes, scores taken from scores"))
    #expect(run.output.contains("head     sigmoid: "))
    #expect(run.output.contains("do not sum to 1"))
    let json = try await workspace.run("inspect", "--json", "--head", "value", workspace.model)
    let summary = try JSONDecoder().decode(ModelSummary.self, from: Data(json.output.utf8))
    #expect(summary.output.head.name == "value" && !summary.output.head.hasProbabilities)
    #expect(summary.notes.contains { $0.about == .scores })
  }

  @Test func aValueHasNoPercentage() async throws {
    let run = try await workspace.explain(
      "--head", "value", "--class", "less 3", "--output", workspace.output)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(!run.output.contains(" %") && !run.output.contains("probability\n"))
    let data = try Data(contentsOf: URL(fileURLWithPath: workspace.output + "/manifest.json"))
    let manifest = try JSONDecoder().decode(Manifest.self, from: data)
    #expect(manifest.class.direction == "less" && manifest.class.index == 3)
    #expect(manifest.top.allSatisfy { $0.probability == nil })
    #expect(manifest.head.name == "value" && !manifest.notes.isEmpty)
  }

  @Test func anOutputThatIsNotThereIsRefused() async throws {
    let run = try await workspace.explain("--scores", "nothing")
    #expect(run.exitCode == 65 && run.output.isEmpty)
    #expect(run.errors.contains("nothing") && run.errors.contains("scores"))
  }

  @Test func classNumbersAloneAreNoScores() async throws {
    let run = try await workspace.run(
      "explain", workspace.photo, "--model", try model("ArgMax"))
    #expect(run.exitCode == 65 && run.output.isEmpty)
    #expect(run.errors.contains("ArgMax"))
  }
}
