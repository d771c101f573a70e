import Foundation
import Testing

@testable import CAMEngine

/// Where settings are looked for, and what is assumed where there are none.
@Suite struct PreprocessorSourcesTests {
  private static let vit = #"{"image_processor_type": "ViTImageProcessor", "size": 31}"#
  private static let timm =
    #"{"architecture": "a", "pretrained_cfg": {"input_size": [3, 30, 30], "crop_pct": 0.5}}"#
  private static let free = NetworkInput(width: nil, height: nil)

  private func found(
    _ files: [String: String], model: String = "model.onnx", metadata: [String: String] = [:],
    input: NetworkInput = free
  ) throws -> Preprocessor {
    var result: Preprocessor?
    try withTemporaryFolder { folder in
      for (name, text) in files {
        let parent = folder + "/" + (name.split(separator: "/").dropLast().first ?? "")
        if !FileManager.default.fileExists(atPath: parent) {
          try FileManager.default.createDirectory(
            atPath: parent, withIntermediateDirectories: true)
        }
        try AtomicFile.write(Array(text.utf8), to: folder + "/" + name)
      }
      result = try Preprocessor.forModel(
        folder + "/" + model, metadata: metadata, input: input)
    }
    return try #require(result)
  }

  @Test func processorConfigHasTheSettingsWithinAndComesFirst() throws {
    let nested = #"{"processor_class": "CLIPProcessor", "image_processor": \#(Self.vit)}"#
    let other = #"{"size": 5, "do_normalize": false}"#
    let both = ["processor_config.json": nested, "preprocessor_config.json": other]
    #expect(try found(both).preparedSize?.width == 31)
    let old = [
      "processor_config.json": #"{"processor_class": "CLIPProcessor"}"#,
      "preprocessor_config.json": other,
    ]
    #expect(try found(old).preparedSize?.width == 5)
  }

  @Test func filesOfARepositoryLieOneFolderUp() throws {
    let files = ["preprocessor_config.json": Self.vit, "onnx/x": "", "other/x": ""]
    #expect(try found(files, model: "onnx/model.onnx").preparedSize?.width == 31)
    #expect(try found(files, model: "other/model.onnx").isAssumed)
    let nearer = files.merging(["onnx/config.json": Self.timm]) { $1 }
    #expect(try found(nearer, model: "onnx/model.onnx").preparedSize?.width == 30)
  }

