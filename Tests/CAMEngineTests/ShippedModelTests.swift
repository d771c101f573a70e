import Foundation
import Inference
import Testing

@testable import CAMEngine

@Suite struct ShippedModelTests {
  @Test func isSmallAndMadeToBeExplained() throws {
    let path = try ShippedModel.path()
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    #expect(try #require(size) <= 6 << 20)
    let model = try Model.shipped()
    #expect(model.classCount == 100)
    #expect(model.structure.ending == .none && model.head.name == "softmax")
    let layer = try #require(model.defaultLayer)
    #expect(layer.name == "stage4.block1.relu")
    #expect(layer.height >= 8 && layer.width >= 8)
    #expect(layer.height * 8 == model.inputSize.height)
    #expect(layer.width * 8 == model.inputSize.width)
  }

  @Test func carriesLabelsAndPreprocessing() throws {
    let model = try Model.shipped()
    #expect(model.labels.count == 100)
    #expect(model.labels.all.allSatisfy { $0.id != nil && !$0.text.isEmpty })
    #expect(Set(model.labels.all.map(\.id)).count == 100)
    #expect(Set(model.labels.all.map(\.short)).count == 100)
    #expect(try model.target("golden retriever") == .ofClass(17))
    #expect(try model.target("n02099601") == .ofClass(17))
    #expect(try model.target("lighthouse") == model.target("beacon"))
    #expect(!model.preprocessor.isAssumed)
    #expect(model.preprocessor.crop?.width == model.inputSize.width)
    #expect(model.preprocessor.normalization == .imageNet)
    #expect(model.preprocessor.channelOrder == .rgb)
  }

  @Test(arguments: ["build/camtui_CAMEngine.resources", "share/camtui", "sources"])
  func isFoundAtEachPlace(place: String) throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "\(place)/\(ShippedModel.fileName)")
    #expect(throws: ModelError.self) { try self.path(in: folder) }
    try folder.write("x", to: file)
    #expect(try path(in: folder) == file.path)
  }

  @Test func theBundleBesideTheExecutableComesFirst() throws {
    let folder = try TemporaryFolder()
    let bundled = folder.url.appending(
      path: "build/camtui_CAMEngine.resources/\(ShippedModel.fileName)")
    for file in [bundled, folder.url.appending(path: "sources/\(ShippedModel.fileName)")] {
      try folder.write("x", to: file)
    }
    #expect(try path(in: folder) == bundled.path)
  }

  @Test func absenceIsOneSentence() throws {
    let folder = try TemporaryFolder()
    let error = try #require(throws: ModelError.self) { try self.path(in: folder) }
    #expect(error.kind == .missing)
    #expect(error.description.contains(ShippedModel.fileName))
    #expect(error.description.contains(folder.url.appending(path: "build").path))
    #expect(error.description.contains("--model FILE.onnx"))
    #expect(!error.description.contains("\n"))
  }

  private func path(in folder: TemporaryFolder) throws -> String {
    try ShippedModel.path(
      besideExecutable: folder.url.appending(path: "build"),
      sources: folder.url.appending(path: "sources"))
  }
}

/// What a model carries in its metadata.
@Suite struct CarriedSettingsTests {
  @Test func labelsOfTheMetadataComeBeforeThoseBesideTheModel() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      #"{"id2label": {"0": "beside"}}"#, to: folder.url.appending(path: "config.json"))
    let file = folder.url.appending(path: "labels.txt")
    try folder.write("asked for", to: file)
    let model = folder.url.appending(path: "model.onnx").path
    let carried = ["labels": #"["carried"]"#]
    #expect(try Labels.forModel(model, metadata: carried).all.map(\.text) == ["carried"])
    #expect(try Labels.forModel(model).all.map(\.text) == ["beside"])
    let asked = try Labels.forModel(model, file: file.path, metadata: carried)
    #expect(asked.all.map(\.text) == ["asked for"])
  }

  @Test func preprocessingOfTheMetadataComesBeforeThatBesideTheModel() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      Self.configuration(crop: 20), to: folder.url.appending(path: "preprocessor_config.json"))
    let model = folder.url.appending(path: "model.onnx").path
    let carried = try Preprocessor.forModel(
      model, metadata: ["preprocessor_config": Self.configuration(crop: 30)],
      input: NetworkInput(width: 10, height: 10))
    #expect(carried.crop == Preprocessor.Size(width: 30, height: 30))
    let beside = try Preprocessor.forModel(model, input: NetworkInput(width: 10, height: 10))
    #expect(beside.crop == Preprocessor.Size(width: 20, height: 20))
  }

  @Test func damagedPreprocessingIsRefused() {
    let error = #expect(throws: PreprocessorError.self) {
      try Preprocessor.forModel(
        "model.onnx", metadata: ["preprocessor_config": "["],
        input: NetworkInput(width: 10, height: 10))
    }
    #expect(error == .notJSON(name: "metadata of model.onnx"))
  }

  private static func configuration(crop: Int) -> String {
    #"{"size": {"shortest_edge": 40}, "crop_size": \#(crop), "do_normalize": false}"#
  }
}

/// A folder that is removed with its owner.
private final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "camtui-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func write(_ text: String, to file: URL) throws {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}
