import CAMEngine
import Foundation
import Testing

@Suite struct PreprocessorFileTests {
  private static let usual = """
    {"size": {"shortest_edge": 256}, "crop_size": {"height": 224, "width": 225},
     "image_mean": [0.5, 0.4, 0.3], "image_std": [0.1, 0.2, 0.3], "resample": 3,
     "rescale_factor": 0.25, "channel_order": "bgr"}
    """

  private func parsed(_ json: String) throws -> Preprocessor {
    try Preprocessor(
      json: Array(json.utf8), name: "c.json", input: NetworkInput(width: 96, height: 64))
  }

  @Test func readsEveryKey() throws {
    let settings = try parsed(Self.usual)
    #expect(settings.resize == .shortestEdge(256))
    #expect(settings.crop == Preprocessor.Size(width: 225, height: 224))
    #expect(settings.resampling == .bicubic)
    #expect(settings.rescaleFactor == 0.25)
    #expect(settings.normalization?.mean == [0.5, 0.4, 0.3])
    #expect(settings.normalization?.deviation == [0.1, 0.2, 0.3])
    #expect(settings.channelOrder == .bgr)
    #expect(!settings.isAssumed && settings.name == "c.json")
  }

  private static let sizes: [(String, Preprocessor.Resize?, Preprocessor.Size?)] = [
    (
      #"{"size": 50, "crop_size": 40, "do_normalize": false}"#, .shortestEdge(50),
      Preprocessor.Size(width: 40, height: 40)
    ),
    (#"{"size": 50, "do_normalize": false}"#, .exact(width: 50, height: 50), nil),
    (
      #"{"size": {"height": 7, "width": 9}, "do_normalize": false}"#, .exact(width: 9, height: 7),
      nil
    ),
    (
      #"{"size": {"shortest_edge": 70}, "do_normalize": false}"#, .shortestEdge(70),
      Preprocessor.Size(width: 96, height: 64)
    ),
    (
      #"{"size": {"shortest_edge": 70}, "crop_size": 9, "do_center_crop": false, "do_normalize": false}"#,
      .shortestEdge(70), nil
    ),
    (
      #"{"do_resize": false, "do_center_crop": true, "do_normalize": false}"#, nil,
      Preprocessor.Size(width: 96, height: 64)
    ),
  ]

  @Test(arguments: sizes)
  func readsSizes(json: String, resize: Preprocessor.Resize?, crop: Preprocessor.Size?) throws {
    let settings = try parsed(json)
    #expect(settings.resize == resize)
    #expect(settings.crop == crop)
    #expect(settings.normalization == nil)
  }

  @Test(arguments: [
    ("size", #"{"image_mean": [0, 0, 0], "image_std": [1, 1, 1]}"#),
    ("size", #"{"size": {"shortest_edge": 0}}"#),
    ("size", #"{"size": {"height": 224}}"#),
    ("crop_size", #"{"size": 224, "crop_size": "224"}"#),
    ("image_mean", #"{"size": 224}"#),
    ("image_mean", #"{"size": 224, "image_mean": [0.5]}"#),
    ("image_std", #"{"size": 224, "image_mean": [0, 0, 0], "image_std": [1, 0, 1]}"#),
    ("resample", #"{"size": 224, "resample": 9, "do_normalize": false}"#),
    ("rescale_factor", #"{"size": 224, "rescale_factor": "1/255", "do_normalize": false}"#),
    ("do_rescale", #"{"size": 224, "do_rescale": 1, "do_normalize": false}"#),
    ("channel_order", #"{"size": 224, "channel_order": "grb", "do_normalize": false}"#),
  ])
  func unusableKeysAreNamed(key: String, json: String) {
    let error = #expect(throws: PreprocessorError.self) { try parsed(json) }
    #expect(error?.description.hasPrefix("c.json has no usable \"\(key)\"; expected ") == true)
  }

  @Test(arguments: ["", "[1]", "{", "7"])
  func onlyObjectsAreRead(json: String) {
    #expect(throws: PreprocessorError.notJSON(name: "c.json")) { try parsed(json) }
  }

  @Test func filesAreLookedUpInOrder() throws {
    try withTemporaryFolder { folder in
      let model = folder + "/some.model.onnx"
      func find(_ file: String? = nil) throws -> Preprocessor {
        try Preprocessor.forModel(model, file: file, input: NetworkInput(width: 32, height: 32))
      }
      func write(_ name: String, edge: Int) throws {
        let json = #"{"size": \#(edge), "do_normalize": false}"#
        try AtomicFile.write(Array(json.utf8), to: folder + "/" + name)
      }
      #expect(try find() == .imageNet(width: 32, height: 32))
      try write("preprocessor_config.json", edge: 1)
      #expect(try find().preparedSize?.width == 1)
      try write("some.model.preprocessor_config.json", edge: 2)
      #expect(try find().preparedSize?.width == 2)
      try write("mine.json", edge: 3)
      #expect(try find(folder + "/mine.json").preparedSize?.width == 3)
      #expect(throws: PreprocessorError.notFound(path: folder + "/none.json")) {
        try find(folder + "/none.json")
      }
    }
  }
}
