import RandomTestSupport
import CAMEngine
import Foundation
import ModelTestSupport
import ONNXProto
import Testing

/// What cannot be explained is refused: the documented exit code, one sentence, nothing written.
@Suite struct BadInputTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  private func expectRefusal(
    _ run: CommandRun, code: Int32, _ parts: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(run.exitCode == code, "\(run.errors)", sourceLocation: sourceLocation)
    #expect(run.output.isEmpty, sourceLocation: sourceLocation)
    let isSentence = run.errors.wholeMatch(of: /camtui: [^\n]+[.?]\n/) != nil
    #expect(isSentence, "\(run.errors)", sourceLocation: sourceLocation)
    for part in parts {
      #expect(run.errors.contains(part), "\(run.errors)", sourceLocation: sourceLocation)
    }
    #expect(workspace.outputNames.isEmpty, sourceLocation: sourceLocation)
  }

  private func explain(image: String) async throws -> CommandRun {
    try await workspace.run(
      "explain", image, "--model", workspace.model, "--output", workspace.output)
  }

  private func explain(model: String) async throws -> CommandRun {
    try await workspace.run(
      "explain", workspace.photo, "--model", model, "--output", workspace.output)
  }

  private func explain(model: TinyModel, _ name: String) async throws -> CommandRun {
    try await explain(model: try workspace.write(try model.encoded(), name))
  }

  private func explain(_ option: String, _ value: String) async throws -> CommandRun {
    try await workspace.explain("--output", workspace.output, option, value)
  }

  // MARK: Images

  @Test func missingImage() async throws {
    expectRefusal(try await explain(image: "/nonexistent/a.png"), code: 66, "/nonexistent/a.png")
  }

  @Test func emptyImage() async throws {
    let path = try workspace.write([], "empty.png")
    expectRefusal(try await explain(image: path), code: 65, "empty.png is empty")
  }

  @Test func textAsImage() async throws {
    let path = try workspace.write("not a picture", "text.jpg")
    expectRefusal(try await explain(image: path), code: 65, "no image in a known format")
  }

  @Test func folderAsImage() async throws {
    expectRefusal(try await explain(image: workspace.folder.path), code: 66, "cannot be read")
  }

  @Test func modelAsImage() async throws {
    expectRefusal(try await explain(image: workspace.model), code: 65, "tiny.onnx")
  }

  @Test(arguments: 1..<8)
  func truncatedImage(eighths: Int) async throws {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: workspace.photo)))
    let path = try workspace.write(Array(bytes.prefix(bytes.count * eighths / 8)), "cut.png")
    expectRefusal(try await explain(image: path), code: 65, "cut.png")
  }

  @Test func imageThatClaimsTooManyPixels() async throws {
    let path = try workspace.write(PNGHeader.bytes(width: 60_000, height: 60_000), "huge.png")
    expectRefusal(try await explain(image: path), code: 65, "60000 x 60000", "at most")
  }

  // MARK: Models

  @Test func missingModel() async throws {
    expectRefusal(try await explain(model: "/nonexistent/a.onnx"), code: 66, "a.onnx")
  }

  @Test func folderAsModel() async throws {
    expectRefusal(try await explain(model: workspace.folder.path), code: 66, "directory")
  }

  @Test func imageAsModel() async throws {
    expectRefusal(try await explain(model: workspace.photo), code: 65, "photo.png")
  }

  @Test(arguments: 0..<8)
  func truncatedModel(eighths: Int) async throws {
    let bytes = try workspace.tiny.encoded()
    let path = try workspace.write(Array(bytes.prefix(bytes.count * eighths / 8)), "cut.onnx")
    expectRefusal(try await explain(model: path), code: 65, "cut.onnx")
  }

  @Test func modelWithoutLayers() async throws {
    var model = TinyModel(seed: 3)
    model.proto.graph.node = []
    model.addWeights("flat_weight", [3072, 5])
    model.addNode("Flatten", ["image"], "pixels")
    model.addNode("MatMul", ["pixels", "flat_weight"], "scores")
    let run = try await explain(model: model, "flat.onnx")
    expectRefusal(run, code: 65, "flat.onnx", "no spatial activation")
  }

  @Test func unknownOperator() async throws {
    var model = TinyModel(seed: 3)
    model.proto.graph.node[1].opType = "Mystery"
    let run = try await explain(model: model, "mystery.onnx")
    expectRefusal(run, code: 65, "first_relu", "Mystery", "opset 17")
  }

  @Test func cycle() async throws {
    var model = TinyModel(seed: 3)
    model.proto.graph.node[0].input[0] = "features"
    expectRefusal(try await explain(model: model, "cycle.onnx"), code: 65, "cycle")
  }

  @Test func weightsOfTheWrongLength() async throws {
    var model = TinyModel(seed: 3)
    model.proto.graph.initializer[0].rawData.removeLast(4)
    expectRefusal(try await explain(model: model, "short.onnx"), code: 65, "first_weight", "860")
  }

  @Test func shapesWhoseProductOverflows() async throws {
    var model = TinyModel(seed: 3)
    model.proto.graph.initializer[0].dims = [1 << 32, 1 << 32, 3, 3]
    expectRefusal(try await explain(model: model, "large.onnx"), code: 65, "impossible shape")
  }

  @Test(arguments: ["first_weight", "second_bias", "head_weight", "head_bias"])
  func weightsThatAreNoNumbers(name: String) async throws {
    var model = TinyModel(seed: 3)
    model.fill(name, with: .nan)
    let run = try await explain(model: model, "nan.onnx")
    if run.exitCode == 0 {
      // A ReLU may have turned them into zeros; then the map is one of numbers.
      let values = try NPY(contentsOfFile: workspace.output + "/grad-cam.npy")
      #expect(try #require(values.floats).allSatisfy { (0...1).contains($0) })
    } else {
      expectRefusal(run, code: 65, "nan.onnx", "no numbers")
    }
  }

  // MARK: Files beside the model

  @Test func labelsForAnotherModel() async throws {
    let path = try workspace.write("one\ntwo\nthree", "three.txt")
    expectRefusal(try await explain("--labels", path), code: 65, "has 3 labels; expected 5")
  }

  @Test func missingLabels() async throws {
    expectRefusal(try await explain("--labels", "/nonexistent/l.txt"), code: 66, "l.txt")
  }

  @Test(arguments: [
    (#"{"size": "big"}"#, "size"), (#"{"do_resize": 1}"#, "do_resize"),
    (#"{"size": 32, "image_mean": [1, 2], "image_std": [1, 1, 1]}"#, "image_mean"),
    ("[1, 2]", "not a JSON object"), ("", "not a JSON object"),
    (
      #"{"size": {"height": 48, "width": 64}, "image_mean": [0, 0, 0], "image_std": [1, 1, 1]}"#,
      "64 x 48 pixels; expected the model's input size, 32 x 32"
    ),
  ])
  func unusablePreprocessing(text: String, problem: String) async throws {
    let path = try workspace.write(text, "other.json")
    expectRefusal(try await explain("--preprocessor", path), code: 65, "other.json", problem)
  }

  // MARK: Requests

  @Test(arguments: ["5", "-1", "99999999999999999999", "walrus"])
  func unknownClass(text: String) async throws {
    let run = try await workspace.explain("--output", workspace.output, "--class=\(text)")
    expectRefusal(run, code: 64, text, "0 to 4")
  }

  @Test func unknownLayer() async throws {
    expectRefusal(try await explain("--layer", "featuers"), code: 64, "did you mean features?")
  }

  @Test func layerWithoutExtent() async throws {
    expectRefusal(try await explain("--layer", "pooled"), code: 64, "8 x 1 x 1")
  }

  @Test func unknownMethod() async throws {
    expectRefusal(try await explain("--method", "guess-cam"), code: 64, "guess-cam", "grad-cam")
  }

  /// The argument parser adds how the command is used.
  @Test(arguments: [("--threads", "0"), ("--top", "0"), ("--colormap", "mud"), ("--mystery", "1")])
  func unusableOption(option: String, value: String) async throws {
    let run = try await explain(option, value)
    #expect(run.exitCode == 64)
    #expect(run.output.isEmpty)
    #expect(run.errors.hasPrefix("Error: ") && run.errors.contains(option))
    #expect(workspace.outputNames.isEmpty)
  }

  /// What would do nothing is said, and nothing is done.
  @Test(arguments: [
    (["--merge", "sum"], "--merge does nothing with grad-cam"),
    (["--method", "layer-cam", "--score", "increase"], "--score does nothing with layer-cam"),
    (["--method", "increment-cam", "--scoring-size=-5"], "scoring-size -5"),
    (["--method", "increment-cam", "--scoring-size", "20000"], "a number from 1 to 16384"),
    (["--fusion", "mean"], "--fusion joins"),
    (["--layer", "features", "--fusion", "mean"], "twice"),
  ])
  func optionsThatDoNothing(options: [String], problem: String) async throws {
    let arguments =
      ["explain", workspace.photo, "--model", workspace.model, "--output", workspace.output]
    let run = try await workspace.run(arguments + options)
    #expect(run.exitCode == 64 && run.output.isEmpty)
    #expect(run.errors.contains(problem), "\(run.errors)")
    #expect(workspace.outputNames.isEmpty)
  }

  @Test(arguments: [["--signed"], ["--colormap", "inferno"]])
  func optionsForFilesWithoutFiles(options: [String]) async throws {
    let run = try await workspace.run(
      ["explain", workspace.photo, "--model", workspace.model] + options)
    #expect(run.exitCode == 64 && run.errors.contains("expected --output"), "\(run.errors)")
  }

  @Test func severalLayersInTheExplorer() async throws {
    let run = try await workspace.run(
      "explore", workspace.photo, "--model", workspace.model, "--layer", "features", "--layer",
      "first_relu")
    #expect(run.exitCode == 64 && run.errors.contains("one --layer"), "\(run.errors)")
  }

  /// The settings and maps of a method are its own, in evaluations too.
  @Test(arguments: [
    ("increment-cam:map=phse2", "expected one of phase1, phase2, phase3"),
    ("grad-cam:score=increase", "grad-cam has no setting score; expected none"),
    ("increment-cam:scoring-size=-5", "a number from 1 to 16384"),
    ("increment-cam:colour=red", "no setting colour; expected one of scoring-input"),
    ("increment-cam:score=increase:score=probability", "twice"), ("grad-cam:", "no setting"),
    ("layer-cam:map=phase1", "expected one of layer-cam"),
  ])
  func methodsThatAreNone(method: String, problem: String) async throws {
    let results = workspace.folder.appending(path: "r.sqlite").path
    let run = try await workspace.run(
      "evaluate", workspace.folder.path, "--model", workspace.model, "--methods", method,
      "--results", results)
    expectRefusal(run, code: 64, problem)
    #expect(!FileManager.default.fileExists(atPath: results))
  }

  // MARK: Output

  /// What was printed must have arrived.
  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full"),
    arguments: ["explain", "inspect", "--help"])
  func aFullDisk(command: String) async throws {
    let arguments = [
      "explain": ["explain", workspace.photo, "--model", workspace.model],
      "inspect": ["inspect", workspace.model],
    ]
    let run = try await workspace.run(
      arguments[command] ?? [command], printingTo: "/dev/full")
    #expect(run.exitCode == 64)
    let sentence = "camtui: standard output cannot be written: no space left on device; expected"
    #expect(run.errors.contains(sentence), "\(run.errors)")
  }

  @Test func outputThatIsAFile() async throws {
    try workspace.write("here already", "out")
    let run = try await explain("--top", "1")
    expectRefusal(run, code: 64, workspace.output, "it is a file")
    #expect(try String(contentsOfFile: workspace.output, encoding: .utf8) == "here already")
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func outputThatMayNotBeWritten() async throws {
    try FileManager.default.createDirectory(
      atPath: workspace.output, withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o500])
    expectRefusal(try await explain("--top", "1"), code: 64, workspace.output)
  }
}