  @Test func timmsSettingsAreNestedOrFlat() throws {
    let flat = #"{"architecture": "a", "input_size": [3, 30, 30], "crop_pct": 0.5}"#
    let wrapped = #"""
      {"image_processor_type": "TimmWrapperImageProcessor", "data_config":
       {"input_size": [3, 30, 30], "crop_pct": 0.5}}
      """#
    let pointer = #"{"image_processor_type": "TimmWrapperImageProcessor"}"#
    let all: [[String: String]] = [
      ["config.json": Self.timm], ["config.json": flat], ["preprocessor_config.json": wrapped],
      ["preprocessor_config.json": pointer, "config.json": Self.timm],
    ]
    for files in all {
      let settings = try found(files)
      #expect(settings.resize == .shortestEdge(60) && settings.resampling == .bicubic)
      #expect(settings.preparedSize == Preprocessor.Size(width: 30, height: 30))
      #expect(!settings.isAssumed && settings.notes.isEmpty)
    }
  }

  @Test func timmsTestSizeCountsWhereTheModelHasIt() throws {
    let file = #"""
      {"pretrained_cfg": {"input_size": [3, 30, 30], "crop_pct": 0.5, "test_input_size": [3, 40, 40],
       "test_crop_pct": 1.0}}
      """#
    func resize(_ side: Int?) throws -> Preprocessor.Resize? {
      try found(["config.json": file], input: NetworkInput(width: side, height: side)).resize
    }
    #expect(try resize(nil) == .shortestEdge(60))
    #expect(try resize(30) == .shortestEdge(60))
    #expect(try resize(40) == .shortestEdge(40))
  }

  @Test func theModelsTypeNamesTheClassThatAFileDoesNot() throws {
    let files = [
      "config.json": #"{"model_type": "resnet"}"#,
      "preprocessor_config.json": #"{"size": 56, "crop_pct": 0.875}"#,
    ]
    let settings = try found(files)
    #expect(settings.resize == .shortestEdge(64) && !settings.isAssumed)
  }

  @Test func defaultsOfTheModelsTypeAreAnAssumption() throws {
    let files = ["config.json": #"{"model_type": "deit", "id2label": {"0": "a"}}"#]
    let settings = try found(files, input: NetworkInput(width: 56, height: 56))
    #expect(settings.resize == .exact(width: 64, height: 64))
    #expect(settings.preparedSize == Preprocessor.Size(width: 56, height: 56))
    #expect(settings.isAssumed && settings.notes.first?.contains("deit") == true)
    let convnext = ["config.json": #"{"model_type": "convnext"}"#]
    #expect(
      try found(convnext, input: NetworkInput(width: 56, height: 56)).resize == .shortestEdge(64))
    #expect(
      try found(["config.json": #"{"model_type": "unheard-of"}"#]).name == "ImageNet defaults")
  }

  @Test(arguments: [
    (NetworkInput.Values.bytes, 3, "0 to 255"), (.byteRange, 3, "0 to 255"),
    (.unitRange, 3, "0 to 1"), (.unknown, 1, "channel"), (.unknown, 3, "ImageNet"),
  ])
  func whatIsAssumedIsSaid(values: NetworkInput.Values, channels: Int, words: String) throws {
    let input = NetworkInput(width: 80, height: 70, channels: channels, values: values)
    let settings = try found([:], input: input)
    #expect(settings.isAssumed)
    let note = try #require(settings.notes.first)
    #expect(note.contains("assumed") && note.contains(words))
    let prepared = try settings.prepare(Image(width: 100, height: 90, color: .white))
    #expect(prepared.width == 80 && prepared.height == 70)
    #expect(prepared.values.count == channels * 80 * 70)
    if values == .bytes || values == .byteRange { #expect(prepared.values.max() == 255) }
  }

  @Test func ultralyticsClassifiersTakeTheMiddle() throws {
    let metadata = ["task": "classify", "imgsz": "[56, 56]", "names": "{0: 'a'}"]
    let settings = try found([:], metadata: metadata)
    #expect(settings.resize == .shortestEdge(56) && settings.crop?.width == 56)
    #expect(settings.normalization == nil && settings.rescaleFactor == 1.0 / 255)
    #expect(!settings.isAssumed && settings.notes.isEmpty)
    #expect(
      try found([:], metadata: ["task": "classify", "imgsz": "48"]).preparedSize?.height == 48)
    #expect(throws: PreprocessorError.self) {
      try found([:], metadata: metadata, input: NetworkInput(width: 64, height: 64))
    }
    #expect(throws: PreprocessorError.self) {
      try found([:], metadata: ["task": "classify", "imgsz": "[a]"])
    }
  }

  @Test(arguments: ["detect", "segment", "pose", "obb"])
  func otherTasksAreNamed(task: String) {
    let error = #expect(throws: PreprocessorError.self) {
      try found(["preprocessor_config.json": Self.vit], metadata: ["task": task])
    }
    #expect(error?.description.contains(task) == true)
    #expect(error?.description.contains("classifier") == true)
  }

  @Test(
    arguments: [
      ("Bgr8", "NominalRange_0_255", [30, 20, 10]), ("Rgb8", "Normalized_0_1", [10, 20, 30]),
      ("Rgb8", "Normalized_1_1", [10, 20, 30]), ("Rgb8", "NominalRange_16_235", [10, 20, 30]),
    ] as [(String, String, [Float])])
  func windowsMLsRanges(format: String, range: String, bytes: [Float]) throws {
    let metadata = ["Image.BitmapPixelFormat": format, "Image.NominalPixelRange": range]
    let settings = try found([:], metadata: metadata, input: NetworkInput(width: 1, height: 1))
    let values = try settings.prepare(Image(width: 1, height: 1, color: RGB(10, 20, 30))).values
    for (value, byte) in zip(values, bytes) {
      let expected: Float =
        switch range {
        case "NominalRange_0_255": byte
        case "Normalized_0_1": byte / 255
        case "Normalized_1_1": byte / 127.5 - 1
        default: byte * 219 / 255 + 16
        }
      #expect(abs(value - expected) < 1e-5)
    }
    #expect(settings.notes.count == 1)
  }

  @Test(arguments: [
    ("Image.BitmapPixelFormat", "Rgba8"), ("Image.BitmapPixelFormat", "Gray8"),
    ("Image.NominalPixelRange", "0..1"), ("Image.ColorSpaceGamma", "Linear"),
  ])
  func whatWindowsMLSaysAndIsNotUnderstoodIsNamed(key: String, value: String) {
    var metadata = ["Image.BitmapPixelFormat": "Rgb8"]
    metadata[key] = value
    let error = #expect(throws: PreprocessorError.self) { try found([:], metadata: metadata) }
    #expect(error?.description.contains(key) == true)
  }

  @Test func settingsAreScaledToAnotherSize() {
    var settings = Preprocessor(
      resize: .shortestEdge(256), crop: Preprocessor.Size(width: 224, height: 224))
    let square = settings.scaled(to: Preprocessor.Size(width: 448, height: 448))
    #expect(square.resize == .shortestEdge(512) && square.crop?.width == 448)
    let wide = settings.scaled(to: Preprocessor.Size(width: 448, height: 224))
    #expect(wide.resize == .covering(width: 512, height: 256))
    #expect(wide.crop == Preprocessor.Size(width: 448, height: 224))
    settings.crop = nil
    #expect(settings.scaled(to: Preprocessor.Size(width: 9, height: 9)) == settings)
  }
}
