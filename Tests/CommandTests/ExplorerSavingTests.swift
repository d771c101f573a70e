import CAMEngine
import Foundation
import Terminal
import Testing

@testable import camtui

/// What `s` writes in the explorer, beside what `camtui explain` writes.
@Suite struct ExplorerSavingTests {
  private let workspace: Workspace
  private let source: ModelExplanationSource

  init() throws {
    workspace = try Workspace()
    source = try ModelExplanationSource(
      Model(contentsOfFile: workspace.model), savingFolder: workspace.folder.path)
  }

  private func request(_ method: String) -> MapRequest {
    MapRequest(
      image: 0, layer: source.model.defaultLayer, target: .ofClass(2), method: method,
      parameters: method == MapRequest.incrementCAM
        ? ParameterValues(source.model.parameters, of: .two) : ParameterValues())
  }

  private func order(_ request: MapRequest, _ result: MapResult) -> SaveOrder {
    SaveOrder(
      image: 0, screen: Screen(width: 4, height: 2),
      map: SavedMap(
        request: request, result: result,
        merging: ParameterValues(source.model.parameters, of: .three), colorMap: "viridis",
        opacity: 0.5, hasSigned: true))
  }

  private func manifest(_ folder: String) throws -> Manifest {
    try JSONDecoder().decode(
      Manifest.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/manifest.json")))
  }

  private func bytes(_ folder: String, _ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
  }

  @Test(arguments: ["increment-cam", "grad-cam", "score-cam", "eigen-cam"])
  func theFilesAreThoseOfExplain(method: String) async throws {
    _ = try await source.open(workspace.photo)
    let result = try await source.explain(request(method), of: workspace.photo) { _ in }
    let saved = try await source.save(order(request(method), result), of: workspace.photo)
    #expect(saved == workspace.folder.path + "/photo-camtui")
    let run = try await workspace.explain(
      "--method", method, "--class", "2", "--signed", "--output", workspace.output)
    #expect(run.exitCode == 0, "\(run.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: saved).sorted()
    #expect(names == (workspace.outputNames + ["screen.png"]).sorted())
    for name in workspace.outputNames where name != "manifest.json" {
      #expect(try bytes(saved, name) == bytes(workspace.output, name), "\(name) differs")
    }
    var (ours, theirs) = (try manifest(saved), try manifest(workspace.output))
    #expect(Set(ours.seconds.keys) == Set(theirs.seconds.keys))
    (ours.seconds, theirs.seconds) = ([:], [:])
    #expect(ours == theirs)
    let screen = try Image(contentsOfFile: saved + "/screen.png")
    #expect(screen.width == 40 && screen.height == 40)
  }

  @Test func aPartialPhaseTwoIsNamedSo() async throws {
    _ = try await source.open(workspace.photo)
    let request = request("increment-cam")
    var result = try await source.explain(request, of: workspace.photo) { _ in }
    // As if three more channels were to be scored.
    result.scoring?.order += [5, 6, 7]
    let scored = try #require(result.scoring?.scoredCount)
    try #require(scored > 0)
    let partial = try await source.save(self.order(request, result), of: workspace.photo)
    #expect(try manifest(partial).partial == Manifest.Partial(scored: scored, of: scored + 3))
    #expect(try manifest(partial).maps.keys.sorted() == ["phase1", "phase2", "phase3"])
    let order = try #require(result.scoring?.order)
    let withScores = try manifest(partial).channels.filter { $0.score != nil }.map(\.index)
    #expect(Set(withScores) == Set(order.prefix(scored)))
    result.scoring?.scoredCount = 0
    let begun = try await source.save(self.order(request, result), of: workspace.photo)
    #expect(try manifest(begun).channels.allSatisfy { $0.score == nil })
    #expect(try manifest(begun).maps.keys.sorted() == ["phase1"])
    result.scoring = nil
    let first = try await source.save(self.order(request, result), of: workspace.photo)
    #expect(first == workspace.folder.path + "/photo-camtui-3")
    #expect(try manifest(first).partial == Manifest.Partial(scored: 0))
    #expect(try manifest(first).maps.keys.sorted() == ["phase1"])
  }

  @Test func aFolderThatCannotBeWrittenIsOneSentence() async throws {
    let source = try ModelExplanationSource(
      Model(contentsOfFile: workspace.model), savingFolder: workspace.folder.path + "/gone")
    let error = await #expect(throws: SavingError.self) {
      _ = try await source.save(
        SaveOrder(image: 0, screen: Screen(width: 4, height: 2)), of: workspace.photo)
    }
    #expect(
      error?.description
        == "no such file or directory, in \(workspace.folder.path)/gone/photo-camtui")
  }

  /// As when the program ends meanwhile.
  @Test func aCancelledSaveLeavesNothing() async throws {
    _ = try await source.open(workspace.photo)
    _ = try await source.classify(workspace.photo)
    let request = request("increment-cam")
    let result = try await source.explain(request, of: workspace.photo) { _ in }
    let order = order(request, result)
    let saving = Task { [source, photo = workspace.photo] in
      withUnsafeCurrentTask { $0?.cancel() }
      return try await source.save(order, of: photo)
    }
    await #expect(throws: CancellationError.self) { _ = try await saving.value }
    let names = try FileManager.default.contentsOfDirectory(atPath: workspace.folder.path)
    #expect(!names.contains { $0.contains("camtui") })
  }

  @Test func aPhotoThatChangedIsRefused() async throws {
    _ = try await source.open(workspace.photo)
    let result = try await source.explain(request("grad-cam"), of: workspace.photo) { _ in }
    try workspace.write(
      try Image(width: 9, height: 9, pixels: Array(repeating: 5, count: 243)).pngEncoded(),
      "photo.png")
    await #expect(throws: SavingError.self) {
      _ = try await source.save(order(request("grad-cam"), result), of: workspace.photo)
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: workspace.folder.path)
    #expect(!names.contains { $0.contains("camtui") })
  }
}
