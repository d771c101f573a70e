import Testing

@testable import CAMEngine

/// What may change pixels and is not understood is an error that names it.
@Suite struct PreprocessorRefusalTests {
  private func refusal(
    _ file: JSONValue, _ input: NetworkInput = NetworkInput(width: 32, height: 32)
  ) -> PreprocessorError? {
    #expect(throws: PreprocessorError.self) {
      try Preprocessor(value: file, name: "c.json", input: input, modelType: nil)
    }
  }

  private static let vit: JSONValue = ["image_processor_type": "ViTImageProcessor", "size": 32]

  @Test(
    arguments: [
      ("do_equalize_histogram", true), ("do_pad", true), ("size_divisor", 32), ("max_size", 400),
      ("gamma", 2.2), ("do_thumbnail", true), ("interpolation", "bicubic"),
    ] as [(String, JSONValue)])
  func unknownKeysAreNamed(key: String, value: JSONValue) throws {
    let file = Self.vit.overridden(by: .object([key: value]))
    #expect(refusal(file) == .unknownKey(name: "c.json", key: key))
    #expect(refusal(file)?.description.contains("--preprocessor") == true)
    let without = file.overridden(by: .object([key: false]))
    let settings = try Preprocessor(
      value: without, name: "c.json", input: NetworkInput(width: 32, height: 32), modelType: nil)
    #expect(settings.notes.isEmpty)
  }

  @Test func keysOfAnotherClassAreSaid() throws {
    let file = Self.vit.overridden(by: ["crop_pct": 0.9, "do_flip_channel_order": true])
    let settings = try Preprocessor(
      value: file, name: "c.json", input: NetworkInput(width: 32, height: 32), modelType: nil)
    #expect(settings.resize == .exact(width: 32, height: 32) && settings.channelOrder == .rgb)
    #expect(
      settings.notes == [
        "c.json: ViTImageProcessor does not read crop_pct.",
        "c.json: ViTImageProcessor does not read do_flip_channel_order.",
      ])
    // Without a class nobody tells what they would do.
    #expect(
      refusal(["size": 32, "do_normalize": false, "crop_pct": 0.9])
        == .unknownKey(name: "c.json", key: "crop_pct"))
  }

  @Test(arguments: ["DonutImageProcessor", "Siglip2ImageProcessor", "SegGptImageProcessorFast"])
  func unknownClassesAreNamed(type: String) {
    let file: JSONValue = ["image_processor_type": .string(type), "size": 32]
    #expect(refusal(file) == .unknownProcessor(name: "c.json", type: type))
    #expect(refusal(file)?.description.contains(type) == true)
  }

  @Test func codeOfTheModelsOwnIsNamed() {
    let file = Self.vit.overridden(by: [
      "auto_map": ["AutoImageProcessor": "fancy.FancyImageProcessor"]
    ])
    #expect(refusal(file) == .ownCode(name: "c.json", code: "fancy.FancyImageProcessor"))
    #expect(refusal(file)?.description.contains("auto_map") == true)
  }

  @Test(
    arguments: [
      ("crop_size", ["do_center_crop": true]),
      ("size", ["size": ["height": 32, "shortest_edge": 32]]),
      ("size", ["size": ["longest_edge": 32]]),
      ("size", ["size": [32, 32, 32]]),
      ("image_mean", ["image_mean": [0.5]]),
      ("image_std", ["image_std": [0.5, 0.5, 0]]),
      ("image_std", ["image_std": 0]),
      ("resample", ["resample": 6]),
      ("rescale_factor", ["rescale_factor": "1/255"]),
    ] as [(String, JSONValue)])
  func unusableValuesAreNamed(key: String, keys: JSONValue) {
    let error = refusal(Self.vit.overridden(by: keys))
    #expect(error?.description.hasPrefix("c.json has no usable \"\(key)\"; expected ") == true)
  }

  @Test(arguments: [0, -1, 1e-9, "0.9"] as [JSONValue])
  func unusableFractionsAreNamed(fraction: JSONValue) {
    for type in ["ConvNextImageProcessor", "PoolFormerImageProcessor"] {
      let file: JSONValue = [
        "image_processor_type": .string(type), "crop_pct": fraction, "size": 32,
      ]
      #expect(refusal(file)?.description.contains("\"crop_pct\"") == true)
    }
    let timm: JSONValue = ["pretrained_cfg": ["input_size": [3, 32, 32], "crop_pct": fraction]]
    if fraction != 0 { #expect(refusal(timm)?.description.contains("\"crop_pct\"") == true) }
  }

  @Test(
    arguments: [
      ("crop_mode", ["crop_mode": "tiles"]), ("interpolation", ["interpolation": "random"]),
      ("mean", ["mean": [0.5, 0.5]]), ("std", ["std": [0, 0, 0]]),
      ("input_size", ["input_size": [1, 32, 32]]), ("input_size", ["input_size": [3, 32]]),
    ] as [(String, JSONValue)])
  func unusableKeysOfTimmAreNamed(key: String, keys: JSONValue) {
    let usual: JSONValue = ["input_size": [3, 32, 32]]
    let error = refusal(["pretrained_cfg": usual.overridden(by: keys)])
    #expect(error?.description.contains("\"\(key)\"") == true)
  }

  @Test func bytesAreNotNormalised() throws {
    let bytes = NetworkInput(width: 32, height: 32, values: .bytes)
    #expect(refusal(Self.vit, bytes) == .bytesExpected(name: "c.json"))
    let file = Self.vit.overridden(by: ["do_rescale": false, "do_normalize": false])
    let settings = try Preprocessor(value: file, name: "c.json", input: bytes, modelType: nil)
    let input = try settings.prepare(Image(width: 3, height: 2, color: RGB(9, 200, 255)))
    #expect(Set(input.values) == [9, 200, 255])
  }

  @Test func greyNetworksTakeOneMean() throws {
    let gray = NetworkInput(width: 2, height: 1, channels: 1)
    let three: JSONValue = [
      "size": ["height": 1, "width": 2], "image_mean": [0.5, 0.5, 0.5], "image_std": 0.5,
    ]
    #expect(refusal(three, gray)?.description.contains("\"image_mean\"") == true)
    let one = three.overridden(by: ["image_mean": [0.5]])
    let settings = try Preprocessor(value: one, name: "c.json", input: gray, modelType: nil)
    let photo = Image(width: 2, height: 1, pixels: [255, 0, 0, 10, 200, 30])
    // Pillow: 76 and 124.
    let input = try settings.prepare(photo)
    #expect(input.values.count == 2)
    #expect(abs(input.values[0] - (76.0 / 255 - 0.5) / 0.5) < 1e-6)
    #expect(abs(input.values[1] - (124.0 / 255 - 0.5) / 0.5) < 1e-6)
    #expect(input.image[1, 0] == RGB(124, 124, 124))
  }
}
